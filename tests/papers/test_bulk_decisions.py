"""Decisions from a table: preview, apply all or nothing, every reason."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from papers.bulk_decisions import apply_decisions, preview_decisions
from papers.decision_plans import DecisionPlan
from papers.decision_rows import parse_decisions
from papers.decision_sources import DecisionsTable
from papers.decision_states import tell_decision
from papers.models import Award, Batch, ConflictOfInterest, Decision, FieldMapping, HistoryLine, MappedValue, Paper, User, Workshop
from papers.tables.refusals import TableRefused
from tests.factories import accept, make_paper, make_workshop, reject
from tests.papers.tables.reports import tell_decision as tell_held
from tests.papers.tables.samples import Rows, write_csv, write_json, write_xlsx

COLUMNS = ["number", "outcome", "presentation", "award", "comment"]

TWENTY = [
    "Row 2, “number”, value “99”: The workshop has no such paper. Correct it, or import the paper first.",
    "Row 4, “number”, value “1”: This paper stands in row 3 already. Keep one of the two.",
    "Row 5, “outcome”: Paper 21 is withdrawn; it can't be decided. Correct the row, or take it out.",
    "Row 6, “outcome”: Paper 22 is a test submission; it can't be decided. Correct the row, or take it out.",
    "Row 7, “outcome”, value “perhaps”: This is not a decision. Write accept, reject or revoke.",
    "Row 8, “outcome”: There is no decision. Write accept, reject or revoke.",
    "Row 9, “presentation”, value “dance”: The workshop knows no presentation of this name. Write oral or poster, or say on "
    "the mapping page what this means.",
    "Row 10, “award”, value “Nobel”: The workshop knows no award of this name. Write best (Best paper).",
    "Row 11, “award”: Paper 27 can't be rejected and have a presentation or an award. Correct the row, or take it out.",
    "Row 12, “award”: Paper 20 (Short papers) can't win Best paper: its track is not eligible for awards. Correct the row, or take it out.",
    "Row 13, “award”: Paper 23 can't win Best paper without a track; give it one that is eligible for awards. Correct the "
    "row, or take it out.",
    "Row 14, “presentation”, value “poster”: Best paper brings Oral. Write oral, or none as the award.",
    "Row 15, “number”: The row does not say which paper it decides. Write the paper's number in digits, like 12.",
    "Row 16, “number”, value “12a”: This is not a paper number. Write the paper's number in digits, like 12.",
    "Row 17, “number”, value “35”: This forum is paper 3 here. Correct the number or the forum id.",
    "Row 18, “forum”, value “nowhere”: The workshop has no such paper. Correct it, or import the paper first.",
    "Row 19, “forum”, value “https://example.org/?x=1”: This is not a forum id. Write the id of its OpenReview forum or the "
    "forum's address.",
    "Row 20, “number”, value “30”: Number 30 stands for 2 papers here. Add a column with their forum ids.",
    "Row 21, “outcome”, value “revoke”: A decision that is taken back has no presentation, award or comment. Leave them empty.",
    "Row 22, “outcome”: You have a conflict of interest with paper 24 (institution: both at uni.example); leave it to "
    "somebody else. Correct the row, or take it out.",
    "Row 23, “number”, value “=1+1”: This is not a paper number. Write the paper's number in digits, like 12.",
    "Row 24, “presentation”, value “oral”: The outcome names another presentation. Make the two agree.",
    "Row 25, “comment”, value “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”: The comment has 10,001 "
    "characters; 10,000 are the most. Shorten it.",
    "Row 26, “comment”, value “Goodbye”: The comment holds control characters. Take them out.",
    "Row 27, “outcome”: The decision on paper 4 has been released; decide anew instead of taking it back. Correct the row, or take it out.",
    "Row 28, “outcome”: Paper 34 has no decision to take back. Correct the row, or take it out.",
    "Row 29, “number”, value “-5”: This is not a paper number. Write the paper's number in digits, like 12.",
]


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


def preview(workshop: Workshop, content: bytes, by: User | None = None) -> DecisionPlan:
    return preview_decisions(workshop, DecisionsTable(content, "decisions.csv"), by=by)


def decide(workshop: Workshop, content: bytes, by: User | None = None) -> DecisionPlan:
    return apply_decisions(workshop, DecisionsTable(content, "decisions.csv"), by=by)[0]


def tell(plan: DecisionPlan) -> list[tuple[int | None, str, str]]:
    return [(change.paper.number, tell_decision(change.before), tell_decision(change.after)) for change in plan.changes]


def refuse(workshop: Workshop, content: bytes, by: User | None = None) -> list[str]:
    """Apply a table that must be refused; return the reasons, having checked that nothing changed."""
    before = list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count()
    assert [str(mistake) for mistake in preview(workshop, content, by).all_mistakes]
    with pytest.raises(TableRefused) as refusal:
        decide(workshop, content, by)
    assert (list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count()) == before
    return refusal.value.reasons


def test_table_decides_many_papers_in_one_go(workshop: Workshop, olga: User, papers: list[Paper], best: Award) -> None:
    content = write_csv(
        COLUMNS,
        [[1, "accept", "", "best", "Well done"], [2, "Reject", "", "", ""], [3, "revoke", "", "", ""], [4, "ACCEPT", "Oral", "", ""]],
    )
    best_words = {"outcome": "accept", "presentation": "oral", "award": "best", "comment": "Well done"}
    rejected = {"outcome": "reject", "presentation": None, "award": None, "comment": ""}
    poster = {"outcome": "accept", "presentation": "poster", "award": None, "comment": ""}
    changes = [(1, None, best_words), (2, poster, rejected), (3, rejected, None)]
    before = list(Decision.objects.order_by("pk").values())
    seen = preview(workshop, content, olga)
    assert [(one.paper.number, one.before, one.after) for one in seen.changes] == changes
    assert (seen.unchanged, seen.all_mistakes) == (1, [])
    assert (list(Decision.objects.order_by("pk").values()), HistoryLine.objects.count(), Batch.objects.count()) == (before, 0, 0)
    done, batch = apply_decisions(workshop, DecisionsTable(content, "decisions.csv"), by=olga)
    assert ([(one.paper.number, one.before, one.after) for one in done.changes], done.unchanged) == (changes, 1)
    assert [tell_held(paper) for paper in papers] == ["accept oral best", "reject", "", "accept oral"]
    assert batch is not None
    assert (batch.title, batch.paper_count, batch.by) == ("Accepted 1, rejected 1, took back 1: decisions.csv", 3, olga)
    assert list(HistoryLine.objects.order_by("pk").values_list("paper__number", "action", "by__email", "before", "after", "batch")) == [
        (1, "decided", "olga@example.org", None, best_words, batch.pk),
        (2, "decided", "olga@example.org", poster, rejected, batch.pk),
        (3, "revoked", "olga@example.org", rejected, None, batch.pk),
    ]
    again, nothing = apply_decisions(
        workshop, DecisionsTable(write_csv(COLUMNS, [[1, "accept", "", "best", "Well done"], [2, "reject", "", "", ""]]), "again"), by=olga
    )
    assert (again.changes, again.unchanged, nothing, Batch.objects.count()) == ([], 2, None, 1)


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
    assert tell(decide(workshop, content)) == [(1, "undecided", "accept, poster")]


def test_empty_cells_keep_what_an_accepted_paper_has_and_none_takes_it(workshop: Workshop, papers: list[Paper], best: Award) -> None:
    decide(workshop, write_csv(COLUMNS, [[1, "accept", "", "best", "Why"]]))
    assert decide(workshop, write_csv(["number", "outcome"], [[1, "accept"]])).changes == []
    assert tell(decide(workshop, write_csv(["number", "outcome", "award"], [[1, "accept", "none"]]))) == [
        (1, "accept, oral, best, Why", "accept, oral, Why")
    ]
    assert tell(decide(workshop, write_csv(["number", "outcome", "presentation"], [[1, "accept", "none"]]))) == [
        (1, "accept, oral, Why", "accept, Why")
    ]


def test_text_that_the_mapping_explains_decides(workshop: Workshop, papers: list[Paper]) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
    MappedValue.objects.create(mapping=rule, value="Hall of Fame", meaning={"outcome": "accept", "presentation": "oral"})
    assert tell(decide(workshop, write_csv(COLUMNS, [[1, "Hall of Fame", "", "", ""]]))) == [(1, "undecided", "accept, oral")]


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
        "Row 2, “outcome”: Paper 1 has no decision to take back. Correct the row, or take it out.",
        "Row 3, “presentation”: Paper 2 can't be rejected and have a presentation or an award. Correct the row, or take it out.",
        "Row 4, “outcome”, value “revoke”: A decision that is taken back has no presentation, award or comment. Leave them empty.",
        "Row 5, “outcome”: The decision on paper 4 has been released; decide anew instead of taking it back. "
        "Correct the row, or take it out.",
        "Row 6, “award”: Paper 20 (Short papers) can't win Best paper: its track is not eligible for awards. "
        "Correct the row, or take it out.",
        "Row 7, “outcome”: Paper 21 is withdrawn; it can't be decided. Correct the row, or take it out.",
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
    report = preview(workshop, b"number,outcome\n1,accept\n2,huh\n")
    told = json.loads(json.dumps(report.as_json()))
    assert (told["changes"][0]["paper"], told["unchanged"], told["mistakes"][0]["row"], told["notices"]) == (1, 0, 3, [])


def test_one_table_with_more_than_20_kinds_of_mistakes_names_each(workshop: Workshop, olga: User, papers: list[Paper], best: Award) -> None:
    make_paper(workshop, number=20, note_id="forum20", track=workshop.tracks.get(slug="short"))
    make_paper(workshop, number=21, standing="withdrawn")
    make_paper(workshop, number=22, is_test=True)
    make_paper(workshop, number=23, track=None)
    make_paper(workshop, number=30, note_id="x30")
    make_paper(workshop, number=30, note_id="y30")
    bound = make_paper(workshop, number=24)
    member = workshop.memberships.get(user=olga)
    ConflictOfInterest.objects.create(paper=bound, member=member, ground="institution", evidence="both at uni.example")
    for number in (25, 26, 27, 28, 29, 31, 32, 33, 34, 35):
        make_paper(workshop, number=number)
    columns = ["number", "forum", "outcome", "presentation", "award", "comment"]
    rows: Rows = [
        [99, "", "accept", "", "", ""],
        [1, "", "accept", "", "", ""],
        [1, "", "reject", "", "", ""],
        [21, "", "accept", "", "", ""],
        [22, "", "accept", "", "", ""],
        [2, "", "perhaps", "", "", ""],
        [3, "", "", "", "", ""],
        [25, "", "accept", "dance", "", ""],
        [26, "", "accept", "", "Nobel", ""],
        [27, "", "reject", "", "best", ""],
        [20, "", "accept", "", "best", ""],
        [23, "", "accept", "", "best", ""],
        [28, "", "accept", "poster", "best", ""],
        ["", "", "accept", "", "", ""],
        ["12a", "", "accept", "", "", ""],
        [35, "forum3", "accept", "", "", ""],
        ["", "nowhere", "accept", "", "", ""],
        ["", "https://example.org/?x=1", "accept", "", "", ""],
        [30, "", "accept", "", "", ""],
        [29, "", "revoke", "", "", "Sorry"],
        [24, "", "accept", "", "", ""],
        ["=1+1", "", "accept", "", "", ""],
        [31, "", "accept (poster)", "oral", "", ""],
        [32, "", "accept", "", "", "x" * 10_001],
        [33, "", "accept", "", "", "Good\x07bye"],
        [4, "", "revoke", "", "", ""],
        [34, "", "revoke", "", "", ""],
        [-5, "", "accept", "", "", ""],
    ]
    told = refuse(workshop, write_csv(columns, rows), olga)
    assert told == TWENTY
    assert len({sentence.partition(": ")[2] for sentence in told}) >= 20


def test_paper_without_its_reviews_is_a_mistake_where_that_blocks(workshop: Workshop, papers: list[Paper]) -> None:
    workshop.blocks_underreviewed = True
    workshop.save()
    assert refuse(workshop, b"number,outcome\n1,accept\n") == [
        "Row 2, “outcome”: Paper 1 has 0 of 3 required reviews; it can't be decided. "
        "Wait for the missing reviews, or change the rule in the settings. Correct the row, or take it out."
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00\xd8", "This is not text in an encoding that we read."),
        (b"number,outcome,outcome\n1,accept,reject\n", "outcome"),
        (b"number,outcome\n1,accept,oral,best,more\n", "Row 2"),
        (b"outcome\naccept\n", "number"),
        (b'number,outcome\n1,"accept\n', "quot"),
    ],
    ids=["encoding", "column twice", "ragged row", "no key", "open quote"],
)
def test_table_that_can_not_be_read_says_why(workshop: Workshop, papers: list[Paper], content: bytes, reason: str) -> None:
    told = refuse(workshop, content)
    assert [sentence for sentence in told if reason in sentence] != [], told


def test_table_is_read_in_a_fixed_number_of_statements(workshop: Workshop, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for count in (1, 30):
        numbers = [make_paper(workshop).number for _ in range(count)]
        content = write_csv(["number", "outcome"], [[number or 0, "accept"] for number in numbers])
        with django_assert_num_queries(15):
            preview(workshop, content)
