"""What must hold of every schedule, whatever was moved; the database holds most of it, too."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from program.moves.acts import find_local
from program.moves.board_rules import name_boards, read_rule
from program.moves.drafts import Draft
from program.moves.rows import BoardsRow, DayRow, RoomRow

Value = TypeVar("Value", bound=Hashable)


def find_faults(draft: Draft) -> list[str]:
    """Return what a schedule may not be, in sentences; nothing for one that may be kept."""
    return [*_check_days(draft), *_check_rooms(draft), *_check_boards(draft), *_check_sessions(draft), *_check_slots(draft)]


def _check_days(draft: Draft) -> Iterator[str]:
    days: Iterable[DayRow] = draft.days.values()
    for on in _repeated(day.on for day in days):
        yield f"{on:%B} {on.day} is there already; a date is a day once."
    for day in days:
        if day.ends_at <= day.starts_at:
            yield f"{day.on:%B} {day.on.day} ends before it starts."
        if find_local(day.starts_at, draft.zone).date() != day.on:
            yield f"{day.on:%B} {day.on.day} starts on another date."


def _check_rooms(draft: Draft) -> Iterator[str]:
    rooms: Iterable[RoomRow] = draft.rooms.values()
    for name in _repeated(room.name for room in rooms):
        yield f"There is a room “{name}” already; give this one another name."
    for room in rooms:
        if any(closure.ends_at <= closure.starts_at for closure in room.closures):
            yield f"A closed time of “{room.name}” ends before it starts."
        for _ in _repeated((closure.starts_at, closure.ends_at) for closure in room.closures):
            yield f"A closed time of “{room.name}” is there twice."


def _check_boards(draft: Draft) -> Iterator[str]:
    latest: BoardsRow | None = None
    for boards in sorted(draft.boards.values(), key=lambda one: (one.first, one.last)):
        if boards.last < boards.first:
            yield f"The boards {name_boards(boards)} count backwards; write the smaller number first."
        if latest is not None and boards.first <= latest.last:
            yield f"The boards {name_boards(boards)} and {name_boards(latest)} share numbers."
        try:
            read_rule(boards.rule)
        except ValueError:
            yield f"“{boards.rule}” is no rule for boards; write “paper”, “paper + 50” or nothing for free boards in order."
        latest = boards if latest is None or boards.last > latest.last else latest


def _check_sessions(draft: Draft) -> Iterator[str]:
    for position in _repeated(session.position for session in draft.sessions.values()):
        yield f"Two sessions stand at the place {position}."
    for session in draft.sessions.values():
        if session.room and session.room not in draft.rooms:
            yield f"The room of {draft.name_session(session)} is not there any more."
        if any(part.person not in draft.people for part in session.people):
            yield f"Somebody in {draft.name_session(session)} is not among the people any more."


def _check_slots(draft: Draft) -> Iterator[str]:
    slots = list(draft.slots.values())
    for slot in slots:
        if slot.session not in draft.sessions:
            yield f"The session of {draft.name_slot(slot)} is not there any more."
        if slot.paper is not None and slot.paper not in draft.papers:
            yield "A paper of the schedule is not there any more."
        if slot.person is not None and slot.person not in draft.people:
            yield f"The person of {draft.name_slot(slot)} is not there any more."
        if slot.minutes and slot.question_minutes and slot.question_minutes > slot.minutes:
            yield f"{draft.name_slot(slot)} has {slot.minutes} min, too few for {slot.question_minutes} min of questions."
    for session, _ in _repeated((slot.session, slot.paper) for slot in slots if slot.paper is not None):
        yield f"A paper has two places in {draft.name_session(draft.sessions[session])}."
    for session, board in _repeated((slot.session, slot.board) for slot in slots if slot.board is not None):
        yield f"Board {board} holds two posters in {draft.name_session(draft.sessions[session])}."


def _repeated(values: Iterable[Value]) -> list[Value]:
    return [value for value, times in Counter(values).items() if times > 1]
