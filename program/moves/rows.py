"""The rows of a schedule as frozen values, with their plain JSON."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

RowType = TypeVar("RowType", bound="Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row has: the key by which edits name it."""

    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow(Row):
    """A day with the instants between which sessions are held."""

    on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Closure:
    """A time in which a room can't be had."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow(Row):
    """A room with its seats, the kinds of sessions that it suits (all when there are none), its closures."""

    position: int
    name: str
    capacity: int | None = None
    kinds: tuple[str, ...] = ()
    link: str = ""
    closures: tuple[Closure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardsRow(Row):
    """Poster boards from `first` to `last`."""

    first: int
    last: int
    prefix: str = ""
    rule: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a session, by the person's key."""

    person: int
    part: str


@dataclass(frozen=True, slots=True)
class Awaited:
    """A paper that a workshop file names and that is not imported."""

    paper: str
    position: int
    minutes: int | None = None
    question_minutes: int | None = None
    board: int | None = None
    is_pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow(Row):
    """A session; `room` is the key of its room, empty where it has none."""

    position: int
    kind: str
    label: str = ""
    title: str = ""
    starts_at: dt.datetime | None = None
    minutes: int | None = None
    room: str = ""
    link: str = ""
    is_parallel: bool = False
    is_streamed: bool = False
    is_pinned: bool = False
    note: str = ""
    people: tuple[Part, ...] = ()
    awaited: tuple[Awaited, ...] = ()

    @property
    def ends_at(self) -> dt.datetime | None:
        """Return when it ends, where start and minutes are known."""
        return self.starts_at + dt.timedelta(minutes=self.minutes) if self.starts_at and self.minutes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow(Row):
    """A paper's place in a session, or that of a talk without a paper; papers and persons by their keys."""

    session: str
    position: int
    kind: str = "paper"
    paper: int | None = None
    title: str = ""
    person: int | None = None
    minutes: int | None = None
    question_minutes: int | None = None
    is_pinned: bool = False
    board: int | None = None
    reference: str = ""


# In the order in which rows refer to each other.
KINDS: dict[str, type[Row]] = {"day": DayRow, "room": RoomRow, "boards": BoardsRow, "session": SessionRow, "slot": SlotRow}
KIND_NAMES = {row: name for name, row in KINDS.items()}
PARTS: dict[str, type[Closure] | type[Part] | type[Awaited]] = {"closures": Closure, "people": Part, "awaited": Awaited}


@dataclass(frozen=True, slots=True)
class Change:
    """A row before and after; nothing on the side where it is not there."""

    kind: str
    uid: str
    before: Row | None
    after: Row | None

    @property
    def is_only_order(self) -> bool:
        """Tell whether nothing but the row's place among others changes."""
        if self.before is None or self.after is None:
            return False
        before, after = write_row(self.before), write_row(self.after)
        return {**before, "position": 0} == {**after, "position": 0}


def write_row(row: Row) -> dict[str, Any]:
    """Return a row as plain JSON values."""
    return {one.name: _write(getattr(row, one.name)) for one in fields(row)}


def read_row(kind: str, written: Mapping[str, Any]) -> Row:
    """Return the row that `write_row` wrote; what later versions added takes its default."""
    row = KINDS[kind]
    return row(**{one.name: _read(one.name, written[one.name]) for one in fields(row) if one.name in written})


def write_change(change: Change) -> dict[str, Any]:
    """Return a change as plain JSON values."""
    before, after = (None if row is None else write_row(row) for row in (change.before, change.after))
    return {"kind": change.kind, "uid": change.uid, "before": before, "after": after}


def read_change(written: Mapping[str, Any]) -> Change:
    """Return the change that `write_change` wrote."""
    kind = written["kind"]
    before, after = (None if written[side] is None else read_row(kind, written[side]) for side in ("before", "after"))
    return Change(kind, written["uid"], before, after)


def write_at(at: dt.datetime) -> str:
    """Return an instant as JSON has it, in UTC."""
    told = at.astimezone(dt.UTC).isoformat(timespec="microseconds" if at.microsecond else "seconds")
    return f"{told.removesuffix('+00:00')}Z"


def _write(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return write_at(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    if isinstance(value, (Closure, Part, Awaited)):
        return {one.name: _write(getattr(value, one.name)) for one in fields(value)}
    return value


def _read(name: str, value: Any) -> Any:
    if name.endswith("_at") and value is not None:
        return dt.datetime.fromisoformat(value)
    if name == "on":
        return dt.date.fromisoformat(value)
    if name in PARTS:
        return tuple(PARTS[name](**{key: _read(key, inner) for key, inner in one.items()}) for one in value)
    return tuple(value) if isinstance(value, list) else value
