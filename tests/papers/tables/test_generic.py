"""Tables of people's own making: any column names, keys, words."""

import pytest

from papers.models import Award, Workshop
from papers.tables.reading import read_table
from tests.factories import accept, make_paper, make_workshop
from tests.papers.tables.reports import refuse_table, take_table, tell_changes, tell_counts, tell_decision, tell_papers
from tests.papers.tables.samples import Rows, write_csv, write_json, write_xlsx

COLUMNS = [
    "Number",
    "Forum",
    "Title",
    "Authors",
    "Emails",
    "Affiliations",
    "Track",
    "Decision",
    "Presentation",
    "Award",
    "Archival",
    "Keywords",
]
ROWS: Rows = [
    [
        1,
        "https://openreview.net/forum?id=abc123",
        "Everything Said",
        "Lovelace, Ada; Plato",
        "ada@example.org;",
        "Univ; Academy",
        "Full papers",
        "accepted",
        "Oral",
        "Best paper",
        "yes",
        "sums; engines",
    ],
    [2, "def456", "Little Said", "Bo Null", "", "", "short", "reject", "", "", "no", ""],
]


@pytest.fixture
def best(workshop: Workshop) -> Award:
    return Award.objects.create(
        workshop=workshop, slug="best", name="Best paper", presentation=workshop.presentation_kinds.get(slug="oral")
    )


@pytest.mark.parametrize(
    "content",
    [
        write_csv(COLUMNS, ROWS),
        write_csv(COLUMNS, ROWS, delimiter=";"),
        write_csv(COLUMNS, ROWS, delimiter="\t"),
        write_xlsx({"Sheet1": [COLUMNS, *ROWS]}),
        write_json([dict(zip(COLUMNS, row, strict=True)) for row in ROWS]),
    ],
    ids=["comma", "semicolon", "tab", "xlsx", "json"],
)
def test_own_table_brings_everything(workshop: Workshop, best: Award, content: bytes) -> None:
    report = take_table(workshop, content)
    assert (tell_counts(report), report.problems) == ((2, 0, 0), [])
    first, second = workshop.papers.order_by("number")
    assert tell_papers(workshop) == [
        (1, "Everything Said", ["Ada Lovelace", "Plato"], "full", "active", "accept oral best"),
        (2, "Little Said", ["Bo Null"], "short", "active", "reject"),
    ]
    assert (first.note_id, first.wants_proceedings, first.keywords) == ("abc123", True, ["sums", "engines"])
    assert (second.note_id, second.wants_proceedings) == ("def456", None)
    assert tell_counts(take_table(workshop, content)) == (0, 0, 2)


@pytest.mark.parametrize(
    ("columns", "row", "keys"),
    [
        (["id", "title"], [4, "T"], (4, "")),
        (["ID", "title"], ["xY_3-4", "T"], (None, "xY_3-4")),
        (["#", "title"], ["#4", "T"], (4, "")),
        (["Submission Number", "title"], ["4.0", "T"], (4, "")),
        (["OpenReview URL", "title"], ["https://openreview.net/forum?id=xY&noteId=z", "T"], (None, "xY")),
        (["note_id", "title"], ["xY", "T"], (None, "xY")),
        (["Paper_ID", "paper-title"], ["4", "T"], (4, "")),
    ],
)
def test_keys_have_many_names(columns: list[str], row: list[object], keys: tuple[int | None, str]) -> None:
    reading = read_table(write_csv(columns, [row]))
    assert (reading.mistakes, [(one.number, one.note_id, one.title) for one in reading.rows]) == ((), [(*keys, "T")])


@pytest.mark.parametrize("column", ["OpenReview Link", "Link", "url", "Paper URL"])
def test_forum_is_read_out_of_a_column_of_links(workshop: Workshop, column: str) -> None:
    take_table(workshop, write_csv([column, "Title"], [["https://openreview.net/forum?id=abc_-123&noteId=other", "Linked"]]))
    (paper,) = workshop.papers.all()
    assert (paper.note_id, paper.number, paper.link) == ("abc_-123", None, "")


