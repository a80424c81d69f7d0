"""The importer against the stand-in, through the unmodified client."""

from papers.models import FieldConflict, HistoryLine, ImportRun, Paper, RawNote, Review
from tests.papers.standin_venues import fill_venue, import_from, make_mapped_workshop, make_venue, serve


def count_rows() -> list[int]:
    return [model.objects.count() for model in (Paper, Review, RawNote, FieldConflict, HistoryLine)]


def test_import_brings_papers_with_authors_reviews_and_decisions(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        report = import_from(standin, workshop)
    assert (report.created, report.updated, report.unchanged) == (3, 0, 0)
    assert (report.conflicts, report.problems) == ([], [])
    rows = [
        (
            paper.number,
            paper.title,
            paper.track.slug,
            paper.decision.outcome,
            paper.decision.presentation and paper.decision.presentation.slug,
        )
        for paper in workshop.papers.order_by("number")
        if paper.track
    ]
    assert rows == [
        (1, "Paper 1", "full", "accept", "oral"),
        (2, "Paper 2", "short", "accept", "poster"),
        (3, "Paper 3", "full", "reject", None),
    ]
    first = workshop.papers.get(number=1)
    assert [(author.name, author.position, author.profile_id[:1]) for author in first.authors.all()] == [
        (author.name, position, "~") for position, author in enumerate(first.authors.all(), start=1)
    ]
    assert first.authors.count() == 2
    assert [review.rating for review in first.reviews.filter(kind="review")] == [4.0, 5.0]


def test_second_import_writes_nothing(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        import_from(standin, workshop)
        before = count_rows()
        report = import_from(standin, workshop)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert count_rows() == before


def test_rehearsal_writes_nothing_and_says_what_would_change(db: None) -> None:
    venue = fill_venue(make_venue())
    workshop = make_mapped_workshop(venue.id)
    with serve(venue) as standin:
        report = import_from(standin, workshop, is_rehearsal=True)
    assert report.created == 3
    assert count_rows() == [0, 0, 0, 0, 0]
    assert ImportRun.objects.count() == 0
