"""Moves of many things at once: shift, swap, pin, clear."""

import datetime as dt
from dataclasses import dataclass

from program.errors import MoveRefused
from program.moves import fields as read
from program.moves.acts import Move, refuse_pinned, tell_clock
from program.moves.drafts import Draft
from program.moves.rows import DayRow, SessionRow
from program.moves.session_moves import remove_session
from program.moves.slot_moves import find_movable_slot
from program.workshop_files.entries import entry
from program.workshop_files.fields import yes_or_no

DONE = {
    "papers": "Took {} papers out of their sessions.",
    "times": "Took the time from {} sessions.",
    "sessions": "Removed {} sessions.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift(Move):
    """Shift a session and all that follows it on its day, in its room or everywhere, by some minutes."""

    session: str = entry(read.key)
    minutes: int = entry(read.shift)
    scope: str = entry(read.one_of(("room", "day")), default="room")
    with_it: bool = entry(yes_or_no, default=True)

    def act(self, draft: Draft) -> str:
        """Shift by minutes on the clock of the world, so that lengths stay where daylight changes; what is pinned stays."""
        first = draft.find(SessionRow, self.session)
        if first.starts_at is None:
            raise MoveRefused(f"{draft.name_session(first)} has no start, so nothing follows it.")
        shifted = 0
        for session in draft.list_sessions():
            if not self._reaches(draft, first, session) or session.starts_at is None:
                continue
            if session.is_pinned:
                name = draft.name_session(session)
                draft.stayed.append(f"{name} is pinned and stays at {tell_clock(session.starts_at, draft.zone)}.")
                continue
            draft.change(session, starts_at=session.starts_at + dt.timedelta(minutes=self.minutes))
            shifted += 1
        way = "later" if self.minutes > 0 else "earlier"
        begin = "" if self.with_it else "after "
        many = "session" if shifted == 1 else "sessions"
        return f"Shifted {shifted} {many} from {begin}{draft.name_session(first)} on by {abs(self.minutes)} min: {way}."

    def _reaches(self, draft: Draft, first: SessionRow, session: SessionRow) -> bool:
        if session.uid == first.uid:
            return self.with_it
        if session.starts_at is None or first.starts_at is None or draft.find_date(session) != draft.find_date(first):
            return False
        follows = (session.starts_at, session.position) > (first.starts_at, first.position)
        return follows and (self.scope == "day" or session.room == first.room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap(Move):
    """Let two sessions change times and rooms, or two slots their places."""

    first: str = entry(read.key)
    second: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Swap them; each keeps its own length."""
        if self.first in draft.sessions and self.second in draft.sessions:
            return self._swap_sessions(draft)
        if self.first in draft.slots and self.second in draft.slots:
            return self._swap_slots(draft)
        raise MoveRefused("Only two sessions, or two places in sessions, can change with each other; one of these is not there any more.")

    def _swap_sessions(self, draft: Draft) -> str:
        first, second = (draft.find(SessionRow, uid) for uid in (self.first, self.second))
        for session in (first, second):
            refuse_pinned(draft, session)
        draft.change(first, starts_at=second.starts_at, room=second.room)
        draft.change(second, starts_at=first.starts_at, room=first.room)
        return f"Swapped {draft.name_session(first)} with {draft.name_session(second)}."

    def _swap_slots(self, draft: Draft) -> str:
        first, second = (find_movable_slot(draft, uid) for uid in (self.first, self.second))
        for one, other in ((first, second), (second, first)):
            held = [slot for slot in draft.list_slots(other.session) if slot.uid not in (self.first, self.second)]
            if one.paper is not None and any(slot.paper == one.paper for slot in held):
                session = draft.find(SessionRow, other.session)
                raise MoveRefused(f"{draft.name_slot(one)} has a place in {draft.name_session(session)} already.")
        draft.change(first, session=second.session, position=second.position, board=second.board)
        draft.change(second, session=first.session, position=first.position, board=first.board)
        return f"Swapped {draft.name_slot(first)} with {draft.name_slot(second)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin(Move):
    """Pin a session or a slot, or take the pin off."""

    item: str = entry(read.key)
    is_pinned: bool = entry(yes_or_no)

    def act(self, draft: Draft) -> str:
        """Pin it: sessions keep time, length and room, slots their session."""
        session, slot = draft.sessions.get(self.item), draft.slots.get(self.item)
        if session is not None:
            draft.change(session, is_pinned=self.is_pinned)
            name = draft.name_session(session)
        elif slot is not None and slot.uid not in draft.hidden:
            draft.change(slot, is_pinned=self.is_pinned)
            name = draft.name_slot(slot)
        else:
            raise MoveRefused(f"There is no session or place “{self.item}” that you may pin.")
        return f"Pinned {name}." if self.is_pinned else f"Took the pin off {name}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear(Move):
    """Take papers, times or sessions away: of one session, one day, or everywhere."""

    what: str = entry(read.one_of(("papers", "times", "sessions")))
    day: str | None = entry(read.key, default=None)
    session: str | None = entry(read.key, default=None)

    def act(self, draft: Draft) -> str:
        """Clear them; what is pinned or must not be known stays and is named."""
        acts = {"papers": _clear_papers, "times": _clear_time, "sessions": _clear_session}
        sessions = self._pick(draft)
        count = sum(acts[self.what](draft, session) for session in sessions)
        return DONE[self.what].format(count)

    def _pick(self, draft: Draft) -> list[SessionRow]:
        if self.session is not None:
            return [draft.find(SessionRow, self.session)]
        if self.day is not None:
            on = draft.find(DayRow, self.day).on
            return [session for session in draft.list_sessions() if draft.find_date(session) == on]
        return draft.list_sessions()


def _clear_papers(draft: Draft, session: SessionRow) -> int:
    count = 0
    for slot in draft.list_slots(session.uid):
        if slot.is_pinned or slot.uid in draft.hidden:
            draft.stayed.append(_tell_kept(draft.name_slot(slot), is_hidden=slot.uid in draft.hidden))
        elif slot.paper is not None:
            draft.drop(slot)
            count += 1
    return count


def _clear_time(draft: Draft, session: SessionRow) -> int:
    if session.is_pinned:
        draft.stayed.append(_tell_kept(draft.name_session(session)))
        return 0
    draft.change(session, starts_at=None)
    return int(session.starts_at is not None)


def _clear_session(draft: Draft, session: SessionRow) -> int:
    slots = draft.list_slots(session.uid)
    if session.is_pinned or any(slot.is_pinned or slot.uid in draft.hidden for slot in slots):
        draft.stayed.append(_tell_kept(draft.name_session(session)))
        return 0
    remove_session(draft, session)
    return 1


def _tell_kept(name: str, *, is_hidden: bool = False) -> str:
    reason = "must not be moved by you" if is_hidden else "is pinned, or holds what is,"
    return f"{name[:1].upper()}{name[1:]} {reason} and stays."
