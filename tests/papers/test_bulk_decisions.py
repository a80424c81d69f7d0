"""Decisions from a table: preview, apply all or nothing, every reason."""

import json

import pytest

from papers.bulk_decisions import DecisionChange, DecisionReport, apply_decisions, parse_decisions, preview_decisions, tell_decision
from papers.models import Award, Decision, FieldMapping, HistoryLine, MappedValue, Paper, User, Workshop
from papers.tables.refusals import TableRefused
from tests.factories import accept, make_paper, make_workshop, reject
from tests.papers.tables.reports import tell_decision as tell_held
from tests.papers.tables.samples import Rows, write_csv, write_json, write_xlsx

COLUMNS = ["number", "outcome", "presentation", "award", "comment"]


@pytest.fixture
def best(workshop: Workshop) -> Award:
    return Award.objects.create(
        workshop=workshop, slug="best", name="Best paper", presentation=workshop.presentation_kinds.get(slug="oral")
    )


@pytest.fixture
def papers(workshop: Workshop) -> list[Paper]:
    """Make paper 1 undecided, 2 a poster, 3 rejected, 4 a released oral."""
    made = [make_paper(workshop, number=number, note_id=f"forum{number}", title=f"Paper {number}") for number in range(1, 5)]
    accept(made[1], "poster")
    reject(made[2])
    accept(made[3], "oral", is_released=True)
    return made


def tell(report: DecisionReport) -> list[tuple[int | None, str, str]]:
    return [(change.paper, tell_decision(change.before), tell_decision(change.after)) for change in report.changes]


def refuse(workshop: Workshop, content: bytes) -> list[str]:
    """Apply a table that must be refused; return the reasons, having checked that nothing changed."""
    before = list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count()
    assert [str(mistake) for mistake in preview_decisions(workshop, content, by=None).mistakes]
    with pytest.raises(TableRefused) as refusal:
        apply_decisions(workshop, content, by=None)
    assert (list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count()) == before
    return refusal.value.reasons


def test_table_decides_many_papers_in_one_go(workshop: Workshop, olga: User, papers: list[Paper], best: Award) -> None:
    content = write_csv(
        COLUMNS,
        [[1, "accept", "", "best", "Well done"], [2, "Reject", "", "", ""], [3, "revoke", "", "", ""], [4, "ACCEPT", "Oral", "", ""]],
    )
    changes = [
        DecisionChange(
            1, "forum1", "Paper 1", None, {"outcome": "accept", "presentation": "oral", "award": "best", "comment": "Well done"}
        ),
        DecisionChange(
            2,
            "forum2",
            "Paper 2",
            {"outcome": "accept", "presentation": "poster", "award": None, "comment": ""},
            {"outcome": "reject", "presentation": None, "award": None, "comment": ""},
        ),
        DecisionChange(3, "forum3", "Paper 3", {"outcome": "reject", "presentation": None, "award": None, "comment": ""}, None),
    ]
    before = list(Decision.objects.order_by("pk").values())
    preview = preview_decisions(workshop, content, by=olga)
    assert (preview.changes, preview.unchanged, preview.mistakes) == (changes, 1, [])
    assert (list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count()) == (before, 0)
    report = apply_decisions(workshop, content, by=olga)
    assert (report.changes, report.unchanged) == (changes, 1)
    assert [tell_held(paper) for paper in papers] == ["accept oral best", "reject", "", "accept oral"]
    assert list(HistoryLine.objects.order_by("pk").values_list("paper__number", "action", "by__email", "actor")) == [
        (1, "decided", "olga@example.org", "table"),
        (2, "decided", "olga@example.org", "table"),
        (3, "revoked", "olga@example.org", ""),
    ]
    again = apply_decisions(workshop, write_csv(COLUMNS, [[1, "accept", "", "best", "Well done"], [2, "reject", "", "", ""]]), by=olga)
    assert (again.changes, again.unchanged) == ([], 2)


@pytest.mark.parametrize(
    "content",
    [
        write_csv(["forum", "decision"], [["https://openreview.net/forum?id=forum1", "accept (poster)"]]),
        write_csv(["Paper ID", "Outcome", "Presentation"], [[1, "accepted", "poster"]], delimiter=";"),
        write_xlsx({"Decisions": [["number", "forum", "outcome", "presentation"], [1, "forum1", "accept", "Poster"]]}),
        write_json([{"number": 1, "outcome": "accept as poster"}]),
        write_csv(["id", "outcome"], [["forum1", "poster"]]),
        write_csv(["number", "outcome", "presentation"], [["forum1", "accept", "poster"]]),
    ],
    ids=["forum", "other names", "xlsx", "json", "id", "forum as number"],
)
def test_tables_of_decisions_have_many_forms(workshop: Workshop, papers: list[Paper], content: bytes) -> None:
    assert tell(apply_decisions(workshop, content, by=None)) == [(1, "undecided", "accept, poster")]


def test_empty_cells_keep_what_an_accepted_paper_has_and_none_takes_it(workshop: Workshop, papers: list[Paper], best: Award) -> None:
    apply_decisions(workshop, write_csv(COLUMNS, [[1, "accept", "", "best", "Why"]]), by=None)
    assert apply_decisions(workshop, write_csv(["number", "outcome"], [[1, "accept"]]), by=None).changes == []
    assert tell(apply_decisions(workshop, write_csv(["number", "outcome", "award"], [[1, "accept", "none"]]), by=None)) == [
        (1, "accept, oral, best, Why", "accept, oral, Why")
    ]
    assert tell(apply_decisions(workshop, write_csv(["number", "outcome", "presentation"], [[1, "accept", "none"]]), by=None)) == [
        (1, "accept, oral, Why", "accept, Why")
    ]


