"""Reads single values out of a note, whatever shape they came in. Pure."""

import datetime as dt
import re
from typing import Any

from papers.texts import clean_line, clean_text

LARGEST_NUMBER = 2**31 - 1
NUMBER_FIRST = re.compile(r"\s*(-?\d{1,15}(?:\.\d{1,40})?)(?!\d)")
UTC = dt.UTC
LATEST = dt.datetime(9999, 1, 1, tzinfo=UTC).timestamp() * 1000
NUMBERS = (int, float)


def read_content(note: dict[str, Any]) -> dict[str, Any]:
    """Return the plain values of a note's content; a field without a value says nothing and is left out.

    API v2 wraps every value as {"value": ...}, v1 does not.
    """
    content = note.get("content")
    if not isinstance(content, dict):
        return {}
    read = {}
    for key, entry in content.items():
        is_wrapped = isinstance(entry, dict) and ("value" in entry or "readers" in entry)
        value = entry.get("value") if is_wrapped else entry
        if value is not None:
            read[key] = value
    return read


def read_number(value: Any) -> float | None:
    """Return the number of a rating: 8, 7.5, "8: accept, good paper"; nothing for "N/A" and the like."""
    if isinstance(value, str):
        found = NUMBER_FIRST.match(value)
        return float(found.group(1)) if found else None
    if isinstance(value, bool) or not isinstance(value, NUMBERS):
        return None
    return float(value) if -1e15 < value < 1e15 else None


def read_count(value: Any) -> int | None:
    """Return a submission's number; nothing for what is none, negative or beyond what a database keeps."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def read_instant(*values: Any) -> dt.datetime | None:
    """Return the first of `values` that is an instant: milliseconds since the epoch; nothing for null, 0, text and nonsense."""
    for stated in values:
        value = int(stated) if isinstance(stated, str) and stated.isdecimal() and len(stated) < 20 else stated
        if isinstance(value, NUMBERS) and not isinstance(value, bool) and 0 < value < LATEST:
            return dt.datetime.fromtimestamp(value / 1000, tz=UTC)
    return None


def read_text(value: Any) -> str:
    """Return any value as text; nothing as an empty one."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def read_list(value: Any) -> list[Any]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def read_optional_line(value: Any) -> str | None:
    """Return text on one clean line; nothing for an empty one and for anything that is no text."""
    return clean_line(value) or None if isinstance(value, str) else None


def read_optional_text(value: Any) -> str | None:
    """Return text with its lines, cleaned; nothing for anything that is no text."""
    return clean_text(value) if isinstance(value, str) else None


def read_keywords(value: Any) -> tuple[str, ...] | None:
    """Return keywords, from a list or from one line with commas or semicolons."""
    if isinstance(value, str):
        value = re.split(r"[,;]", value)
    if not isinstance(value, list):
        return None
    return tuple(line for part in value if isinstance(part, (str, *NUMBERS)) and (line := clean_line(str(part))))


def list_invitations(note: dict[str, Any]) -> list[str]:
    """Return the invitations of a note: a list on API v2, one on v1."""
    listed = note.get("invitations")
    if isinstance(listed, list) and listed:
        return [part for part in listed if isinstance(part, str)]
    return [note["invitation"]] if isinstance(note.get("invitation"), str) else []


def has_reader(note: dict[str, Any], reader: str) -> bool:
    """Tell whether `reader` may read the note."""
    return reader in read_list(note.get("readers"))
