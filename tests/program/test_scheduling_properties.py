"""Whatever editors do keeps the schedule valid or is refused with nothing written; all of it can be undone and done again."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.errors import Refusal
from papers.models import Workshop
from program.models import BoardRange, Day, Person, Room, RoomClosure, Session, SessionPart, Slot
from program.moves import parse_moves
from program.moves.checks import find_faults
from program.schedule_rows import read_draft
from program.scheduling import apply_moves, list_rows, put_rows, redo_edit, undo_edit
from tests.factories import accept, make_paper, make_workshop
from tests.program.moves.strategies import make_moves

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    """Make two rooms, three sessions, three papers with a place and one without, a talk, boards."""
    workshop = make_workshop("things")
    Day.objects.create(workshop=workshop, uid="d1", on=NINE.date(), starts_at=NINE, ends_at=NINE + dt.timedelta(hours=9))
    BoardRange.objects.create(workshop=workshop, uid="b1", first=1, last=3)
    rooms = [Room.objects.create(workshop=workshop, uid=f"r{number}", name=f"Room {number}", position=number) for number in (1, 2)]
    RoomClosure.objects.create(room=rooms[0], starts_at=NINE - dt.timedelta(hours=3), ends_at=NINE)
    people = [Person.objects.create(workshop=workshop, name=name) for name in ("Mo", "Flo")]
    for number, kind in enumerate(("oral", "poster", "panel"), start=1):
        session = Session.objects.create(
            workshop=workshop, uid=f"s{number}", position=number, kind=kind, starts_at=NINE, minutes=60, room=rooms[number % 2]
        )
        SessionPart.objects.create(session=session, person=people[0], kind="chair", position=1)
        paper = make_paper(workshop)
        accept(paper, "oral", is_released=True)
        Slot.objects.create(uid=f"p{number}", session=session, paper=paper, position=1, board=1 if kind == "poster" else None)
    Slot.objects.create(uid="t1", session=session, kind="winner-talk", title="How we won", person=people[1], position=2)
    accept(make_paper(workshop), "poster", is_released=True)
    return workshop


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_every_move_keeps_the_schedule_valid_and_can_be_undone(workshop: Workshop, data: st.DataObject) -> None:
    first = list_rows(workshop)
    workshop.schedule_edits.all().delete()
    papers, people = list(workshop.papers.values_list("pk", flat=True)), list(workshop.people.values_list("pk", flat=True))
    moves = make_moves(papers, people)
    edits = []
    for acts in data.draw(st.lists(st.lists(moves, min_size=1, max_size=3), min_size=1, max_size=8)):
        edits += _play(workshop, acts)
    last = list_rows(workshop)
    for edit in reversed(edits):
        undo_edit(edit, by=None)
    assert list_rows(workshop) == first
    for edit in edits:
        redo_edit(edit, by=None)
    assert list_rows(workshop) == last
    assert list(workshop.schedule_edits.values_list("number", flat=True)) == list(range(1, 3 * len(edits) + 1))
    put_rows(workshop, first, by=None, words="Back to the start.")
    assert list_rows(workshop) == first


def _play(workshop: Workshop, acts: list[dict[str, Any]]) -> list[Any]:
    """Play moves as one edit; a refusal writes nothing."""
    before = list_rows(workshop)
    try:
        edit = apply_moves(workshop, parse_moves(acts, zone=workshop.zone), by=None).edit
    except Refusal:
        assert list_rows(workshop) == before
        return []
    assert find_faults(read_draft(workshop).draft) == []
    return [edit] if edit else []
