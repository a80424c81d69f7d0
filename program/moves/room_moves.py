"""Moves of rooms: added, edited, removed."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
import datetime as dt
from dataclasses import dataclass
from typing import Any

from program.moves import fields as read
from program.moves.acts import Move, refuse_pinned, settle_key
from program.moves.drafts import Draft
from program.moves.rows import Closure, RoomRow
from program.workshop_files.entries import entry, read_entries
from program.workshop_files.fields import items, line, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTime:
    """A time in which a room can't be had."""

    starts: dt.datetime = entry(read.instant)
    ends: dt.datetime = entry(read.instant)
    reason: str = entry(line(200), default="")


CLOSURES = items(read_entries(ClosedTime), most=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRoom(Move):
    """Add a room after the others."""

    uid: str = entry(read.key, default="")
    name: str = entry(line(200, is_needed=True))
    capacity: int | None = entry(read.number_or_none, default=None)
    kinds: tuple[str, ...] = entry(read.kinds, default=())
    link: str = entry(web_address, default="")
    closures: tuple[ClosedTime, ...] = entry(CLOSURES, default=())

    def act(self, draft: Draft) -> str:
        """Add it."""
        position = max((room.position for room in draft.rooms.values()), default=0) + 1
        values: dict[str, Any] = {"capacity": self.capacity or None, "kinds": self.kinds, "link": self.link}
        closures = _settle_closures(self.closures)
        draft.put(RoomRow(uid=settle_key(draft, self.uid), position=position, name=self.name, closures=closures, **values))
        return f"Added the room “{self.name}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRoom(Move):
    """Change a room; what is not given stays."""

    room: str = entry(read.key)
    position: int | None = entry(read.position, default=None)
    name: str | None = entry(line(200, is_needed=True), default=None)
    capacity: int | None = entry(read.number_or_none, default=None)
    kinds: tuple[str, ...] | None = entry(read.kinds, default=None)
    link: str | None = entry(web_address, default=None)
    closures: tuple[ClosedTime, ...] | None = entry(CLOSURES, default=None)

    def act(self, draft: Draft) -> str:
        """Change it, and its place among the rooms."""
        room = draft.find(RoomRow, self.room)
        given: dict[str, Any] = {name: value for name in ("name", "kinds", "link") if (value := getattr(self, name)) is not None}
        if self.capacity is not None:
            given["capacity"] = self.capacity or None
        if self.closures is not None:
            given["closures"] = _settle_closures(self.closures)
        changed = draft.change(room, **given)
        if self.position is not None:
            others = sorted((one for one in draft.rooms.values() if one.uid != room.uid), key=lambda one: (one.position, one.uid))
            others.insert(self.position - 1, changed)
            for place, one in enumerate(others, start=1):
                draft.change(one, position=place)
        return f"Changed the room “{room.name}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRoom(Move):
    """Remove a room; its sessions stay at their time without a room."""

    room: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Remove it; refuses while a pinned session is in it."""
        room = draft.find(RoomRow, self.room)
        for session in [one for one in draft.sessions.values() if one.room == room.uid]:
            refuse_pinned(draft, session)
            draft.change(session, room="")
        draft.drop(room)
        return f"Removed the room “{room.name}”."


def _settle_closures(given: tuple[ClosedTime, ...]) -> tuple[Closure, ...]:
    found = [Closure(one.starts, one.ends, one.reason) for one in given]
    return tuple(sorted(found, key=lambda closure: (closure.starts_at, closure.ends_at)))
