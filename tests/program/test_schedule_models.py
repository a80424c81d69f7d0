"""What the database refuses of a schedule, by the name of the rule."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from papers.models import Workshop
from program.models import BoardRange, Day, Person, Room, RoomClosure, ScheduleEdit, Session, Slot
from tests.factories import make_paper, make_workshop

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things")


@pytest.fixture
def session(workshop: Workshop) -> Session:
    return Session.objects.create(workshop=workshop, position=1, kind="oral", title="Orals", starts_at=NINE, minutes=60)


def refuse(rule: str, make: Callable[[], Any]) -> None:
    """Assert that the database refuses by this rule; SQLite names the columns of what is unique, not the rule."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert rule in str(refused.value) or "UNIQUE constraint failed" in str(refused.value)


def test_days(workshop: Workshop) -> None:
    day = Day.objects.create(workshop=workshop, on=NINE.date(), starts_at=NINE, ends_at=NINE + HOUR)
    assert (str(day), day.revision, len(day.uid)) == ("2026-06-17", 0, 10)
    later = NINE.date() + dt.timedelta(days=1)
    refuse("day_once", lambda: Day.objects.create(workshop=workshop, on=NINE.date(), starts_at=NINE, ends_at=NINE + HOUR))
    refuse("day_uid_once", lambda: Day.objects.create(workshop=workshop, on=later, starts_at=NINE, ends_at=NINE + HOUR, uid=day.uid))
    refuse("day_ends_after_start", lambda: Day.objects.create(workshop=workshop, on=later, starts_at=NINE, ends_at=NINE))


def test_rooms(workshop: Workshop) -> None:
    room = Room.objects.create(workshop=workshop, name="Hall")
    closure = RoomClosure.objects.create(room=room, starts_at=NINE, ends_at=NINE + HOUR)
    assert (str(room), str(closure)) == ("Hall", f"{room.pk} {NINE}")
    refuse("room_name_once", lambda: Room.objects.create(workshop=workshop, name="Hall"))
    refuse("room_uid_once", lambda: Room.objects.create(workshop=workshop, name="B", uid=room.uid))
    refuse("room_has_name", lambda: Room.objects.create(workshop=workshop, name=""))
    refuse("room_seats_somebody", lambda: Room.objects.create(workshop=workshop, name="B", capacity=0))
    refuse("closure_ends_after_start", lambda: RoomClosure.objects.create(room=room, starts_at=NINE, ends_at=NINE))
    refuse("closure_once", lambda: RoomClosure.objects.create(room=room, starts_at=NINE, ends_at=NINE + HOUR))


def test_boards(workshop: Workshop, session: Session) -> None:
    boards = BoardRange.objects.create(workshop=workshop, first=140, last=169, prefix="B")
    assert str(boards) == "B140-B169"
    refuse("boards_first_once", lambda: BoardRange.objects.create(workshop=workshop, first=140, last=150))
    refuse("boards_uid_once", lambda: BoardRange.objects.create(workshop=workshop, first=1, last=1, uid=boards.uid))
    refuse("boards_count_up", lambda: BoardRange.objects.create(workshop=workshop, first=2, last=1))
    one, two = make_paper(workshop), make_paper(workshop)
    Slot.objects.create(session=session, paper=one, board=140)
    refuse("board_once", lambda: Slot.objects.create(session=session, paper=two, board=140))


@pytest.mark.parametrize(
    ("rule", "values"),
    [
        ("slot_paper_or_talk", {}),
        ("slot_paper_or_talk", {"kind": "winner-talk"}),
        ("slot_paper_or_talk", {"title": "A title of its own", "paper": True}),
        ("slot_paper_or_talk", {"kind": "invited-talk", "title": "Counting", "paper": True}),
        ("slot_paper_or_talk", {"person": True, "paper": True}),
        ("slot_lasts", {"paper": True, "minutes": 0}),
        ("slot_holds_questions", {"paper": True, "minutes": 5, "question_minutes": 6}),
    ],
)
def test_slots(workshop: Workshop, session: Session, rule: str, values: dict[str, Any]) -> None:
    given: dict[str, Any] = {"paper": lambda: make_paper(workshop), "person": lambda: Person.objects.create(workshop=workshop, name="Ada")}
    made = {name: given[name]() if name in given else value for name, value in values.items()}
    refuse(rule, lambda: Slot.objects.create(session=session, **made))


def test_slot_keys_and_papers_are_there_once(workshop: Workshop, session: Session) -> None:
    paper = make_paper(workshop)
    slot = Slot.objects.create(session=session, paper=paper)
    talk = Slot.objects.create(session=session, kind="winner-talk", title="How we won", minutes=10, question_minutes=2)
    assert (str(slot), str(talk)) == (f"{paper.pk} in {session.pk}", f"How we won in {session.pk}")
    refuse("slot_once", lambda: Slot.objects.create(session=session, paper=paper))
    refuse("slot_uid_once", lambda: Slot.objects.create(session=session, paper=make_paper(workshop), uid=slot.uid))


def test_sessions_and_edits(workshop: Workshop, session: Session) -> None:
    refuse("session_uid_once", lambda: Session.objects.create(workshop=workshop, position=2, uid=session.uid))
    edit = ScheduleEdit.objects.create(workshop=workshop, number=1, at=NINE, words="Moved “Orals”.")
    assert str(edit) == "1 Moved “Orals”."
    refuse("schedule_edit_number_once", lambda: ScheduleEdit.objects.create(workshop=workshop, number=1, at=NINE, words="Again."))
    refuse("schedule_edit_counts_from_one", lambda: ScheduleEdit.objects.create(workshop=workshop, number=0, at=NINE, words="Nothing."))


def test_a_room_that_goes_leaves_its_sessions(workshop: Workshop, session: Session) -> None:
    session.room = Room.objects.create(workshop=workshop, name="Hall")
    session.save()
    assert Session.objects.get().room_name == "Hall"
    session.room.delete()
    assert Session.objects.get().room_name == ""
