"""What waits in schedule and site, as one person may know it."""

import datetime as dt

import pytest

from papers.models import ConflictOfInterest, Paper, Role, User, Workshop
from papers.sight import find_sight
from program.models import FillRules, Room, Session, Slot
from program.schedules import find_schedule_conflicts, release_schedule
from program.todo import list_program_todos
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things")


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    """Return a paper of which nothing is decided, with a place in the oral session."""
    hall = Room.objects.create(workshop=workshop, name="Hall", capacity=50)
    orals = Session.objects.create(
        workshop=workshop, uid="orals", position=1, kind="oral", title="Orals", starts_at=NINE, minutes=15, room=hall
    )
    paper = make_paper(workshop)
    Slot.objects.create(session=orals, uid="slot", paper=paper, position=1, minutes=15)
    return paper


def count_conflicts(workshop: Workshop, name: str) -> list[str]:
    user = User.objects.filter(email=f"{name}@example.org").first() or make_user(f"{name}@example.org")
    if not workshop.memberships.filter(user=user).exists():
        member = join_workshop(user, workshop, Role.ORGANIZER)
        if name == "connie":
            ConflictOfInterest.objects.create(paper=workshop.papers.get(), member=member, ground=ConflictOfInterest.Ground.DECLARED)
    return [todo.sentence for todo in list_program_todos(find_sight(workshop, user))]


def test_number_of_conflicts_does_not_tell_a_decision(workshop: Workshop, paper: Paper) -> None:
    unreleased = "The schedule is not released"
    before = {name: count_conflicts(workshop, name) for name in ("connie", "otto")}
    assert before == {"connie": [unreleased], "otto": ["1 conflict in the schedule", unreleased]}
    accept(paper, "oral")
    FillRules.objects.create(workshop=workshop, wishes=f"{paper.number}, 80")
    assert count_conflicts(workshop, "connie") == [unreleased]
    assert count_conflicts(workshop, "otto") == ["2 conflicts in the schedule", unreleased]


def test_nothing_waits_without_sessions_or_after_the_release(workshop: Workshop) -> None:
    assert count_conflicts(workshop, "otto") == []
    Session.objects.create(workshop=workshop, position=1, kind="opening", starts_at=NINE, minutes=15)
    release_schedule(workshop, by=None)
    assert count_conflicts(workshop, "otto") == []


@pytest.mark.parametrize(("told", "imported", "expected"), [("80", None, 80), ("", 70, 70), ("80", 70, 80), ("40", 70, 0)])
def test_rooms_are_too_small_for_who_is_expected(workshop: Workshop, paper: Paper, told: str, imported: int | None, expected: int) -> None:
    accept(paper, "oral", is_released=True)
    Paper.objects.update(extras={"expected_people": imported} if imported else {})
    FillRules.objects.create(workshop=workshop, wishes=f"{paper.number}, {told}" if told else "")
    sentence = f"“Orals” (9:00, 15 min) expects {expected} people in Hall, which has 50 seats."
    found = [one.sentence for one in find_schedule_conflicts(workshop) if one.code == "room-small"]
    assert found == ([sentence] if expected else [])
