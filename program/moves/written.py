"""Moves as forms write them: lists of names with texts, brought to what JSON would hold."""

import dataclasses
import datetime as dt
import json
import typing
from collections.abc import Iterable
from typing import Any

from program.moves.parsing import MOVES

YES = frozenset({"yes", "on", "true"})
LEFT_OUT = frozenset({"day", "position"})  # where a form leaves these empty, it asks for nothing

Written = dict[str, list[str]]


def read_written_moves(pairs: Iterable[tuple[str, str]]) -> list[Any]:
    """Return the moves that a form names in `move`, each with the fields that are its own; what `ways` holds is JSON already.

    A time is written as `date` and `time`, people as rows of `person` and `part`, closures as rows of three.
    What is wrong in them is for `parse_moves` to say.
    """
    written: Written = {}
    for name, value in pairs:
        written.setdefault(name, []).append(value)
    moves: list[Any] = [_read_move(name, written) for name in written.get("move", ())]
    for text in written.get("ways", ()):
        moves += _read_ways(text)
    return moves


def read_written_revisions(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the revisions of the rows that were before somebody's eyes, written as `seen`: key=number."""
    seen = [value.partition("=") for name, value in pairs if name == "seen"]
    return {uid: int(number) for uid, _, number in seen if number.isascii() and number.isdecimal() and len(number) < 10}


def _read_ways(text: str) -> list[Any]:
    try:
        moves = json.loads(text)
    except ValueError:
        return [text]
    return moves if isinstance(moves, list) else [moves]


def _read_move(name: str, written: Written) -> dict[str, Any]:
    cls = MOVES.get(name)
    if cls is None:
        return {"move": name}
    hints = typing.get_type_hints(cls)
    read = {field.name: _read_field(field, hints[field.name], written) for field in dataclasses.fields(cls)}
    return {"move": name, **{key: value for key, value in read.items() if value is not None}}


def _read_field(field: "dataclasses.Field[Any]", hint: Any, written: Written) -> Any:
    """Return what a form wrote for a field; nothing where it has no such field, or leaves it open."""
    rows = {"people": _read_people, "closures": _read_closures}
    if field.name in rows:
        return rows[field.name](written)
    kinds = set(typing.get_args(hint)) or {hint}
    if dt.datetime in kinds:
        return _read_instant(written)
    values = written.get(field.name)
    if not values:
        return None
    if field.name == "kinds":
        return [value for value in values if value]
    text = values[-1].strip()
    if bool in kinds:
        return text in YES
    if int in kinds:
        return _read_number(text, is_needed=field.default is dataclasses.MISSING or field.name in LEFT_OUT)
    is_open = not text and (field.name in LEFT_OUT or bool(kinds & {dt.date, dt.time}))
    return None if is_open else text


def _read_number(text: str, *, is_needed: bool) -> int | str | None:
    """Return a number; an empty text takes the number away where there may be none."""
    if not text:
        return None if is_needed else 0
    digits = text.removeprefix("-").removeprefix("+")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else text


def _read_instant(written: Written) -> str | None:
    if "date" not in written:
        return None
    day, clock = written["date"][-1], written.get("time", [""])[-1]
    return f"{day}T{clock}" if day and clock else day


def _read_people(written: Written) -> list[dict[str, Any]] | None:
    if "part" not in written:
        return None
    rows = zip(written.get("person", []), written["part"], strict=False)
    return [{"person": _read_number(person, is_needed=True), "part": part} for person, part in rows if person]


def _read_closures(written: Written) -> list[dict[str, str]] | None:
    if "closure_starts" not in written:
        return None
    names = ("closure_starts", "closure_ends", "closure_reason")
    rows = zip(*(written.get(name, []) for name in names), strict=False)
    return [{"starts": starts, "ends": ends, "reason": reason} for starts, ends, reason in rows if starts or ends]
