"""One table with every kind of mistake: all are named at once, nothing is written."""

from papers.models import Award, Workshop
from tests.factories import make_paper
from tests.papers.tables.reports import refuse_table
from tests.papers.tables.samples import Rows, write_csv, write_xlsx

COLUMNS = [
    "Number",
    "Forum",
    "Title",
    "Authors",
    "Emails",
    "Affiliations",
    "Author IDs",
    "Track",
    "Decision",
    "Presentation",
    "Award",
    "Proceedings",
    "Withdrawn",
]
LONG_NAME = "N" * 301
LONG_PROFILE = f"~{'p' * 200}"
ROWS: Rows = [
    ["1", "aaa", "", "A B", "", "", "", "", "", "", "", "", ""],
    ["two", "", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["-3", "", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["99999999999", "", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["", "", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["6", "not an id", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["1", "bbb", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["8", "aaa", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["9", "", "T", "Ada, B", "", "", "", "", "", "", "", "", ""],
    ["10", "", "T", "A B; ; C D", "", "", "", "", "", "", "", "", ""],
    ["11", "", "T", "A B; C D", "a@x.org", "", "", "", "", "", "", "", ""],
    ["12", "", "T", "A B; C D", "a@x.org; c(at)x", "", "", "", "", "", "", "", ""],
    ["13", "", "T", "A B; C D", "a@x.org; a@x.org", "", "", "", "", "", "", "", ""],
    ["14", "", "T", "A B; C D", "", "U; V; W", "", "", "", "", "", "", ""],
    ["15", "", "T", "A B", "", "", LONG_PROFILE, "", "", "", "", "", ""],
    ["16", "", "T", LONG_NAME, "", "", "", "", "", "", "", "", ""],
    ["17", "", "T", "", "a@x.org", "", "", "", "", "", "", "", ""],
    ["18", "", "T", "A B", "", "", "", "medium", "", "", "", "", ""],
    ["19", "", "T", "A B", "", "", "", "", "perhaps", "", "", "", ""],
    ["20", "", "T", "A B", "", "", "", "", "accept", "dance", "", "", ""],
    ["21", "", "T", "A B", "", "", "", "full", "accept", "", "worst", "", ""],
    ["22", "", "T", "A B", "", "", "", "", "", "", "", "maybe", ""],
    ["23", "", "T", "A B", "", "", "", "", "", "", "", "", "who knows"],
    ["24", "", "T", "A B", "", "", "", "", "reject", "oral", "", "", ""],
    ["25", "", "T", "A B", "", "", "", "full", "reject", "", "best", "", ""],
    ["26", "", "T", "A B", "", "", "", "short", "accept", "", "best", "", ""],
    ["27", "", "T", "A B", "", "", "", "", "", "oral", "", "", ""],
    ["28", "", "T", "A B", "", "", "", "", "accept (poster)", "oral", "", "", ""],
    ["29", "", "T", "A B", "", "", "", "full", "accept", "poster", "best", "", ""],
    ["40", "zzz", "T", "A B", "", "", "", "", "", "", "", "", ""],
    ["31", "", "T", "A B", "", "", "", "", "", "", "", "", "", "too", "many"],
]
DIGITS = "Write the paper's number in digits, like 12."
FORUM = "Write the id of its OpenReview forum or the forum's address."
SEMICOLONS = "Separate authors by semicolons: Ada Lovelace; Charles Babbage."
ONE_EACH = "Write one for each author, in their order; leave a gap between two semicolons where there is none."
EXPLAIN = "or say on the mapping page what this means."
REASONS = [
    "Row 2, “Title”: The paper has no title. Write it, or take the row out.",
    f"Row 3, “Number”, value “two”: This is not a paper number. {DIGITS}",
    f"Row 4, “Number”, value “-3”: This is not a paper number. {DIGITS}",
    f"Row 5, “Number”, value “99999999999”: This is not a paper number. {DIGITS}",
    f"Row 6, “Number”: The paper has neither a number nor a forum id. {DIGITS}",
    f"Row 7, “Forum”, value “not an id”: This is not a forum id. {FORUM}",
    "Row 8, “Number”, value “1”: This paper stands in row 2 already. Keep one of the two.",
    "Row 9, “Forum”, value “aaa”: This paper stands in row 2 already. Keep one of the two.",
    f"Row 10, “Authors”, value “Ada, B”: The commas do not tell where one author ends. {SEMICOLONS}",
    "Row 11, “Authors”, value “A B; ; C D”: There is nothing between two separators. "
    "Take the extra separator out, or write the missing author.",
    f"Row 12, “Emails”, value “a@x.org”: 1 mail address for 2 authors. {ONE_EACH}",
    "Row 13, “Emails”, value “c(at)x”: This is not a mail address. Write one like ada@example.org.",
    "Row 14, “Emails”, value “a@x.org”: Two authors have the same mail address. Correct one, or leave it out.",
    f"Row 15, “Affiliations”, value “U; V; W”: 3 affiliations for 2 authors. {ONE_EACH}",
    f"Row 16, “Author IDs”, value “{LONG_PROFILE[:59]}…”: A profile is longer than 200 characters. Write its tilde id.",
    f"Row 17, “Authors”, value “{LONG_NAME[:59]}…”: A name is longer than 300 characters. Separate authors by semicolons.",
    "Row 18, “Authors”: There are mail addresses but no authors. Write the authors.",
    "Row 19, “Track”, value “medium”: The workshop knows no track of this name. "
    f"Write full (Full papers) or short (Short papers), {EXPLAIN}",
    "Row 20, “Decision”, value “perhaps”: The workshop knows no decision of this name. "
    f"Write accept, reject, accept (oral) or accept (poster), {EXPLAIN}",
    f"Row 21, “Presentation”, value “dance”: The workshop knows no presentation of this name. Write oral or poster, {EXPLAIN}",
    "Row 22, “Award”, value “worst”: The workshop knows no award of this name. Write best (Best paper).",
    f"Row 23, “Proceedings”, value “maybe”: The workshop knows no proceedings choice of this name. Write yes or no, {EXPLAIN}",
    "Row 24, “Withdrawn”, value “who knows”: This does not say whether the paper was withdrawn. Write yes or no.",
    "Row 25, “Presentation”, value “oral”: Paper 24 can't be rejected and have a presentation or an award. Change one of the two.",
    "Row 26, “Award”, value “best”: Paper 25 can't be rejected and have a presentation or an award. Change one of the two.",
    "Row 27, “Award”, value “best”: Paper 26 (Short papers) can't win Best paper: its track is not eligible for awards. "
    "Change one of the two.",
    "Row 28, “Presentation”: The paper has a presentation or an award but no decision to accept it. "
    "Write accept as its decision, or leave the cell empty.",
    "Row 29, “Presentation”, value “oral”: The decision names another presentation. Make the two agree.",
    "Row 30, “Presentation”, value “poster”: Best paper brings Oral. Write oral, or leave the award empty.",
    "Row 31, “Forum”, value “zzz”: Paper 40 has another forum here (yyy). Correct the number or the forum id.",
    "Row 32, value “too”: The row has 15 cells, the header 13. Put text that holds separators into quotation marks.",
]


def prepare(workshop: Workshop) -> None:
    Award.objects.create(workshop=workshop, slug="best", name="Best paper", presentation=workshop.presentation_kinds.get(slug="oral"))
    make_paper(workshop, number=40, note_id="yyy")


def test_every_mistake_is_named_at_once(workshop: Workshop) -> None:
    prepare(workshop)
    assert refuse_table(workshop, write_csv(COLUMNS, ROWS)) == REASONS


def test_workbook_names_the_same_mistakes(workshop: Workshop) -> None:
    prepare(workshop)
    rows = [row[:13] for row in ROWS[:-1]]
    expected = [f"Sheet “Papers”, r{reason[1:]}".replace("row 2 already", "row 2 of sheet “Papers” already") for reason in REASONS[:-1]]
    assert refuse_table(workshop, write_xlsx({"Papers": [COLUMNS, *rows]})) == expected


def test_one_mistake_keeps_the_good_rows_out(workshop: Workshop) -> None:
    rows: Rows = [[1, "Good"], ["x", "Bad"], [3, "Good"]]
    assert len(refuse_table(workshop, write_csv(["number", "title"], rows))) == 1
    assert workshop.papers.count() == 0