def test_links_that_lead_elsewhere_are_those_of_the_listing(workshop: Workshop) -> None:
    rows: Rows = [
        [1, "On arXiv", "https://arxiv.org/abs/2109.09417"],
        [2, "A forum", "https://openreview.net/forum?id=abc123"],
        [3, "Nowhere", ""],
    ]
    take_table(workshop, write_csv(["UID", "Title", "URL"], rows))
    found = [(paper.number, paper.note_id, paper.link, paper.reader_url) for paper in workshop.papers.all()]
    assert found == [
        (1, "", "https://arxiv.org/abs/2109.09417", "https://arxiv.org/abs/2109.09417"),
        (2, "abc123", "", "https://openreview.net/forum?id=abc123"),
        (3, "", "", ""),
    ]
    assert take_table(workshop, write_csv(["UID", "Title", "URL"], rows)).unchanged == 3
    moved: Rows = [[1, "On arXiv", "https://doi.example.org/10"]]
    changed = take_table(workshop, write_csv(["UID", "Title", "URL"], moved))
    assert tell_changes(changed) == [(1, "link", "https://arxiv.org/abs/2109.09417", "https://doi.example.org/10")]


def test_link_that_is_none_is_a_mistake_and_links_are_no_keys(workshop: Workshop) -> None:
    assert refuse_table(workshop, write_csv(["UID", "Title", "URL"], [[1, "One", "papers/1.pdf"]])) == [
        "Row 2, “URL”, value “papers/1.pdf”: This is not a web address. Write a whole address that starts with https://, "
        "or leave the cell empty."
    ]
    assert refuse_table(workshop, write_csv(["Title", "URL"], [["One", "https://arxiv.org/abs/1"]])) == [
        "Row 2, “forum”: The paper has neither a number nor a forum id. Write the paper's number in digits, like 12."
    ]


def test_table_without_titles_updates_papers_that_are_here(workshop: Workshop) -> None:
    take_table(workshop, write_csv(["number", "title", "track", "decision"], [[5, "T", "full", "accept (poster)"]]))
    content = write_csv(["number", "presentation", "track"], [[5, "oral", "short"]])
    assert tell_changes(take_table(workshop, content)) == [
        (5, "decision", {"outcome": "accept", "presentation": "poster"}, {"outcome": "accept", "presentation": "oral"}),
        (5, "track", "full", "short"),
    ]


def test_what_a_table_does_not_say_stays(workshop: Workshop, best: Award) -> None:
    paper = make_paper(workshop, number=5, abstract="Long", keywords=["a"], authors=("Ada L", "Bo N"))
    decision = accept(paper, "oral")
    decision.award = best
    decision.save()
    content = write_csv(["number", "title", "authors", "abstract", "decision", "award"], [[5, paper.title, "", "", "accept", ""]])
    report = take_table(workshop, content)
    assert (tell_counts(report), report.changes) == ((0, 0, 1), [])
    assert tell_decision(paper) == "accept oral best"


def test_award_is_taken_away_by_saying_none(workshop: Workshop, best: Award) -> None:
    take_table(workshop, write_csv(COLUMNS, ROWS))
    report = take_table(workshop, write_csv(["number", "decision", "award"], [[1, "accept", "none"]]))
    assert tell_changes(report) == [(1, "award", "best", None)]
    assert tell_decision(workshop.papers.get(number=1)) == "accept oral"


def test_award_given_here_and_in_the_table_is_told_and_stays(workshop: Workshop, best: Award) -> None:
    second = Award.objects.create(workshop=workshop, slug="second", name="Runner-up")
    paper = make_paper(workshop, number=5)
    decision = accept(paper, "oral")
    decision.award = second
    decision.save()
    report = take_table(workshop, write_csv(["number", "decision", "award"], [[5, "accept", "best"]]))
    assert [problem["sentence"] for problem in report.problems] == ["The table gives it best, here it has second; ours stays."]
    assert tell_decision(paper) == "accept oral second"


def test_released_decision_is_not_changed_by_a_table(workshop: Workshop) -> None:
    paper = make_paper(workshop, number=5)
    accept(paper, "poster", is_released=True)
    report = take_table(workshop, write_csv(["number", "decision"], [[5, "reject"]]))
    assert [(conflict["paper"], conflict["field"], conflict["upstream"]) for conflict in report.conflicts] == [
        (5, "decision", {"outcome": "reject", "presentation": None})
    ]
    assert tell_decision(paper) == "accept poster"
    assert tell_counts(take_table(workshop, write_csv(["number", "decision"], [[5, "reject"]]))) == (0, 0, 1)


