"""Venues of API v1: blind notes in front of originals, invitations for states, decisions by the venue line."""

from collections.abc import Iterator

import pytest

from papers.errors import NotThere
from papers.models import MappedValue, Workshop
from standin import Standin, Store
from standin.venue_v1 import VenueV1
from tests.papers.dumps import dump_tables
from tests.papers.standin_venues import import_from, make_mapped_workshop, serve

VENUE_ID = "old.org/2022/Workshop/Old"
Scene = tuple[VenueV1, Standin, Workshop]


def fill(venue: VenueV1, papers: int = 4) -> VenueV1:
    """Add papers with a track and two reviews: the first oral, the second poster, the third rejected, others undecided."""
    venue.add_chair("chair@example.org", "Olga Chair")
    for number in range(1, papers + 1):
        venue.add_submission(f"Paper {number}", content={"track": "Full paper" if number % 2 else "Short paper"})
        for _ in range(2):
            venue.add_review(number)
        if number <= 3:
            venue.add_decision(number, ["Accept (Oral)", "Accept (Poster)", "Reject"][number - 1])
    return venue


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    venue = fill(VenueV1(Store(), VENUE_ID))
    workshop = make_mapped_workshop(VENUE_ID)
    with serve(venue.store) as standin:
        yield venue, standin, workshop


def test_v1_venue_is_found_out_and_read_whole(scene: Scene) -> None:
    venue, standin, workshop = scene
    report = import_from(standin, workshop)
    assert (report.created, report.problems, report.conflicts) == (4, [], [])
    rows = [
        (
            paper.number,
            paper.note_id == venue.papers[paper.number or 0]["id"],
            paper.title,
            paper.tldr,
            paper.track and paper.track.slug,
            paper.authors.count(),
            paper.has_hidden_authors,
            [review.rating for review in paper.reviews.all()],
        )
        for paper in workshop.papers.order_by("number")
    ]
    assert rows == [
        (1, True, "Paper 1", "Summary 1.", "full", 2, True, [4.0, 5.0]),
        (2, True, "Paper 2", "Summary 2.", "short", 2, True, [6.0, 7.0]),
        (3, True, "Paper 3", "Summary 3.", "full", 2, True, [8.0, 3.0]),
        (4, True, "Paper 4", "Summary 4.", "short", 2, True, [4.0, 5.0]),
    ]
    decided = workshop.papers.order_by("number").values_list("decision__outcome", "decision__presentation__slug")
    assert list(decided) == [("accept", "oral"), ("accept", "poster"), ("reject", None), (None, None)]
    assert {(request.host, request.path) for request in standin.requests} == {
        ("v2", "/login"),
        ("v2", "/groups"),
        ("v1", "/notes"),
        ("v1", "/profiles/search"),
    }
    assert report.requests == len(standin.requests)


def test_v1_second_import_writes_nothing(scene: Scene) -> None:
    _, standin, workshop = scene
    import_from(standin, workshop)
    before = dump_tables()
    assert import_from(standin, workshop).unchanged == 4
    assert dump_tables() == before


def test_v1_release_reveals_authors_of_accepted_papers(scene: Scene) -> None:
    venue, standin, workshop = scene
    import_from(standin, workshop)
    venue.release()
    report = import_from(standin, workshop)
    assert report.conflicts == []
    assert list(workshop.papers.order_by("number").values_list("has_hidden_authors", flat=True)) == [False, False, True, True]
    assert list(workshop.papers.order_by("number").values_list("venue", flat=True)) == [
        "Old 2022 Oral",
        "Old 2022 Poster",
        "Submitted to Old 2022",
        "",
    ]


def test_v1_states_come_from_invitations(scene: Scene) -> None:
    venue, standin, workshop = scene
    import_from(standin, workshop)
    venue.withdraw(1)
    venue.desk_reject(2)
    venue.delete(4)
    report = import_from(standin, workshop)
    standings = list(workshop.papers.order_by("number").values_list("number", "standing"))
    assert standings == [(1, "withdrawn"), (2, "desk-rejected"), (3, "active"), (4, "deleted")]
    assert (report.withdrawn, report.vanished) == (3, 1)


def test_v1_venue_line_decides_where_there_is_no_reply(db: None) -> None:
    venue = VenueV1(Store(), VENUE_ID)
    venue.add_chair("chair@example.org", "Olga Chair")
    for line in ("Old 2022 Oral", "Submitted to Old 2022"):
        venue.add_submission(content={"track": "Full paper"})
        venue.change(len(venue.papers), content={"venue": line, "venueid": VENUE_ID})
    workshop = make_mapped_workshop(VENUE_ID)
    rule = workshop.mappings.create(target="decision", source="venue", position=9)
    with serve(venue.store) as standin:
        report = import_from(standin, workshop)
        assert [problem["code"] for problem in report.problems] == ["unmapped", "unmapped"]
        assert workshop.papers.undecided().count() == 2
        for value, meaning in (
            ("Old 2022 Oral", {"outcome": "accept", "presentation": "oral"}),
            ("Submitted to Old 2022", {"outcome": "reject"}),
        ):
            MappedValue.objects.filter(mapping=rule, value=value).update(meaning=meaning)
        import_from(standin, workshop)
    assert list(workshop.papers.order_by("number").values_list("decision__outcome", flat=True)) == ["accept", "reject"]


def test_v1_venue_without_blind_notes_is_read_from_its_submissions(db: None) -> None:
    venue = fill(VenueV1(Store(), VENUE_ID, blind=False), papers=2)
    workshop = make_mapped_workshop(VENUE_ID)
    with serve(venue.store) as standin:
        report = import_from(standin, workshop)
    assert (report.created, list(workshop.papers.values_list("has_hidden_authors", flat=True))) == (2, [False, False])


def test_v1_long_venue_is_walked_by_offset(db: None) -> None:
    venue = VenueV1(Store(), VENUE_ID)
    venue.add_chair("chair@example.org", "Olga Chair")
    for _ in range(1001):
        venue.add_submission(authors=[])
    workshop = make_mapped_workshop(VENUE_ID)
    with serve(venue.store) as standin:
        report = import_from(standin, workshop)
        offsets = [request.params.get("offset") for request in standin.requests if "Blind" in request.params.get("invitation", "")]
    assert (report.created, offsets, workshop.import_runs.get().expected_count) == (1001, ["0", "250"], 1001)


def test_v1_venue_can_be_asked_for_and_v2_refused(scene: Scene) -> None:
    _, standin, workshop = scene
    with pytest.raises(NotThere) as refusal:
        import_from(standin, workshop, api="2")
    assert str(refusal.value) == f"The venue '{VENUE_ID}' lives on OpenReview's API v1; import it with --api auto or --api 1."
    assert import_from(standin, workshop, api="1").created == 4
