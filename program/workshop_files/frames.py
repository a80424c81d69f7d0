"""Days, rooms and poster boards of a workshop file."""

# ruff: noqa: RUF009  (`entry` returns a dataclass field)
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from papers.zones import find_zone
from program.local_times import place_in_zone
from program.models import Session
from program.moves.board_rules import read_rule
from program.workshop_files import fields
from program.workshop_files.entries import entry, read_entries
from program.workshop_files.fields import items
from program.workshop_files.mistakes import Mistake
from program.workshop_files.moments import Moment, instant

MOST = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySettings:
    """A day with its first and last minute."""

    starts_at: Moment = entry(instant)
    ends_at: Moment = entry(instant)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosureSettings:
    """A time in which a room can't be had."""

    starts_at: Moment = entry(instant)
    ends_at: Moment = entry(instant)
    reason: str = entry(fields.line(200), default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """A room with its seats, the kinds of sessions that it suits (all when there are none), its closures."""

    name: str = entry(fields.line(200, is_needed=True))
    capacity: int | None = entry(fields.whole_number(" of seats", 1, MOST), default=None)
    kinds: tuple[str, ...] = entry(items(fields.choice(Session.Kind), most=len(Session.Kind)), default=())
    link: str = entry(fields.web_address, default="")
    closures: tuple[ClosureSettings, ...] = entry(items(read_entries(ClosureSettings), most=200), default=())


def read_rule_of_boards(reader: Any, value: Any, path: str) -> Any:
    """Read which poster hangs where: `paper`, `paper + 50`, nothing."""
    rule = fields.line(40)(reader, value, path)
    try:
        if rule is not fields.MISTAKEN:
            read_rule(rule)
    except ValueError:
        reader.refuse(path, f"write “paper”, “paper + 50”, or nothing for free boards in order, not “{rule}”.")
        return fields.MISTAKEN
    return rule


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardsSettings:
    """Poster boards from `first` to `last`, which poster hangs where, of which topic."""

    first: int = entry(fields.whole_number(" of a board", 1, 100_000))
    last: int = entry(fields.whole_number(" of a board", 1, 100_000))
    prefix: str = entry(fields.line(10), default="")
    rule: str = entry(read_rule_of_boards, default="")
    topic: str = entry(fields.line(300), default="")


def sort_frame(values: dict[str, Any]) -> dict[str, Any]:
    """Return days, rooms and boards in their one order; rooms stay in theirs, closures go by the clock."""
    days, rooms, boards = values["days"], values["rooms"], values["boards"]
    return {
        "days": days and tuple(sorted(days, key=lambda day: _tell(day.starts_at))),
        "rooms": rooms and tuple(replace(room, closures=_sort_closures(room.closures)) for room in rooms),
        "boards": boards and tuple(sorted(boards, key=lambda one: (isinstance(one.first, str), one.first or 0))),
    }


def move_frame(values: dict[str, Any], zone: str) -> dict[str, Any]:
    """Return days and rooms in another zone, at the times that clocks show. Raises NoSuchTime where they never show one."""

    def move(held: Any) -> Any:
        return replace(held, starts_at=_move(held.starts_at, zone), ends_at=_move(held.ends_at, zone))

    days, rooms = values["days"], values["rooms"]
    return {
        "days": days and tuple(map(move, days)),
        "rooms": rooms and tuple(replace(room, closures=tuple(map(move, room.closures))) for room in rooms),
    }


def add_named_rooms(rooms: Iterable[RoomSettings], named: Iterable[str]) -> tuple[RoomSettings, ...]:
    """Return the rooms with those after them that sessions name and that are not among them."""
    known = {room.name: room for room in rooms}
    return tuple({**known, **{name: RoomSettings(name=name) for name in named if name and name not in known}}.values())


def find_frame_mistakes(values: dict[str, Any]) -> Iterator[Mistake]:
    """Find times that end before they start, and what is there twice."""
    for index, day in enumerate(values["days"] or ()):
        yield from _check_times(day, f"$.days[{index}]")
    for index, room in enumerate(values["rooms"] or ()):
        for place, closure in enumerate(room.closures):
            yield from _check_times(closure, f"$.rooms[{index}].closures[{place}]")
            if (closure.starts_at, closure.ends_at) in [(one.starts_at, one.ends_at) for one in room.closures[:place]]:
                yield Mistake(f"$.rooms[{index}].closures[{place}]", "this closed time stands above already.")
    yield from _check_boards([(index, one) for index, one in enumerate(values["boards"] or ()) if one.first and one.last])


def _check_times(held: DaySettings | ClosureSettings, path: str) -> Iterator[Mistake]:
    if isinstance(held.starts_at, Moment) and isinstance(held.ends_at, Moment) and held.ends_at.at <= held.starts_at.at:
        yield Mistake(f"{path}.ends_at", "the end does not come after the start.")


def _check_boards(ranges: list[tuple[int, BoardsSettings]]) -> Iterator[Mistake]:
    for index, one in ranges:
        if one.last < one.first:
            yield Mistake(f"$.boards[{index}].last", f"the last board, {one.last}, comes before the first, {one.first}.")
        for other, held in ranges:
            if other < index and one.first <= held.last and held.first <= one.last:
                yield Mistake(f"$.boards[{index}]", f"these boards share numbers with those at $.boards[{other}].")


def _sort_closures(closures: tuple[ClosureSettings, ...]) -> tuple[ClosureSettings, ...]:
    return tuple(sorted(closures, key=lambda one: (_tell(one.starts_at), _tell(one.ends_at))))


def _tell(moment: Moment | str) -> float:
    return moment.at.timestamp() if isinstance(moment, Moment) else 0.0


def _move(moment: Moment, zone: str) -> Moment:
    wall = moment.at.astimezone(find_zone(moment.zone)).replace(tzinfo=None)
    return Moment(place_in_zone(wall, zone), zone)
