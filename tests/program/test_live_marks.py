"""What is said on the day itself."""

import datetime as dt

import pytest

from papers.errors import Refusal
from papers.models import HistoryLine, User, Workshop
from program.live.following import Mark
from program.live_marks import clear_mark, hide_delay, list_marks, list_told_rooms, mark_ended, mark_started, tell_delay
from tests.factories import make_user, make_workshop
from tests.program.programs import START, make_program

pytestmark = pytest.mark.django_db
LATER = START + dt.timedelta(minutes=4)


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    make_program(workshop, olga)
    return workshop


def list_history(workshop: Workshop) -> list[tuple[str, object, object]]:
    return list(HistoryLine.objects.filter(workshop=workshop, field="live").order_by("pk").values_list("action", "before", "after"))


def test_what_two_say_counts_once(workshop: Workshop, olga: User) -> None:
    bob = make_user("bob@example.org")
    mark_started(workshop, "s1", by=olga, at=START)
    mark_started(workshop, "s1", by=bob, at=LATER)
    assert list_marks(workshop) == {"s1": Mark(START)}
    mark_ended(workshop, "s1", by=bob, at=LATER)
    mark_ended(workshop, "s1", by=olga, at=LATER + dt.timedelta(minutes=1))
    mark_started(workshop, "s1", by=olga, at=LATER)
    assert list_marks(workshop) == {"s1": Mark(START, LATER)}
    assert list_history(workshop) == [("noted", None, "Session 1 began"), ("noted", None, "Session 1 ended")]


def test_papers_are_marked_too_and_an_end_needs_no_start(workshop: Workshop, olga: User) -> None:
    mark_ended(workshop, "s1-1", by=olga, at=LATER)
    assert list_marks(workshop) == {"s1-1": Mark(None, LATER)}
    assert list_history(workshop) == [("noted", None, "Paper of Session 1 ended")]


def test_clock_that_runs_back_ends_nothing_before_its_start(workshop: Workshop, olga: User) -> None:
    mark_started(workshop, "s1", by=olga, at=LATER)
    mark_ended(workshop, "s1", by=olga, at=START)
    assert list_marks(workshop) == {"s1": Mark(LATER, LATER)}


def test_mark_is_taken_back_once(workshop: Workshop, olga: User) -> None:
    mark_started(workshop, "s1", by=olga, at=START)
    clear_mark(workshop, "s1", by=olga)
    clear_mark(workshop, "s1", by=olga)
    assert list_marks(workshop) == {}
    assert list_history(workshop)[1:] == [("taken back", "Session 1", None)]


def test_what_is_not_published_is_refused(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal, match="holds this no more"):
        mark_started(workshop, "gone", by=olga, at=START)


def test_what_is_planned_for_another_day_is_refused(workshop: Workshop, olga: User) -> None:
    with pytest.raises(Refusal, match=r"“Session 1” is planned for Jun 17, 2026, 9:00 AM PDT, so it"):
        mark_ended(workshop, "s1", by=olga, at=START - dt.timedelta(days=1))
    assert list_marks(workshop) == {}


def test_what_has_no_time_is_refused(olga: User) -> None:
    workshop = make_workshop("open26")
    workshop.sessions.create(position=1, uid="open", title="Open")
    make_program(workshop, olga, 1)
    with pytest.raises(Refusal, match="“Open” has no time"):
        mark_started(workshop, "open", by=olga, at=START)


def test_delay_is_told_and_hidden_once(workshop: Workshop, olga: User) -> None:
    for _ in range(2):
        tell_delay(workshop, "Room 1", by=olga)
    assert list_told_rooms(workshop) == {"Room 1"}
    for _ in range(2):
        hide_delay(workshop, "Room 1", by=olga)
    assert list_told_rooms(workshop) == frozenset()
    assert list_history(workshop) == [("told", None, "delay in Room 1"), ("not told", "delay in Room 1", None)]
