"""Moves of sessions: placed, resized, added, edited, removed."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from program.errors import MoveRefused
from program.moves import fields as read
from program.moves.acts import AWAY, Move, refuse_hidden, refuse_pinned, settle_key, tell_clock
from program.moves.drafts import Draft
from program.moves.rows import Part, RoomRow, SessionRow
from program.workshop_files.entries import entry
from program.workshop_files.fields import line, text, web_address, yes_or_no


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSession(Move):
    """Move a session to a start, a room, or both."""

    session: str = entry(read.key)
    starts: dt.datetime | str | None = entry(read.instant_or_none, default=None)
    room: str | None = entry(read.key_or_none, default=None)

    def act(self, draft: Draft) -> str:
        """Move it; empty texts take its time or room away."""
        session = draft.find(SessionRow, self.session)
        refuse_pinned(draft, session)
        before = draft.name_place(session)
        moved = draft.change(session, **_settle(draft, starts=self.starts, room=self.room))
        return f"Moved {draft.name_session(moved)} from {before} to {draft.name_place(moved)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ResizeSession(Move):
    """Give a session other minutes, by its end or by its start."""

    session: str = entry(read.key)
    minutes: int = entry(read.minutes)
    edge: str = entry(read.one_of(("end", "start")), default="end")

    def act(self, draft: Draft) -> str:
        """Move its end, or its start while its end stays."""
        session = draft.find(SessionRow, self.session)
        refuse_pinned(draft, session)
        starts_at = session.starts_at
        if self.edge == "start":
            if session.ends_at is None:
                raise MoveRefused(f"{draft.name_session(session)} has no known end, so its start alone can't move; give it minutes first.")
            starts_at = session.ends_at - dt.timedelta(minutes=self.minutes)
        draft.change(session, starts_at=starts_at, minutes=self.minutes)
        begins = f", from {tell_clock(starts_at, draft.zone)}" if self.edge == "start" and starts_at else ""
        return f"Gave {draft.name_session(session)} {self.minutes} min{begins}."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSession(Move):
    """Add a session."""

    uid: str = entry(read.key, default="")
    kind: str = entry(read.kind)
    label: str = entry(line(200), default="")
    title: str = entry(line(500), default="")
    starts: dt.datetime | str | None = entry(read.instant_or_none, default=None)
    minutes: int | None = entry(read.minutes_or_none, default=None)
    room: str | None = entry(read.key_or_none, default=None)
    link: str = entry(web_address, default="")
    is_parallel: bool = entry(yes_or_no, default=False)
    is_streamed: bool = entry(yes_or_no, default=False)
    note: str = entry(text(50_000), default="")
    people: tuple[Part, ...] = entry(read.people, default=())

    def act(self, draft: Draft) -> str:
        """Add it after all others that begin when it begins."""
        plain = {name: getattr(self, name) for name in ("kind", "label", "title", "link", "is_parallel", "is_streamed", "note")}
        wishes = _settle(draft, starts=self.starts, minutes=self.minutes, room=self.room, people=self.people)
        added = SessionRow(uid=settle_key(draft, self.uid), position=find_position(draft), **plain, **wishes)
        draft.put(added)
        return f"Added {draft.name_session(added)}: {draft.name_place(added)}."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditSession(Move):
    """Change what a session is, not where it is; what is not given stays."""

    session: str = entry(read.key)
    kind: str | None = entry(read.kind, default=None)
    label: str | None = entry(line(200), default=None)
    title: str | None = entry(line(500), default=None)
    minutes: int | None = entry(read.minutes_or_none, default=None)
    link: str | None = entry(web_address, default=None)
    is_parallel: bool | None = entry(yes_or_no, default=None)
    is_streamed: bool | None = entry(yes_or_no, default=None)
    note: str | None = entry(text(50_000), default=None)
    people: tuple[Part, ...] | None = entry(read.people, default=None)

    def act(self, draft: Draft) -> str:
        """Change it; a pinned session keeps its minutes."""
        session = draft.find(SessionRow, self.session)
        wishes = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "session"}
        given = {name: value for name, value in _settle(draft, **wishes).items() if getattr(session, name) != value}
        if "minutes" in given:
            refuse_pinned(draft, session)
        name = draft.name_session(session)
        draft.change(session, **given)
        words = ", ".join(one.removeprefix("is_") for one in given) or "nothing"
        return f"Changed {words} of {name}."


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveSession(Move):
    """Remove a session; its papers go back to the tray."""

    session: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Remove it with its slots."""
        session = draft.find(SessionRow, self.session)
        refuse_pinned(draft, session)
        remove_session(draft, session)
        return f"Removed {draft.name_session(session)}."


def remove_session(draft: Draft, session: SessionRow) -> None:
    """Take a session and its slots away; refuses where a slot is pinned."""
    slots = draft.list_slots(session.uid)
    refuse_hidden(draft, slots)
    for slot in slots:
        refuse_pinned(draft, slot)
        draft.drop(slot)
    draft.drop(session)


def find_position(draft: Draft) -> int:
    """Return the place after every other session's."""
    return max((session.position for session in draft.sessions.values()), default=0) + 1


def _settle(draft: Draft, **wishes: Any) -> dict[str, Any]:
    """Return values for a session: what is not wished is left out, what is taken away is empty."""
    given = {name: value for name, value in wishes.items() if value is not None}
    if "starts" in given:
        starts = given.pop("starts")
        given["starts_at"] = None if starts == AWAY else starts
    if given.get("room"):
        draft.find(RoomRow, given["room"])
    if "minutes" in given:
        given["minutes"] = given["minutes"] or None
    for part in given.get("people", ()):
        if part.person not in draft.people:
            raise MoveRefused(f"There is no person {part.person} in this workshop.")
    return given
