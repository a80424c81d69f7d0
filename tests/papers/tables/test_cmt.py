"""CMT's list of papers: CSV, XLSX under titles, the XML of Excel 2003."""

import pytest

from papers.models import FieldMapping, MappedValue, Workshop
from papers.tables.reading import read_table
from tests.papers.tables.reports import count_rows, refuse_table, take_table, tell_changes, tell_counts, tell_papers
from tests.papers.tables.samples import CMT_COLUMNS, CMT_ROWS, Rows, write_csv, write_excel_2003, write_xlsx

PAPERS = [
    (11, "Counting Sheep with Diffusion", ["Ada Lovelace", "Bo Null"], "full", "active", "accept oral"),
    (12, "NA", ["Luis None", "Martin King, Jr."], "short", "active", ""),
    (13, "Withdrawn Work", ["Eve W"], "short", "withdrawn", ""),
]
TITLED: Rows = [["Papers of Counted 2026"], [], CMT_COLUMNS, *CMT_ROWS]
MERGED: Rows = [
    ["Paper", "", "", "", "Primary Contact Author", "", "", "Author", "", "Track"],
    ["ID", "Created", "Title", "Abstract", "Name", "Email", "Authors", "Names", "Emails", "Name", *CMT_COLUMNS[10:]],
    *CMT_ROWS,
]


@pytest.mark.parametrize(
    "content",
    [
        write_csv(CMT_COLUMNS, CMT_ROWS),
        write_xlsx({"Papers": TITLED}),
        write_xlsx({"Papers": MERGED}),
        write_excel_2003("Papers", TITLED),
    ],
    ids=["csv", "xlsx under a title", "xlsx with merged titles", "excel 2003"],
)
def test_cmt_table_brings_papers(workshop: Workshop, content: bytes) -> None:
    report = take_table(workshop, content)
    assert (tell_counts(report), report.conflicts, report.problems) == ((3, 0, 0), [], [])
    assert tell_papers(workshop) == PAPERS
    first = workshop.papers.get(number=11)
    assert [(author.email, author.institutions) for author in first.authors.all()] == [
        ("ada@example.org", [{"name": "Univ. of Nowhere", "domain": "", "country": ""}]),
        ("bo@example.net", [{"name": "Institute (North)", "domain": "", "country": ""}]),
    ]
    assert first.extras == {"Primary Subject Area": "Vision", "Q1 (Student paper)": "Yes"}
    assert workshop.papers.get(number=12).abstract == "None"
    assert "Rev Secret" not in str(workshop.papers.values())


def test_cmt_table_says_what_it_was_taken_for(workshop: Workshop) -> None:
    assert take_table(workshop, write_csv(CMT_COLUMNS, CMT_ROWS)).notices == [
        "Read as CMT: 3 papers.",
        "Columns that were not read: Created, Primary Contact Author Name, Primary Contact Author Email, Authors, Reviewers.",
        "Reviews come from OpenReview only; these columns were not read: [Review] Avg (Overall Rating).",
    ]


def test_second_import_of_a_table_changes_nothing(workshop: Workshop) -> None:
    take_table(workshop, write_csv(CMT_COLUMNS, CMT_ROWS))
    before = count_rows()
    report = take_table(workshop, write_csv(CMT_COLUMNS, CMT_ROWS))
    runs = 5
    assert (tell_counts(report), report.changes) == ((0, 0, 3), [])
    assert count_rows() == [count + (place == runs) for place, count in enumerate(before)]


def test_changed_rows_change_their_papers_and_no_other(workshop: Workshop) -> None:
    take_table(workshop, write_csv(CMT_COLUMNS, CMT_ROWS))
    rows = [list(row) for row in CMT_ROWS[:2]]
    rows[0][2] = "Counting Sheep"
    rows[1][11] = "Reject"
    content = write_csv(CMT_COLUMNS, rows)
    changes = [
        (11, "title", "Counting Sheep with Diffusion", "Counting Sheep"),
        (12, "decision", None, {"outcome": "reject", "presentation": None}),
    ]
    before = count_rows()
    rehearsal = take_table(workshop, content, is_rehearsal=True)
    assert (tell_counts(rehearsal), tell_changes(rehearsal), count_rows()) == ((0, 2, 0), changes, before)
    report = take_table(workshop, content)
    assert (tell_counts(report), tell_changes(report)) == ((0, 2, 0), changes)
    assert tell_papers(workshop) == [
        (11, "Counting Sheep", ["Ada Lovelace", "Bo Null"], "full", "active", "accept oral"),
        (12, "NA", ["Luis None", "Martin King, Jr."], "short", "active", "reject"),
        PAPERS[2],
    ]


