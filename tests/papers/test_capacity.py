"""What is left of each presentation, which share of each track is accepted, as far as the eye reaches."""

from papers.capacity import Capacity, Place, count_capacity
from papers.models import ConflictOfInterest, Paper, User, Workshop
from papers.sight import Sight, find_sight
from tests.factories import accept, make_paper, reject


def tell(capacity: Capacity) -> list[str]:
    return [str(one) for one in (*capacity.rooms, *capacity.rates)]


def fill(workshop: Workshop) -> list[Paper]:
    """Make three full papers (oral, poster, rejected), a short undecided one, and some that do not count."""
    workshop.presentation_kinds.filter(slug="oral").update(capacity=2)
    workshop.tracks.filter(slug="full").update(target_percent=50)
    papers = [make_paper(workshop) for _ in range(3)]
    accept(papers[0], "oral")
    accept(papers[1])
    reject(papers[2])
    make_paper(workshop, track=workshop.tracks.get(slug="short"))
    accept(make_paper(workshop, is_test=True), "oral")
    gone = make_paper(workshop)
    accept(gone, "oral")
    Paper.objects.filter(pk=gone.pk).update(standing="withdrawn")
    return papers


def test_capacity_counts_active_papers_alone(workshop: Workshop) -> None:
    fill(workshop)
    assert tell(count_capacity(Sight(workshop, is_inside=True))) == [
        "1 oral left of 2",
        "1 poster",
        "Full papers: 2 of 3 accepted, 67 %, target 50 %",
        "Short papers: 0 of 1 accepted, 0 %",
    ]


def test_capacity_counts_nothing_that_a_person_must_not_see(workshop: Workshop, olga: User) -> None:
    papers = fill(workshop)
    ConflictOfInterest.objects.create(paper=papers[0], member=workshop.memberships.get(user=olga), ground="declared")
    assert tell(count_capacity(find_sight(workshop, olga)))[:3] == [
        "2 orals left of 2",
        "1 poster",
        "Full papers: 1 of 3 accepted, 33 %, target 50 %",
    ]


def test_capacity_moves_with_papers_and_tells_what_overflows(workshop: Workshop) -> None:
    fill(workshop)
    held = count_capacity(Sight(workshop, is_inside=True))
    full, oral = workshop.tracks.get(slug="full").pk, workshop.presentation_kinds.get(slug="oral").pk
    moved = held.move([(Place(full), Place(full, "accept", oral), 2), (Place(full, "reject"), Place(full), 1)])
    assert tell(moved)[:3] == ["3 orals, 1 more than the 2 there can be", "1 poster", "Full papers: 4 of 3 accepted, 133 %, target 50 %"]
    assert moved.list_overflows(held) == ["This makes 3 orals, 1 more than the 2 there can be. Tick “Go over capacity” if you mean it."]
    assert moved.list_overflows(moved) == []


def test_paper_without_a_track_is_counted_apart(workshop: Workshop) -> None:
    make_paper(workshop, track=None)
    assert tell(count_capacity(Sight(workshop, is_inside=True)))[-1] == "Without a track: 0 of 1 accepted, 0 %"
