"""The CSV of OpenReview's program chairs' console, with and without papers from the API."""

import pytest

from papers.editing import edit_paper
from papers.import_conflicts import resolve_conflict
from papers.models import FieldConflict, FieldMapping, MappedValue, Workshop
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve
from tests.papers.tables.reports import count_rows, take_table, tell_changes, tell_counts, tell_papers
from tests.papers.tables.samples import CONSOLE_COLUMNS, CONSOLE_ROWS, write_csv

BOM = b"\xef\xbb\xbf"


def test_console_brings_papers_without_authors(workshop: Workshop) -> None:
    report = take_table(workshop, BOM + write_csv(CONSOLE_COLUMNS, CONSOLE_ROWS))
    assert tell_papers(workshop) == [(1, "One", [], None, "active", "accept oral"), (2, "Two", [], None, "active", "")]
    assert [(paper.note_id, paper.abstract) for paper in workshop.papers.order_by("number")] == [("aB3_dE-9xy", ""), ("zZ9_yY-8xx", "Text")]
    assert report.notices == [
        "Read as OpenReview console: 2 papers.",
        "Reviews come from OpenReview only; these columns were not read: num Reviewers, num submitted Reviewers, "
        "missing Reviewers, min rating, max rating, average rating, min confidence, max confidence, average confidence, "
        "num Area Chairs assigned, Meta Review.",
    ]


def test_decision_texts_go_through_the_mapping(workshop: Workshop) -> None:
    rule = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
    MappedValue.objects.create(mapping=rule, value="Accept (Oral)", meaning={"outcome": "accept", "presentation": "poster"})
    take_table(workshop, write_csv(CONSOLE_COLUMNS, CONSOLE_ROWS))
    assert [paper[5] for paper in tell_papers(workshop)] == ["accept poster", ""]


def test_list_of_withdrawn_papers_marks_them(workshop: Workshop) -> None:
    take_table(workshop, write_csv(CONSOLE_COLUMNS, CONSOLE_ROWS))
    rows = [
        [1, "https://openreview.net/forum?id=aB3_dE-9xy", "One", "Ada Lovelace|Plato", "Withdrawn"],
        [2, "https://openreview.net/forum?id=zZ9_yY-8xx", "Two", "N/A", "Desk Rejected"],
    ]
    report = take_table(workshop, write_csv(["number", "forum", "title", "authors", "reason"], rows))
    assert report.withdrawn == 2
    assert tell_papers(workshop) == [
        (1, "One", ["Ada Lovelace", "Plato"], None, "withdrawn", "accept oral"),
        (2, "Two", [], None, "desk-rejected", ""),
    ]


def test_table_changes_nothing_that_only_openreview_knows(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = list(workshop.papers.order_by("pk").values())
        authors = [list(paper.authors.values()) for paper in workshop.papers.order_by("pk")]
        rows = [[paper.number, paper.forum_url, paper.title, *[""] * 12, "No Decision"] for paper in workshop.papers.order_by("number")]
        report = take_table(workshop, write_csv(CONSOLE_COLUMNS, rows))
        assert tell_counts(report) == (0, 0, 3)
        assert list(workshop.papers.order_by("pk").values()) == before
        assert [list(paper.authors.values()) for paper in workshop.papers.order_by("pk")] == authors
        counts = count_rows()
        assert tell_counts(import_from(standin, workshop)) == (0, 0, 3)
        assert count_rows()[:5] == counts[:5]


def test_edit_in_a_table_outlives_the_next_import_from_openreview(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        note_id = workshop.papers.get(number=2).note_id
        columns, rows = ["number", "forum", "title", "abstract"], [[2, note_id, "A Better Title", ""]]
        report = take_table(workshop, write_csv(columns, rows))
        assert tell_changes(report) == [(2, "title", "Paper 2", "A Better Title")]
        report = import_from(standin, workshop)
        assert (tell_counts(report), report.conflicts) == ((0, 0, 3), [])
        assert workshop.papers.get(number=2).title == "A Better Title"


def test_authors_of_a_table_keep_their_profiles(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
    paper = workshop.papers.get(number=1)
    first, second = paper.authors.all()
    names = f"{second.name}; New Person; {first.name}"
    take_table(workshop, write_csv(["number", "authors"], [[1, names]]))
    assert [(author.pk if author.profile_id else 0, author.name, author.profile_id) for author in paper.authors.all()] == [
        (second.pk, second.name, second.profile_id),
        (0, "New Person", ""),
        (first.pk, first.name, first.profile_id),
    ]


@pytest.mark.parametrize(("choice", "title"), [("local", "Corrected here"), ("upstream", "From the table")])
def test_choice_between_table_and_ours_outlives_openreview(db: None, choice: str, title: str) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    content = write_csv(["number", "title"], [[2, "From the table"]])
    with serve(venue) as standin:
        import_from(standin, workshop)
        edit_paper(workshop.papers.get(number=2), field="title", value="Corrected here", by=None)
        report = take_table(workshop, content)
        assert [(one["field"], one["base"], one["upstream"], one["local"]) for one in report.conflicts] == [
            ("title", "Paper 2", "From the table", "Corrected here")
        ]
        venue.change(2, content={"abstract": "Changed upstream"})
        assert tell_counts(import_from(standin, workshop)) == (0, 1, 2)
        resolve_conflict(FieldConflict.objects.get(), choice=choice, by=None)
        venue.change(2, content={"abstract": "Changed once more"})
        assert tell_counts(import_from(standin, workshop)) == (0, 1, 2)
        assert tell_counts(take_table(workshop, content)) == (0, 0, 1)
    assert (workshop.papers.get(number=2).title, FieldConflict.objects.filter(resolved_at__isnull=True).count()) == (title, 0)


def test_difference_with_openreview_is_left_to_the_person(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        edit_paper(workshop.papers.get(number=2), field="title", value="Corrected here", by=None)
        venue.change(2, content={"title": "Changed upstream"})
        import_from(standin, workshop)
        before = FieldConflict.objects.values().get()
        report = take_table(workshop, write_csv(["number", "title"], [[2, "From the table"]]))
    assert [problem["sentence"] for problem in report.problems] == [
        "OpenReview and this workshop differ on its title; choose there first. What the table says of it was left aside."
    ]
    assert (FieldConflict.objects.values().get(), workshop.papers.get(number=2).title) == (before, "Corrected here")
