"""Instances of talks that each get a time in a room: OptaPlanner workbooks of conference scheduling."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.schedule_instances.workbooks import Row, read_minutes, read_names, read_sheets
from program.solver.placements import LEVELS, SOFT, UNPLACED, CostTerm, CountTerm, Matrix, PairTerm, Placement, PlacementProblem

TIME_WISHES = ("Required timeslot tags", "Preferred timeslot tags", "Prohibited timeslot tags", "Undesired timeslot tags")
ROOM_WISHES = ("Required room tags", "Preferred room tags", "Prohibited room tags", "Undesired room tags")
CROWD_LIMIT = 2  # risky talks that may share a time


@dataclass(frozen=True, slots=True)
class Time:
    """A time at which talks of some types may be."""

    key: tuple[str, str, str]
    start: int
    end: int
    types: frozenset[str]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Room:
    """A room; `closed` are the times at which it is not to be had."""

    name: str
    capacity: int
    types: frozenset[str]
    tags: frozenset[str]
    closed: frozenset[int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person with tags of times and rooms: required, preferred, prohibited, undesired."""

    time_wishes: tuple[tuple[str, ...], ...]
    room_wishes: tuple[tuple[str, ...], ...]
    away: frozenset[int]


@dataclass(frozen=True, slots=True)
class TalkInstance:
    """A workbook as a problem, with the codes that solutions are told by."""

    codes: tuple[str, ...]
    problem: PlacementProblem

    def write_solution(self, placement: Placement) -> dict[str, list[int]]:
        """Return time and room of each placed talk by its code."""
        places = zip(self.codes, placement.times, placement.rooms, strict=True)
        return {code: [int(time), int(room)] for code, time, room in places if time != UNPLACED}


class _Workbook:
    """The sheets as times, rooms, speakers, talks."""

    def __init__(self, path: Path) -> None:
        sheets = read_sheets(path)
        self.pause = int(sheets["Configuration"][1][1])
        self.weights = {row[0]: _read_weight(row[1]) for row in sheets["Configuration"][4:] if row[0]}
        self.times = [_read_time(row) for row in sheets["Timeslots"][1:] if row[0]]
        self.rooms = [
            Room(row[0], int(row[1]), frozenset(read_names(row[2])), frozenset(read_names(row[3])), self._read_marks(row, 4))
            for row in sheets["Rooms"][2:]
            if row[0]
        ]
        self.speakers = {
            row[0]: Speaker(tuple(map(read_names, row[1:5])), tuple(map(read_names, row[5:9])), self._read_marks(row, 9))
            for row in sheets["Speakers"][2:]
            if row[0]
        }
        head, *body = sheets["Talks"]
        self.talks = [dict(zip(head, row, strict=False)) for row in body if row[0]]

    def _read_marks(self, row: Row, first: int) -> frozenset[int]:
        return frozenset(place for place, cell in enumerate(row[first : first + len(self.times)]) if cell)

    def list_tags(self, column: str) -> list[frozenset[str]]:
        """Return a column of names for each talk."""
        return [frozenset(read_names(talk[column])) for talk in self.talks]

    def find_place(self, talk: dict[str, object], prefix: str) -> tuple[int | None, int | None]:
        """Return the time and room that the columns with this prefix name."""
        day, start, end, room = (
            talk[name.format(prefix)] for name in ("{}Timeslot day" if not prefix else "{}Timeslot", "{}Start", "{}End", "{}Room")
        )
        keys, names = [time.key for time in self.times], [one.name for one in self.rooms]
        key = (day, start, end)
        return (keys.index(key) if key in keys else None, names.index(room) if room in names else None)


def _read_weight(cell: object) -> tuple[str, int]:
    """Return level and weight of `0hard/0medium/10soft`."""
    for part in str(cell).split("/"):
        for level in LEVELS:
            number = part.removesuffix(level)
            if number != part and int(number):
                return level, int(number)
    return SOFT, 0


