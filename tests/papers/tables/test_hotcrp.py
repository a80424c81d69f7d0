"""HotCRP's exports: JSON, CSV, the list of authors."""

import datetime as dt

import pytest

from papers.models import FieldMapping, MappedValue, Workshop
from tests.papers.tables.reports import refuse_table, take_table, tell_counts, tell_papers
from tests.papers.tables.samples import HOTCRP_PAPERS, write_csv, write_json

PAPERS = [
    (7, "Null Results", ["Nil Null", "May Bee"], "full", "active", "accept"),
    (8, "Bees", ["May Bee"], None, "active", "reject"),
    (10, "Gone", [], None, "withdrawn", ""),
]


@pytest.mark.parametrize("document", [HOTCRP_PAPERS, {"papers": HOTCRP_PAPERS}], ids=["list", "object"])
def test_json_brings_papers(workshop: Workshop, document: object) -> None:
    report = take_table(workshop, write_json(document), name="data.json")
    assert tell_counts(report) == (3, 0, 0)
    assert tell_papers(workshop) == PAPERS
    first = workshop.papers.get(number=7)
    assert (first.abstract, first.submitted_at, first.extras) == (
        "Nothing\nwas found.",
        dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        {"topics": ["Voids", "Bees"]},
    )
    assert [(author.email, author.institutions) for author in first.authors.all()] == [
        ("nil@example.org", [{"name": "Void U", "domain": "", "country": ""}]),
        ("may@example.org", [{"name": "Hive", "domain": "", "country": ""}]),
    ]
    assert workshop.papers.get(number=8).extras == {"Prize": "yes"}
    assert report.notices == [
        "Read as HotCRP: 3 papers.",
        "Drafts that were never submitted were left out: 1.",
        "Columns that were not read: object, submitted, tags, draft, withdrawn.",
    ]


def test_one_paper_alone_is_a_list_of_one(workshop: Workshop) -> None:
    take_table(workshop, write_json(HOTCRP_PAPERS[0]))
    assert tell_papers(workshop) == PAPERS[:1]


def test_answer_of_the_form_becomes_a_track_by_a_rule(workshop: Workshop) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="Prize")
    MappedValue.objects.create(mapping=rule, value="yes", meaning="short")
    take_table(workshop, write_json(HOTCRP_PAPERS))
    assert [paper[3] for paper in tell_papers(workshop)] == ["full", "short", None]


def test_csv_brings_papers(workshop: Workshop) -> None:
    columns = ["pid", "title", "authors", "author_emails", "paper_type", "decision", "status", "# Reviews"]
    rows = [
        [7, "Null Results", "Nil Null, May Bee (Hive)", "nil@example.org; may@example.org", "full", "Accepted", "accept", "3"],
        [8, "Bees", "May Bee", "", "", "Unspecified", "submitted", "2"],
        [9, "Never Sent", "May Bee", "", "", "", "draft", ""],
    ]
    take_table(workshop, write_csv(columns, rows))
    assert tell_papers(workshop) == [PAPERS[0], (8, "Bees", ["May Bee"], None, "active", "")]


def test_list_of_authors_brings_papers_without_contacts(workshop: Workshop) -> None:
    columns = ["paper", "title", "given_name", "family_name", "email", "affiliation", "iscontact"]
    rows = [
        [7, "Null Results", "Nil", "Null", "nil@example.org", "Void U", "yes"],
        [7, "Null Results", "May", "Bee", "", "Hive", ""],
        [7, "Null Results", "Con", "Tact", "contact@example.org", "Void U", "nonauthor"],
    ]
    take_table(workshop, write_csv(columns, rows))
    assert tell_papers(workshop) == [(7, "Null Results", ["Nil Null", "May Bee"], None, "active", "")]


NOT_OBJECT = 'This is not an object. Write {"number": ..., "title": ...}.'
NO_LIST = "The JSON holds no list of papers. Write a list of objects, or an object with the list as “papers”."
NOT_JSON = "This is not JSON that can be read. Export it again."
BARE_WORD = "This is not JSON (Expecting property name enclosed in double quotes, line 1). Export it again, or check that line."
NO_KEY = "The table does not say which paper a row is about. Add a column “number” or “forum”."
DIGITS = "Write the paper's number in digits, like 12."
NO_NAME = "An author has no name. Write it, or take the author out."
NO_MAIL = "This is not a mail address. Write one like ada@example.org."


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (b"[1, 2]", [f"Item 1: {NOT_OBJECT}", f"Item 2: {NOT_OBJECT}"]),
        (b'{"a": 1}', [NO_LIST]),
        (b'[{"pid": 1, b}]', [BARE_WORD]),
        (b'[{"pid": NaN}]', [NOT_JSON]),
        (b"[" * 100_000, [NOT_JSON]),
        (b"[]", [NO_KEY]),
        (b'[{"title": "T"}]', [f"Value “title”: {NO_KEY}"]),
        (b'[{"pid": {}, "title": "T"}]', [f"Item 1, “pid”: The paper has neither a number nor a forum id. {DIGITS}"]),
        (b'[{"pid": -1, "title": ["T", "U"]}]', [f"Item 1, “pid”, value “-1”: This is not a paper number. {DIGITS}"]),
        (
            b'[{"pid": 1, "title": "T", "authors": [{"email": "x"}]}]',
            [f"Item 1, “authors”, value “x”: {NO_NAME}", f"Item 1, “authors”, value “x”: {NO_MAIL}"],
        ),
    ],
)
def test_broken_json_is_refused_in_sentences(workshop: Workshop, content: bytes, reasons: list[str]) -> None:
    assert refuse_table(workshop, content) == reasons


def test_half_characters_and_nul_do_not_reach_the_database(workshop: Workshop) -> None:
    take_table(workshop, b'[{"pid": 1, "title": "A\\ud800B\\u0000C", "authors": ["X\\u0000 Y"], "topics": ["\\ud800t\\u0000"]}]')
    assert tell_papers(workshop) == [(1, "ABC", ["X Y"], None, "active", "")]
    assert workshop.papers.get().extras == {"topics": ["t"]}