def test_change_made_here_and_in_the_table_waits_for_a_person(workshop: Workshop) -> None:
    take_table(workshop, write_csv(["number", "title"], [[1, "From the table"]]))
    workshop.papers.update(title="From here")
    assert tell_counts(take_table(workshop, write_csv(["number", "title"], [[1, "From the table"]]))) == (0, 0, 1)
    report = take_table(workshop, write_csv(["number", "title"], [[1, "Anew from the table"]]))
    assert [(one["field"], one["base"], one["upstream"], one["local"]) for one in report.conflicts] == [
        ("title", "From the table", "Anew from the table", "From here")
    ]
    assert workshop.papers.get().title == "From here"


def test_value_may_go_back_and_forth_in_tables(workshop: Workshop) -> None:
    for title in ("One", "Two", "One"):
        take_table(workshop, write_csv(["number", "title"], [[1, title]]))
        assert workshop.papers.get().title == title


def test_paper_known_by_number_gets_its_forum_id(workshop: Workshop) -> None:
    take_table(workshop, write_csv(["number", "title"], [[1, "T"]]))
    report = take_table(workshop, write_csv(["number", "forum", "title"], [[1, "abc", "T"]]))
    assert tell_changes(report) == [(1, "note_id", "", "abc")]
    assert workshop.papers.get().note_id == "abc"


def test_contradicting_keys_are_mistakes(workshop: Workshop) -> None:
    make_paper(workshop, number=1, note_id="one")
    make_paper(workshop, number=2, note_id="two")
    make_paper(workshop, number=7, note_id="sevenA")
    make_paper(workshop, number=7, note_id="sevenB")
    rows: Rows = [[1, "other", "T"], [3, "two", "T"], [7, "", "T"], [1, "", "T"], ["", "one", "T"]]
    assert refuse_table(workshop, write_csv(["number", "forum", "title"], rows)) == [
        "Row 2, “forum”, value “other”: Paper 1 has another forum here (one). Correct the number or the forum id.",
        "Row 3, “number”, value “3”: This forum is paper 2 here. Correct the number or the forum id.",
        "Row 4, “number”, value “7”: Number 7 stands for 2 papers here. Add a column with their forum ids.",
        "Row 5, “number”, value “1”: This paper stands in row 2 already. Keep one of the two.",
        "Row 6, “number”: This paper stands in row 5 already. Keep one of the two.",
    ]


def test_papers_of_other_workshops_are_none_of_it(workshop: Workshop) -> None:
    other = make_paper(make_workshop("elsewhere"), number=1, note_id="abc", title="Theirs")
    take_table(workshop, write_csv(["number", "forum", "title"], [[1, "abc", "Ours"]]))
    other.refresh_from_db()
    assert (other.title, tell_papers(workshop)[0][:2]) == ("Theirs", (1, "Ours"))


@pytest.mark.parametrize(
    "title", ["=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "{{ 7 * 7 }}", "'quoted'", "NaN", "#N/A!"]
)
def test_hostile_cells_are_only_text(workshop: Workshop, title: str) -> None:
    for content in (write_csv(["number", "title"], [[1, title]]), write_json([{"number": 1, "title": title}])):
        take_table(workshop, content)
        assert workshop.papers.get().title == title


def test_formula_counts_with_the_value_that_was_saved(workshop: Workshop) -> None:
    assert refuse_table(workshop, write_xlsx({"S": [["number", "title"], [1, "=1+1"], [2, "T"]]})) == [
        "Sheet “S”, row 2, “title”: The paper has no title. Write it, or take the row out."
    ]


def test_names_that_other_programs_take_for_nothing_survive(workshop: Workshop) -> None:
    names = ["NA", "None", "null", "nan", "N/A", "NULL", "True", "1e5"]
    rows: Rows = [[place, name, f"{name}; {name} {name}"] for place, name in enumerate(names, start=1)]
    for content in (write_csv(["number", "title", "authors"], rows), write_xlsx({"S": [["number", "title", "authors"], *rows]})):
        workshop.papers.all().delete()
        take_table(workshop, content)
        assert [(paper[1], paper[2]) for paper in tell_papers(workshop)] == [(name, [name, f"{name} {name}"]) for name in names]