def _read_time(row: Row) -> Time:
    day = dt.datetime.strptime(row[0].split(" ", 1)[1], "%Y-%m-%d").date().toordinal() * 24 * 60
    start, end = (day + read_minutes(cell) for cell in row[1:3])
    return Time((row[0], row[1], row[2]), start, end, frozenset(read_names(row[3])), frozenset(read_names(row[4])))


def _count_common(one: list[frozenset[str]], other: list[frozenset[str]] | None = None) -> Matrix:
    return np.array([[len(first & second) for second in other or one] for first in one], dtype=np.int64)


def _price_pairs(book: _Workbook) -> Iterator[PairTerm]:
    """Yield what two talks cost each other; a pair that counts once stands in the upper triangle."""
    starts, ends = (np.array([getattr(time, name) for time in book.times]) for name in ("start", "end"))
    lengths, talks = ends - starts, book.talks
    days = np.array([time.key[0] for time in book.times])
    same_day, same_time = (days[:, None] == days).astype(np.int64), np.eye(len(days), dtype=np.int64)
    overlap = np.maximum(0, np.minimum.outer(ends, ends) - np.maximum.outer(starts, starts))
    both = np.add.outer(lengths, lengths)
    gap = np.maximum(starts[None, :] - ends[:, None], starts[:, None] - ends[None, :])
    late = (ends[:, None] > starts[None, :]) * both
    here, anywhere = np.eye(len(book.rooms), dtype=np.int64), np.ones((len(book.rooms),) * 2, dtype=np.int64)
    once = np.triu(np.ones((len(talks),) * 2, dtype=np.int64), 1)
    themes, contents, speakers, audiences, sectors, exclusive = (
        _count_common(book.list_tags(name)) * once
        for name in ("Theme track tags", "Content tags", "Speakers", "Audience types", "Sector tags", "Mutually exclusive talks tags")
    )
    levels, wanted = (np.array([int(talk[name] or 0) for talk in talks]) for name in ("Audience level", "Favorite count"))
    languages, sizes = np.array([str(talk["Language"]) for talk in talks]), np.array([room.capacity for room in book.rooms])
    at_once = same_time * lengths[:, None]
    builds_on = (levels[:, None] < levels) * _count_common(book.list_tags("Content tags"))
    before = _count_common([frozenset({talk["Code"]}) for talk in talks], book.list_tags("Prerequisite talks codes"))
    rules = (
        ("Room conflict", once, overlap * (1 - same_time), here),
        ("Speaker conflict", speakers, overlap, anywhere),
        ("Talk mutually-exclusive-talks tags", exclusive, overlap, anywhere),
        ("Theme track conflict", themes, overlap, anywhere),
        ("Sector conflict", sectors, overlap, anywhere),
        ("Audience type theme track conflict", themes * audiences, overlap, anywhere),
        ("Content conflict", contents, overlap, anywhere),
        ("Audience type diversity", -audiences, at_once, anywhere),
        ("Audience level diversity", -once * (levels[:, None] != levels), at_once, anywhere),
        ("Language diversity", -once * (languages[:, None] != languages), at_once, anywhere),
        ("Consecutive talks pause", np.minimum(speakers, 1), ((overlap > 0) | ((same_day > 0) & (gap < book.pause))) * both, anywhere),
        ("Talk prerequisite talks", before, late, anywhere),
        ("Content audience level flow violation", builds_on, late, anywhere),
        ("Theme track room stability", themes, same_day * both, 1 - here),
        ("Same day talks", themes + contents, (1 - same_day) * both, anywhere),
        ("Popular talks", (wanted[:, None] < wanted).astype(np.int64), both, (sizes[:, None] > sizes).astype(np.int64)),
    )
    for name, items, times, rooms in rules:
        level, weight = book.weights[name]
        if weight and items.any():
            yield PairTerm(name, level, weight * items, times, rooms)


