"""Decisions that the published schedule depends on are not undone."""

import datetime as dt

import pytest

from papers.author_steps import Place
from papers.batches import find_obstacles, undo_batch
from papers.bulk_decisions import apply_decisions
from papers.decision_sources import Choice, SelectedPapers
from papers.errors import Refusals
from papers.models import Batch, Decision, Paper, User, Workshop
from program.dependents import find_published_places
from program.models import Room, Session, Slot
from program.schedules import release_schedule
from tests.factories import accept, make_paper


@pytest.fixture
def placed(workshop: Workshop) -> list[Paper]:
    """Make paper 1 undecided and paper 2 accepted, both with a place in a session."""
    papers = [make_paper(workshop, number=number) for number in (1, 2)]
    accept(papers[1], "oral")
    session = Session.objects.create(workshop=workshop, position=1, kind="oral", title="Morning orals")
    for position, paper in enumerate(papers):
        Slot.objects.create(session=session, paper=paper, position=position)
    return papers


def decide(papers: list[Paper], choice: Choice, by: User) -> Batch:
    batch = apply_decisions(papers[0].workshop, SelectedPapers(tuple(paper.pk for paper in papers), choice), by=by)[1]
    assert batch is not None
    return batch


def publish(workshop: Workshop) -> None:
    """Publish the schedule as it stands."""
    release_schedule(workshop, by=None)


def test_acceptance_with_a_place_in_the_published_schedule_stays(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    batch = decide(placed, Choice("accept", "oral"), olga)
    assert find_obstacles(batch, by=olga) == []
    publish(workshop)
    with pytest.raises(Refusals) as refusal:
        undo_batch(batch, by=olga)
    assert refusal.value.reasons == ["Paper 1 has a place in the published schedule, in “Morning orals”."]
    assert Decision.objects.count() == 2


def test_presentation_with_a_place_in_the_published_schedule_stays(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    batch = decide(placed[1:], Choice("accept", "poster"), olga)
    publish(workshop)
    assert find_obstacles(batch, by=olga) == ["Paper 2 has a place in the published schedule, in “Morning orals”."]


def test_what_the_schedule_does_not_show_is_undone(workshop: Workshop, placed: list[Paper], olga: User) -> None:
    batch = decide(placed[1:], Choice("reject"), olga)
    publish(workshop)
    undo_batch(batch, by=olga)
    assert Decision.objects.get(paper=placed[1]).outcome == "accept"
    comment = decide(placed[1:], Choice("accept", comment="Well done"), olga)
    undo_batch(comment, by=olga)
    assert Decision.objects.get(paper=placed[1]).comment == ""


def test_authors_see_when_their_own_part_is(workshop: Workshop, placed: list[Paper]) -> None:
    nine = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)
    Session.objects.update(starts_at=nine, minutes=60, room=Room.objects.create(workshop=workshop, name="Hall B"))
    assert find_published_places(placed) == {}
    publish(workshop)
    assert find_published_places(placed) == {
        placed[0].pk: Place("Morning orals, Hall B", nine, nine + dt.timedelta(hours=1)),
        placed[1].pk: Place("Morning orals, Hall B", nine, nine + dt.timedelta(hours=1)),
    }
    Slot.objects.update(minutes=12)
    assert find_published_places(placed[1:])[placed[1].pk].ends_at == nine + dt.timedelta(hours=1)
    publish(workshop)
    assert find_published_places(placed[1:]) == {
        placed[1].pk: Place("Morning orals, Hall B", nine + dt.timedelta(minutes=12), nine + dt.timedelta(minutes=24))
    }


def test_place_without_a_time_names_the_room_of_the_workshop(workshop: Workshop, placed: list[Paper]) -> None:
    Workshop.objects.update(room="Room 7")
    publish(workshop)
    assert find_published_places(placed[:1]) == {placed[0].pk: Place("Morning orals, Room 7")}
    Session.objects.update(starts_at=workshop.created_at)
    publish(workshop)
    assert find_published_places(placed[:1]) == {placed[0].pk: Place("Morning orals, Room 7", workshop.created_at)}