def test_withdrawn_paper_comes_back(workshop: Workshop) -> None:
    take_table(workshop, write_csv(CMT_COLUMNS, CMT_ROWS))
    rows = [list(row) for row in CMT_ROWS]
    rows[2][11] = "Accept"
    report = take_table(workshop, write_csv(CMT_COLUMNS, rows))
    assert tell_changes(report) == [
        (13, "decision", None, {"outcome": "accept", "presentation": None}),
        (13, "standing", "withdrawn", "active"),
    ]


def test_sheets_of_several_tracks_are_read_together_and_reviews_passed_over(workshop: Workshop) -> None:
    reviews: Rows = [["Paper ID", "Paper Title", "Reviewer Name", "Q1 (Overall Rating)"], [11, "Counting Sheep", "Rev Secret", "5"]]
    content = write_xlsx(
        {"Full": [CMT_COLUMNS, *CMT_ROWS[:1]], "Short": [CMT_COLUMNS, *CMT_ROWS[1:]], "Reviews": reviews, "Notes": [["Hello"], ["World"]]}
    )
    report = take_table(workshop, content)
    assert tell_papers(workshop) == PAPERS
    assert report.notices[1:3] == [
        "Sheets without a list of papers were passed over: Notes.",
        "Sheets of another kind were passed over: Reviews.",
    ]


def test_mistakes_name_the_sheet(workshop: Workshop) -> None:
    content = write_xlsx({"Full": [CMT_COLUMNS, *CMT_ROWS[:1]], "Short": [CMT_COLUMNS, *CMT_ROWS[:1]]})
    assert refuse_table(workshop, content) == [
        "Sheet “Short”, row 2, “Paper ID”, value “11”: This paper stands in row 2 of sheet “Full” already. Keep one of the two."
    ]


def test_rule_of_the_mapping_explains_a_column_and_a_status(workshop: Workshop) -> None:
    track = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="Q1 (Student paper)")
    decision = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
    for mapping, value, meaning in [
        (track, "Yes", "short"),
        (track, "No", {"ignore": True}),
        (decision, "Hall of Fame", {"outcome": "accept", "presentation": "poster"}),
    ]:
        MappedValue.objects.create(mapping=mapping, value=value, meaning=meaning)
    rows = [list(row) for row in CMT_ROWS[:2]]
    rows[0][11] = "Hall of Fame"
    take_table(workshop, write_csv(CMT_COLUMNS, rows))
    assert [paper[3:] for paper in tell_papers(workshop)] == [("short", "active", "accept poster"), ("short", "active", "")]


def test_unknown_words_are_mistakes_that_say_what_is_known(workshop: Workshop) -> None:
    rows = [list(row) for row in CMT_ROWS[:1]]
    rows[0][9], rows[0][11] = "Main Track", "Conditional"
    assert refuse_table(workshop, write_csv(CMT_COLUMNS, rows)) == [
        "Row 2, “Track Name”, value “Main Track”: The workshop knows no track of this name. "
        "Write full (Full papers) or short (Short papers), or say on the mapping page what this means.",
        "Row 2, “Status”, value “Conditional”: The workshop knows no decision of this name. "
        "Write accept, reject, accept (oral) or accept (poster), or say on the mapping page what this means.",
    ]


def test_ratings_are_never_taken() -> None:
    reading = read_table(write_csv(CMT_COLUMNS, CMT_ROWS))
    assert (reading.dialect, reading.rating_columns) == ("CMT", ("[Review] Avg (Overall Rating)",))