def _count_breaches(wishes: tuple[tuple[str, ...], ...], tags: frozenset[str]) -> tuple[int, ...]:
    """Return how many required, preferred tags are missing and how many prohibited, undesired ones are there."""
    required, preferred, prohibited, undesired = wishes
    return (len(set(required) - tags), len(set(preferred) - tags), len(tags.intersection(prohibited)), len(tags.intersection(undesired)))


def _price_places(book: _Workbook) -> Iterator[CostTerm]:
    """Yield what it costs that a talk stands somewhere."""
    shape = (len(book.talks), len(book.times), len(book.rooms))
    costs: dict[str, Matrix] = {name: np.zeros(shape, dtype=np.int64) for name in book.weights}
    minutes = np.array([time.end - time.start for time in book.times])
    closed = np.array([[time in room.closed for room in book.rooms] for time in range(shape[1])])
    for item, talk in enumerate(book.talks):
        speakers = [book.speakers[name] for name in read_names(talk["Speakers"])]
        costs["Room unavailable timeslot"][item] = closed * minutes[:, None]
        away = np.array([sum(time in speaker.away for speaker in speakers) for time in range(shape[1])])
        costs["Speaker unavailable timeslot"][item] = (away * minutes)[:, None]
        own = (tuple(read_names(talk[name]) for name in TIME_WISHES), tuple(read_names(talk[name]) for name in ROOM_WISHES))
        for who, wishes in (("Talk", own), *(("Speaker", (one.time_wishes, one.room_wishes)) for one in speakers)):
            of_times = np.array([_count_breaches(wishes[0], time.tags) for time in book.times])
            of_rooms = np.array([_count_breaches(wishes[1], room.tags) for room in book.rooms])
            for column, (time_rule, room_rule) in enumerate(zip(TIME_WISHES, ROOM_WISHES, strict=True)):
                costs[_name_rule(who, time_rule)][item] += (of_times[:, column] * minutes)[:, None]
                costs[_name_rule(who, room_rule)][item] += of_rooms[:, column] * minutes[:, None]
        time, room = book.find_place(talk, "Published ")
        if time is not None:
            costs["Published timeslot"][item] = (np.arange(shape[1]) != time)[:, None]
        if room is not None:
            costs["Published room"][item] = np.arange(shape[2]) != room
    for name, values in costs.items():
        level, weight = book.weights[name]
        if weight and values.any():
            yield CostTerm(name, level, weight * values)


def _name_rule(who: str, column: str) -> str:
    return f"{who} {column[0].lower()}{column[1:]}"


def _allow_places(book: _Workbook) -> np.ndarray:
    times, rooms = ([one.types for one in places] for places in (book.times, book.rooms))
    fits: Callable[[object, list[frozenset[str]]], list[bool]] = lambda kind, places: [kind in types for types in places]  # noqa: E731
    allowed = np.array([np.outer(fits(talk["Talk type"], times), fits(talk["Talk type"], rooms)) for talk in book.talks])
    for item, talk in enumerate(book.talks):
        if str(talk["Pinned by user"]).lower() == "true":
            place = book.find_place(talk, "")
            allowed[item] = False
            allowed[item][place] = True
    return allowed


def load_talk_instance(path: Path) -> TalkInstance:
    """Read a workbook."""
    book = _Workbook(path)
    level, weight = book.weights["Crowd control"]
    counts = np.arange(len(book.talks) + 1)
    minutes = np.array([time.end - time.start for time in book.times])
    crowds = weight * minutes[:, None] * np.where(counts > CROWD_LIMIT, counts, 0)
    risky = np.array([int(talk["Crowd control risk"] or 0) > 0 for talk in book.talks])
    problem = PlacementProblem(
        allowed=_allow_places(book),
        costs=tuple(_price_places(book)),
        pairs=tuple(_price_pairs(book)),
        counts=(CountTerm("Crowd control", level, risky, crowds),),
    )
    return TalkInstance(tuple(str(talk["Code"]) for talk in book.talks), problem)
