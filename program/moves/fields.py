"""Readers of the values that moves are made of, as they come in JSON."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from program.listings.wording import KIND_WORDS
from program.local_times import NoSuchTime, read_instant
from program.moves.rows import Part
from program.workshop_files import fields
from program.workshop_files.entries import entry, read_entries
from program.workshop_files.fields import MISTAKEN, Read, items, whole_number
from program.workshop_files.mistakes import Reader, show_value, suggest

KEY = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
LONGEST_MINUTES = 24 * 60
PARTS = ("speaker", "panelist", "moderator", "chair")
TALKS = ("winner-talk", "invited-talk")

minutes = whole_number(" of minutes", 1, LONGEST_MINUTES)
minutes_or_none = whole_number(" of minutes", 0, LONGEST_MINUTES)
shift = whole_number(" of minutes", -LONGEST_MINUTES, LONGEST_MINUTES)
position = whole_number("", 1, 10_000)
number = whole_number("", 1, 2_000_000_000)
number_or_none = whole_number("", 0, 2_000_000_000)
board = whole_number(" of a board", 1, 100_000)
board_or_none = whole_number(" of a board", 0, 100_000)


def key(reader: Reader, value: Any, path: str) -> Any:
    """Read the key of a row."""
    if isinstance(value, str) and KEY.fullmatch(value):
        return value
    reader.refuse(path, f"write the key of a row: small letters, digits, hyphens, not {show_value(value)}.")
    return MISTAKEN


def key_or_none(reader: Reader, value: Any, path: str) -> Any:
    """Read the key of a row, or an empty text that takes away."""
    return "" if value == "" else key(reader, value, path)


def instant(reader: Reader, value: Any, path: str) -> Any:
    """Read a local time as a UTC instant; says what to write where clocks never show it, or twice."""
    try:
        if isinstance(value, str):
            return read_instant(value, reader.zone)
        raise NoSuchTime(f"write day and time as 2025-06-12T08:30, not {show_value(value)}.")
    except NoSuchTime as problem:
        reader.refuse(path, str(problem))
        return MISTAKEN


def instant_or_none(reader: Reader, value: Any, path: str) -> Any:
    """Read a local time as a UTC instant, or an empty text that takes away."""
    return "" if value == "" else instant(reader, value, path)


def clock(reader: Reader, value: Any, path: str) -> Any:
    """Read a time of day: 8:30."""
    found = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found:
        return dt.time(int(found[1]), int(found[2]))
    reader.refuse(path, f"write a time of day as 8:30, not {show_value(value)}.")
    return MISTAKEN


def one_of(words: Iterable[str]) -> Read:
    """Read one of some words."""
    known = tuple(words)

    def read(reader: Reader, value: Any, path: str) -> Any:
        if isinstance(value, str) and value in known:
            return value
        hint = suggest(value, known) if isinstance(value, str) else ""
        reader.refuse(path, f"write one of {', '.join(known)}, not {show_value(value)}.{hint}")
        return MISTAKEN

    return read


kind = one_of(KIND_WORDS)
kinds = items(kind, most=len(KIND_WORDS))


def people(reader: Reader, value: Any, path: str) -> Any:
    """Read who does what in a session: a list of {"person", "part"}."""
    told = items(_read_part, most=200)(reader, value, path)
    if told is not MISTAKEN and len(set(told)) < len(told):
        reader.refuse(path, "somebody has the same part twice.")
        return MISTAKEN
    return told


def _read_part(reader: Reader, value: Any, path: str) -> Any:
    if not isinstance(value, dict) or set(value) != {"person", "part"}:
        reader.refuse(path, f"write an object with person, part, not {show_value(value)}.")
        return MISTAKEN
    person = number(reader, value["person"], f"{path}.person")
    part = one_of(PARTS)(reader, value["part"], f"{path}.part")
    return MISTAKEN if MISTAKEN in (person, part) else Part(person, part)


__all__ = ["entry", "fields", "items", "read_entries"]
