"""Takes a JSON listing apart into its rows, each with the very text it came in. Pure."""

import json
import re
from typing import Any

# NaN and Infinity are no JSON and no database keeps them; Python's reader would let them through.
_decode = json.JSONDecoder(parse_constant=lambda _: None).raw_decode
_skip_space = re.compile(r"[ \t\n\r]*").match
# What no database takes: NUL, and halves of surrogate pairs. Both arrive escaped, whole pairs too.
_unfit = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")

Row = tuple[Any, bytes]


def split_listing(text: str, key: str) -> tuple[dict[str, Any], list[Row]]:
    """Return the object in `text` and the elements of its list under `key`, each with its source.

    The list itself is left out of the object. Raises ValueError when `text` is not one JSON object with
    such a list.
    """
    document: dict[str, Any] = {}
    rows: list[Row] | None = None
    place = _expect(text, 0, "{")
    while True:
        name, place = _decode(text, place)
        place = _expect(text, place, ":")
        if not isinstance(name, str):
            raise ValueError(f"a name that is no text at {place}")
        if name == key:
            rows, place = _split_rows(text, _expect(text, place, "["))
        else:
            document[name], place = _decode(text, place)
        place = _space(text, place)
        if text[place : place + 1] != ",":
            break
        place = _space(text, place + 1)
    place = _expect(text, place, "}")
    if rows is None or place != len(text):
        raise ValueError(f"no object with a list under {key!r}")
    return document, rows


def read_object(text: str) -> Any:
    """Return the JSON value in `text`, without NaN and infinities."""
    value, place = _decode(text, _space(text, 0))
    if _space(text, place) != len(text):
        raise ValueError("something follows the value")
    return value


def make_storable(value: Any, source: bytes) -> Any:
    """Return a value read from `source` without what a database refuses; most sources need no look at all."""
    if b"\\u" in source and _unfit.search(source):
        return _scrub(value)
    return value


def _scrub(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_scrub(part) for part in value]
    if isinstance(value, dict):
        return {_scrub(name): _scrub(part) for name, part in value.items()}
    return value


def _split_rows(text: str, place: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    if text[place : place + 1] == "]":
        return rows, place + 1
    while True:
        value, end = _decode(text, place)
        rows.append((value, text[place:end].encode()))
        place = _space(text, end)
        if text[place : place + 1] != ",":
            return rows, _expect(text, place, "]")
        place = _space(text, place + 1)


def _space(text: str, place: int) -> int:
    found = _skip_space(text, place)
    return found.end() if found else place


def _expect(text: str, place: int, mark: str) -> int:
    place = _space(text, place)
    if text[place : place + 1] != mark:
        raise ValueError(f"no {mark} at {place}")
    return _space(text, place + 1)
