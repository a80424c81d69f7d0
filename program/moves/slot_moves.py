"""Moves of what is held in sessions: papers from and to the tray, talks without papers, their order and minutes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from program.errors import MoveRefused
from program.moves import fields as read
from program.moves.acts import Move, refuse_hidden, refuse_pinned, settle_key
from program.moves.drafts import Draft
from program.moves.rows import SessionRow, SlotRow
from program.workshop_files.entries import entry
from program.workshop_files.fields import line


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePaper(Move):
    """Give a paper of the tray a place in a session."""

    uid: str = entry(read.key, default="")
    paper: int = entry(read.number)
    session: str = entry(read.key)
    position: int | None = entry(read.position, default=None)
    minutes: int | None = entry(read.minutes_or_none, default=None)
    question_minutes: int | None = entry(read.minutes_or_none, default=None)

    def act(self, draft: Draft) -> str:
        """Place it at the end, or at a position."""
        session = draft.find(SessionRow, self.session)
        if self.paper not in draft.placeable:
            raise MoveRefused(f"There is no accepted paper with the key {self.paper} that you may place.")
        slot = SlotRow(
            uid=settle_key(draft, self.uid),
            session=session.uid,
            position=0,
            paper=self.paper,
            minutes=self.minutes or None,
            question_minutes=self.question_minutes or None,
        )
        insert_slot(draft, slot, session, self.position)
        return f"Placed {draft.name_slot(slot)} in {draft.name_session(session)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSlot(Move):
    """Move a slot into a session, or to another position of its own."""

    slot: str = entry(read.key)
    session: str = entry(read.key)
    position: int | None = entry(read.position, default=None)

    def act(self, draft: Draft) -> str:
        """Move it to the end, or to a position."""
        slot, session = find_movable_slot(draft, self.slot), draft.find(SessionRow, self.session)
        before = draft.find(SessionRow, slot.session)
        draft.drop(slot)
        insert_slot(draft, slot, session, self.position)
        order = draft.list_slots(session.uid)
        place = [one.uid for one in order].index(slot.uid) + 1
        if before.uid == session.uid:
            return f"Moved {draft.name_slot(slot)} to place {place} of {draft.name_session(session)}."
        return f"Moved {draft.name_slot(slot)} from {draft.name_session(before)} to {draft.name_session(session)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOut(Move):
    """Take a slot out of its session: a paper goes back to the tray, a talk is removed."""

    slot: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Take it out."""
        slot = find_movable_slot(draft, self.slot)
        draft.drop(slot)
        return f"Took {draft.name_slot(slot)} out of {draft.name_session(draft.find(SessionRow, slot.session))}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTalk(Move):
    """Add a talk that has no paper: a winner's, an invited one."""

    uid: str = entry(read.key, default="")
    session: str = entry(read.key)
    kind: str = entry(read.one_of(read.TALKS))
    title: str = entry(line(500, is_needed=True))
    person: int | None = entry(read.number_or_none, default=None)
    minutes: int | None = entry(read.minutes_or_none, default=None)
    question_minutes: int | None = entry(read.minutes_or_none, default=None)
    position: int | None = entry(read.position, default=None)

    def act(self, draft: Draft) -> str:
        """Add it at the end, or at a position."""
        session = draft.find(SessionRow, self.session)
        slot = SlotRow(
            uid=settle_key(draft, self.uid),
            session=session.uid,
            position=0,
            kind=self.kind,
            title=self.title,
            person=_settle_person(draft, self.person),
            minutes=self.minutes or None,
            question_minutes=self.question_minutes or None,
        )
        insert_slot(draft, slot, session, self.position)
        return f"Added {draft.name_slot(slot)} to {draft.name_session(session)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSlot(Move):
    """Change a slot's minutes; of a talk without a paper also title, kind and person."""

    slot: str = entry(read.key)
    minutes: int | None = entry(read.minutes_or_none, default=None)
    question_minutes: int | None = entry(read.minutes_or_none, default=None)
    title: str | None = entry(line(500, is_needed=True), default=None)
    person: int | None = entry(read.number_or_none, default=None)
    kind: str | None = entry(read.one_of(read.TALKS), default=None)

    def act(self, draft: Draft) -> str:
        """Change it; what is not given stays."""
        slot = draft.find(SlotRow, self.slot)
        refuse_hidden(draft, [slot])
        name = draft.name_slot(slot)
        if slot.paper is not None and (self.title, self.person, self.kind) != (None, None, None):
            raise MoveRefused(f"{name} is a paper: its title and authors are changed on the paper's own page.")
        lengths = {name: value or None for name in ("minutes", "question_minutes") if (value := getattr(self, name)) is not None}
        words = {name: value for name in ("title", "kind") if (value := getattr(self, name)) is not None}
        if self.person is not None:
            words["person"] = _settle_person(draft, self.person)
        changed = draft.change(slot, **lengths, **words)
        if lengths and not words:
            return f"Gave {name} {_tell_minutes(changed)}."
        return f"Changed {name}."


def find_movable_slot(draft: Draft, uid: str) -> SlotRow:
    """Return a slot that may be moved; refuses pinned and hidden ones."""
    slot = draft.find(SlotRow, uid)
    refuse_hidden(draft, [slot])
    refuse_pinned(draft, slot)
    return slot


def insert_slot(draft: Draft, slot: SlotRow, session: SessionRow, position: int | None) -> None:
    """Put a slot into a session at a place counted from 1, or at the end; others make room."""
    others = draft.list_slots(session.uid)
    if slot.paper is not None and any(other.paper == slot.paper for other in others):
        raise MoveRefused(f"{draft.name_slot(slot)} has a place in {draft.name_session(session)} already.")
    board = slot.board
    if session.kind != "poster" or any(other.board == board for other in others):
        board = None
    moved = replace(slot, session=session.uid, board=board)
    if position is None or position > len(others):
        last = others[-1].position if others else 0
        draft.put(replace(moved, position=last + 1))
        return
    put_in_order(draft, [*others[: position - 1], moved, *others[position - 1 :]])


def put_in_order(draft: Draft, slots: Sequence[SlotRow]) -> None:
    """Give slots numbers from 1 as they stand."""
    for number, slot in enumerate(slots, start=1):
        draft.put(slot if slot.position == number else replace(slot, position=number))


def _settle_person(draft: Draft, person: int | None) -> int | None:
    if person and person not in draft.people:
        raise MoveRefused(f"There is no person {person} in this workshop.")
    return person or None


def _tell_minutes(slot: SlotRow) -> str:
    questions = f", {slot.question_minutes} of them for questions" if slot.question_minutes else ""
    return f"{slot.minutes} min{questions}" if slot.minutes else "no minutes of its own"
