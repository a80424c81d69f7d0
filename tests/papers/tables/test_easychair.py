"""EasyChair's tables: submissions alone, authors alone, a workbook with both."""

from papers.models import Workshop
from tests.papers.tables.reports import refuse_table, take_table, tell_changes, tell_counts, tell_papers
from tests.papers.tables.samples import (
    EASYCHAIR_COLUMNS,
    EASYCHAIR_PEOPLE,
    EASYCHAIR_PEOPLE_COLUMNS,
    EASYCHAIR_ROWS,
    Rows,
    write_csv,
    write_xlsx,
)

PAPERS = [
    (1, "Trees of Light", ["Mira Sol", "Plato", "Jo Li"], "full", "active", "accept"),
    (2, "Stones", ["Ann Stone"], "short", "active", "reject"),
]


def tell_mails(workshop: Workshop, number: int) -> list[tuple[str, str, list[dict[str, str]]]]:
    return [(author.name, author.email, author.institutions) for author in workshop.papers.get(number=number).authors.all()]


def test_submissions_bring_papers(workshop: Workshop) -> None:
    report = take_table(workshop, write_csv(EASYCHAIR_COLUMNS, EASYCHAIR_ROWS))
    assert tell_counts(report) == (2, 0, 0)
    assert tell_papers(workshop) == PAPERS
    assert workshop.papers.get(number=1).keywords == ["light", "trees"]
    assert report.notices == [
        "Read as EasyChair: 3 papers.",
        "Columns that were not read: submitted, notified.",
        "Reviews come from OpenReview only; these columns were not read: reviews sent.",
        "Deleted papers that are not here were left out: 1.",
    ]


def test_sheet_of_authors_adds_mails_and_affiliations(workshop: Workshop) -> None:
    content = write_xlsx(
        {
            "Submissions": [EASYCHAIR_COLUMNS, *EASYCHAIR_ROWS],
            "Authors": [EASYCHAIR_PEOPLE_COLUMNS, *EASYCHAIR_PEOPLE],
            "Reviews": [["#", "submission #", "member #", "member name", "scores", "total score"], [1, 1, 4, "Rev Secret", "2", "2"]],
        }
    )
    take_table(workshop, content)
    assert tell_papers(workshop) == PAPERS
    assert tell_mails(workshop, 1) == [
        ("Mira Sol", "mira@example.org", [{"name": "Sun Lab", "domain": "", "country": "Peru"}]),
        ("Plato", "plato@example.org", [{"name": "Academy", "domain": "", "country": "Greece"}]),
        ("Jo Li", "", []),
    ]
    assert "Rev Secret" not in str(workshop.papers.values())


def test_authors_alone_go_to_papers_that_are_here(workshop: Workshop) -> None:
    people = write_csv(EASYCHAIR_PEOPLE_COLUMNS, EASYCHAIR_PEOPLE)
    assert refuse_table(workshop, people) == [
        f"Row {row}, “submission #”, value “{number}”: The workshop has no such paper, and without a title it can't become one. "
        "Correct it, or add a column “title”."
        for row, number in ((2, 1), (5, 2))
    ]
    take_table(workshop, write_csv(EASYCHAIR_COLUMNS, EASYCHAIR_ROWS))
    report = take_table(workshop, people)
    assert [(paper, field) for paper, field, _, _ in tell_changes(report)] == [(1, "authors"), (2, "authors")]
    assert tell_papers(workshop) == PAPERS
    assert tell_mails(workshop, 2) == [("Ann Stone", "ann@example.org", [{"name": "Quarry", "domain": "", "country": ""}])]


def test_paper_deleted_in_easychair_is_marked(workshop: Workshop) -> None:
    take_table(workshop, write_csv(EASYCHAIR_COLUMNS, EASYCHAIR_ROWS))
    rows = [list(row) for row in EASYCHAIR_ROWS[:1]]
    rows[0][11] = "yes"
    report = take_table(workshop, write_csv(EASYCHAIR_COLUMNS, rows))
    assert (tell_changes(report), report.withdrawn) == ([(1, "standing", "active", "deleted")], 1)
    assert tell_papers(workshop)[0][4:] == ("deleted", "accept")


def test_mistakes_of_authors_are_named(workshop: Workshop) -> None:
    take_table(workshop, write_csv(EASYCHAIR_COLUMNS, EASYCHAIR_ROWS))
    people: Rows = [
        ["x", "Mira", "Sol", "mira@", "", "", "", 1, ""],
        ["", "", "", "a@example.org", "", "", "", 2, ""],
        [1, "A", "B", "", "", "", "", 3, ""],
    ]
    assert refuse_table(workshop, write_csv(EASYCHAIR_PEOPLE_COLUMNS, people)) == [
        "Row 2, “submission #”, value “x”: This is not a paper number. Write the paper's number in digits, like 12.",
        "Row 2, “email”, value “mira@”: This is not a mail address. Write one like ada@example.org.",
        "Row 3, “submission #”: The author's paper is not named. Write the paper's number in digits, like 12.",
        "Row 3, “last name”, value “a@example.org”: An author has no name. Write it, or take the row out.",
    ]