def test_text_that_the_mapping_explains_decides(workshop: Workshop, papers: list[Paper]) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
    MappedValue.objects.create(mapping=rule, value="Hall of Fame", meaning={"outcome": "accept", "presentation": "oral"})
    assert tell(apply_decisions(workshop, write_csv(COLUMNS, [[1, "Hall of Fame", "", "", ""]]), by=None)) == [
        (1, "undecided", "accept, oral")
    ]


def test_every_mistake_and_every_refusal_is_named(workshop: Workshop, papers: list[Paper], best: Award) -> None:
    short = make_paper(workshop, number=20, track=workshop.tracks.get(slug="short"))
    make_paper(workshop, number=21, standing="withdrawn")
    make_paper(workshop, number=30, note_id="x30")
    make_paper(workshop, number=30, note_id="y30")
    make_paper(make_workshop("elsewhere"), number=99)
    rows: Rows = [
        [1, "", "accept", "oral", "", ""],
        [1, "", "reject", "", "", ""],
        [99, "", "accept", "", "", ""],
        ["one", "", "accept", "", "", ""],
        ["", "", "accept", "", "", ""],
        [2, "forum3", "accept", "", "", ""],
        [3, "", "perhaps", "", "", ""],
        [4, "", "", "", "", ""],
        [20, "", "accept", "dance", "", ""],
        [30, "", "accept", "", "", ""],
        ["", "nothing", "accept", "", "", ""],
    ]
    assert refuse(workshop, write_csv(["number", "forum", "outcome", "presentation", "award", "comment"], rows)) == [
        "Row 3, “number”, value “1”: This paper stands in row 2 already. Keep one of the two.",
        "Row 4, “number”, value “99”: The workshop has no such paper. Correct it, or import the paper first.",
        "Row 5, “number”, value “one”: This is not a paper number. Write the paper's number in digits, like 12.",
        "Row 6, “number”: The row does not say which paper it decides. Write the paper's number in digits, like 12.",
        "Row 7, “number”, value “2”: This forum is paper 3 here. Correct the number or the forum id.",
        "Row 8, “outcome”, value “perhaps”: This is not a decision. Write accept, reject or revoke.",
        "Row 9, “outcome”: There is no decision. Write accept, reject or revoke.",
        "Row 10, “presentation”, value “dance”: The workshop knows no presentation of this name. "
        "Write oral or poster, or say on the mapping page what this means.",
        "Row 11, “number”, value “30”: Number 30 stands for 2 papers here. Add a column with their forum ids.",
        "Row 12, “forum”, value “nothing”: The workshop has no such paper. Correct it, or import the paper first.",
    ]
    rows = [
        [1, "revoke", "", "", ""],
        [2, "reject", "oral", "", ""],
        [3, "revoke", "oral", "", ""],
        [4, "revoke", "", "", ""],
        [short.number or 0, "accept", "", "best", ""],
        [21, "accept", "", "", ""],
    ]
    assert refuse(workshop, write_csv(COLUMNS, rows)) == [
        "Row 2, “outcome”: Paper 1 has no decision to take back.",
        "Row 3, “presentation”: Paper 2 can't be rejected and have a presentation or an award.",
        "Row 4, “outcome”, value “revoke”: A decision that is taken back has no presentation, award or comment. Leave them empty.",
        "Row 5, “outcome”: The decision on paper 4 has been released; decide anew instead of taking it back.",
        "Row 6, “award”: Paper 20 (Short papers) can't win Best paper: its track is not eligible for awards.",
        "Row 7, “outcome”: Paper 21 is withdrawn; it can't be decided.",
    ]


def test_award_that_brings_another_presentation_is_a_mistake(workshop: Workshop, papers: list[Paper], best: Award) -> None:
    assert refuse(workshop, write_csv(COLUMNS, [[1, "accept", "poster", "best", ""]])) == [
        "Row 2, “presentation”, value “poster”: Best paper brings Oral. Write oral, or none as the award."
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (
            b"number,title\n1,T\n",
            "The table has no column “outcome”. Name the columns in its first row: number, outcome, presentation, award, comment.",
        ),
    ],
)
def test_table_that_is_none_of_decisions_is_refused(workshop: Workshop, content: bytes, reason: str) -> None:
    assert refuse(workshop, content) == [reason]


def test_columns_that_were_not_read_are_told(workshop: Workshop, papers: list[Paper]) -> None:
    table = parse_decisions(workshop, b"number,outcome,mood\n1,accept,good\n")
    assert (table.notices, table.mistakes, [row.outcome for row in table.rows]) == (("Columns that were not read: mood.",), (), ["accept"])


def test_report_is_plain_json(workshop: Workshop, papers: list[Paper]) -> None:
    report = preview_decisions(workshop, b"number,outcome\n1,accept\n2,huh\n", by=None)
    told = json.loads(json.dumps(report.as_json()))
    assert (told["changes"][0]["paper"], told["unchanged"], told["mistakes"][0]["row"], told["notices"]) == (1, 0, 3, [])
