"""A schedule that is still movable, in memory: the rows that moves change, the papers and people that they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from papers.zones import find_zone
from program.errors import MoveRefused
from program.listings.wording import KIND_WORDS, name_clock
from program.moves.rows import KIND_NAMES, BoardsRow, Change, DayRow, RoomRow, Row, SessionRow, SlotRow

RowType = TypeVar("RowType", bound=Row)
ROWS = {DayRow: "days", RoomRow: "rooms", BoardsRow: "boards", SessionRow: "sessions", SlotRow: "slots"}
NOUNS = {DayRow: "day", RoomRow: "room", BoardsRow: "range of boards", SessionRow: "session", SlotRow: "place of a paper"}


@dataclass(frozen=True, slots=True)
class PlacedPaper:
    """What moves know of a paper; `words` is how sentences call it, without its title as long as its decision is not released."""

    key: int
    words: str
    number: int | None = None
    topic: str = ""
    is_poster: bool = False


@dataclass(slots=True)
class Draft:
    """All rows of one workshop's schedule by their keys.

    `papers` are those that may be placed or stand somewhere, `placeable` the keys of those that may be placed; `hidden`
    are the keys of slots about whose paper the editor must not know.
    """

    zone: str
    days: dict[str, DayRow] = field(default_factory=dict)
    rooms: dict[str, RoomRow] = field(default_factory=dict)
    boards: dict[str, BoardsRow] = field(default_factory=dict)
    sessions: dict[str, SessionRow] = field(default_factory=dict)
    slots: dict[str, SlotRow] = field(default_factory=dict)
    papers: Mapping[int, PlacedPaper] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)
    placeable: frozenset[int] = frozenset()
    hidden: frozenset[str] = frozenset()
    stayed: list[str] = field(default_factory=list)

    def copy(self) -> Draft:
        """Return a draft that may be changed while this one stays."""
        copied: dict[str, Any] = {name: dict(getattr(self, name)) for name in ROWS.values()}
        return replace(self, **copied, stayed=[])

    def rows_of(self, cls: type[RowType]) -> dict[str, RowType]:
        """Return the rows of one kind by key."""
        rows: dict[str, RowType] = getattr(self, ROWS[cls])
        return rows

    def find(self, cls: type[RowType], uid: str) -> RowType:
        """Return the row of this key; refuses where there is none."""
        row = self.rows_of(cls).get(uid)
        if row is None:
            raise MoveRefused(f"There is no {NOUNS[cls]} “{uid}” any more; somebody may have taken it away.")
        return row

    def put(self, row: Row) -> None:
        """Take a row in, in place of the one of its key."""
        self.rows_of(type(row))[row.uid] = row

    def change(self, row: RowType, **values: Any) -> RowType:
        """Give a row other values."""
        changed = replace(row, **values)
        self.put(changed)
        return changed

    def drop(self, row: Row) -> None:
        """Take a row away."""
        del self.rows_of(type(row))[row.uid]

    def list_rows(self) -> Iterator[Row]:
        """Return every row, in the order in which they refer to each other."""
        for cls in ROWS:
            yield from self.rows_of(cls).values()

    def list_slots(self, session: str) -> list[SlotRow]:
        """Return the slots of a session in order."""
        return sorted((slot for slot in self.slots.values() if slot.session == session), key=lambda slot: (slot.position, slot.uid))

    def list_sessions(self) -> list[SessionRow]:
        """Return the sessions in program order, those without a start last."""
        far = dt.datetime.max.replace(tzinfo=dt.UTC)
        return sorted(self.sessions.values(), key=lambda session: (session.starts_at or far, session.position))

    def name_session(self, session: SessionRow) -> str:
        """Return what sentences call a session: “Orals”."""
        return f"“{session.title or session.label or KIND_WORDS.get(session.kind, session.kind)}”"

    def name_slot(self, slot: SlotRow) -> str:
        """Return what sentences call a slot."""
        if slot.paper is None:
            return f"“{slot.title}”"
        paper = self.papers.get(slot.paper)
        return paper.words if paper else "a paper"

    def name_place(self, session: SessionRow) -> str:
        """Return when and where a session is: 9:00, Hall B."""
        local = session.starts_at.astimezone(find_zone(self.zone)) if session.starts_at else None
        many = len({self.find_date(one) for one in self.sessions.values() if one.starts_at}) > 1
        day = f"{local:%B} {local.day}, " if local and many else ""
        when = f"{day}{name_clock(local)}" if local else "no time"
        room = self.rooms.get(session.room)
        return f"{when}, {room.name}" if room else when

    def find_date(self, session: SessionRow) -> dt.date | None:
        """Return the date of a session's start in the workshop's zone."""
        return session.starts_at.astimezone(find_zone(self.zone)).date() if session.starts_at else None


def compare_drafts(before: Draft, after: Draft) -> tuple[Change, ...]:
    """Return the rows that differ, in the order in which they refer to each other."""
    return tuple(change for cls in ROWS for change in _compare(KIND_NAMES[cls], before.rows_of(cls), after.rows_of(cls)))


def put_changes(draft: Draft, changes: Iterable[Change]) -> None:
    """Bring the rows of changes to what they are after them."""
    for change in changes:
        if change.after is not None:
            draft.put(change.after)
        elif change.before is not None:
            draft.drop(change.before)


def _compare(kind: str, before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    for uid in dict.fromkeys([*before, *after]):
        old, new = before.get(uid), after.get(uid)
        if old is not new and old != new:
            yield Change(kind, uid, old, new)
