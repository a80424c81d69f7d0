"""Moves of days: added, edited, removed, copied, filled from a template."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from program.errors import MoveRefused
from program.local_times import write_instant
from program.moves import fields as read
from program.moves.acts import Move, find_instant, find_local, settle_key
from program.moves.drafts import Draft
from program.moves.rows import DayRow, RoomRow, SessionRow
from program.moves.session_moves import find_position
from program.moves.templates import TEMPLATES, Template
from program.workshop_files.entries import entry
from program.workshop_files.fields import day as read_date


@dataclass(frozen=True, slots=True, kw_only=True)
class AddDay(Move):
    """Add a day with its first and last minute."""

    uid: str = entry(read.key, default="")
    on: dt.date = entry(read_date)
    starts: dt.time = entry(read.clock)
    ends: dt.time = entry(read.clock)

    def act(self, draft: Draft) -> str:
        """Add it."""
        starts_at, ends_at = (find_instant(self.on, clock, draft.zone) for clock in (self.starts, self.ends))
        draft.put(DayRow(uid=settle_key(draft, self.uid), on=self.on, starts_at=starts_at, ends_at=ends_at))
        return f"Added {self.on:%B} {self.on.day}, {self.starts:%H:%M} to {self.ends:%H:%M}."


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDay(Move):
    """Change a day's date, first or last minute; its sessions stay where they are."""

    day: str = entry(read.key)
    on: dt.date | None = entry(read_date, default=None)
    starts: dt.time | None = entry(read.clock, default=None)
    ends: dt.time | None = entry(read.clock, default=None)

    def act(self, draft: Draft) -> str:
        """Change it; what is not given keeps its time of day."""
        day = draft.find(DayRow, self.day)
        on = self.on or day.on
        starts = self.starts or find_local(day.starts_at, draft.zone).time()
        ends = self.ends or find_local(day.ends_at, draft.zone).time()
        starts_at, ends_at = (find_instant(on, clock, draft.zone) for clock in (starts, ends))
        draft.change(day, on=on, starts_at=starts_at, ends_at=ends_at)
        return f"{on:%B} {on.day} is from {starts:%H:%M} to {ends:%H:%M} now."


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveDay(Move):
    """Remove a day; its sessions stay, outside any day."""

    day: str = entry(read.key)

    def act(self, draft: Draft) -> str:
        """Remove it."""
        day = draft.find(DayRow, self.day)
        draft.drop(day)
        return f"Removed {day.on:%B} {day.on.day}."


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDay(Move):
    """Copy the frame of a day to another date: sessions with rooms and lengths, without papers, people or pins."""

    day: str = entry(read.key)
    to: dt.date = entry(read_date)

    def act(self, draft: Draft) -> str:
        """Copy it at the same times of day; the day is added where it is missing."""
        day = draft.find(DayRow, self.day)
        if self.to == day.on:
            raise MoveRefused("A day can't be copied to itself; name another date.")
        held = [session for session in draft.list_sessions() if draft.find_date(session) == day.on]
        for session in held:
            assert session.starts_at is not None
            starts_at = find_instant(self.to, find_local(session.starts_at, draft.zone).time(), draft.zone)
            key, place = settle_key(draft, ""), find_position(draft)
            draft.put(replace(session, uid=key, position=place, starts_at=starts_at, people=(), awaited=(), is_pinned=False))
        if all(other.on != self.to for other in draft.days.values()):
            clocks = (find_local(at, draft.zone).time() for at in (day.starts_at, day.ends_at))
            starts_at, ends_at = (find_instant(self.to, clock, draft.zone) for clock in clocks)
            draft.put(DayRow(uid=settle_key(draft, ""), on=self.to, starts_at=starts_at, ends_at=ends_at))
        return f"Copied {len(held)} sessions of {day.on:%B} {day.on.day} to {self.to:%B} {self.to.day}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyTemplate(Move):
    """Add the sessions of a template to a date."""

    template: str = entry(read.one_of(TEMPLATES))
    on: dt.date = entry(read_date)
    starts: dt.time | None = entry(read.clock, default=None)
    room: str | None = entry(read.key_or_none, default=None)

    def act(self, draft: Draft) -> str:
        """Add them one after the other; the day is added where it is missing, as long as the template is."""
        template = TEMPLATES[self.template]
        room = draft.find(RoomRow, self.room).uid if self.room else ""
        first = find_instant(self.on, self.starts or template.starts, draft.zone)
        sessions = list(_lay_out(draft, template, first, room))
        for session in sessions:
            draft.put(replace(session, position=find_position(draft)))
        if all(other.on != self.on for other in draft.days.values()):
            draft.put(DayRow(uid=settle_key(draft, ""), on=self.on, starts_at=first, ends_at=first + template.length))
        begins = write_instant(first, draft.zone).replace("T", ", ")
        return f"Added the {len(sessions)} sessions of “{template.name}” from {begins}."


def _lay_out(draft: Draft, template: Template, first: dt.datetime, room: str) -> Iterator[SessionRow]:
    starts_at = first
    for kind, label, minutes in template.sessions:
        key = settle_key(draft, "")
        yield SessionRow(uid=key, position=0, kind=kind, label=label, starts_at=starts_at, minutes=minutes, room=room)
        starts_at += dt.timedelta(minutes=minutes)
