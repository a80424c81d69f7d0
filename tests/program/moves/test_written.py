"""Moves as forms write them come out as JSON would hold them."""

import json
from typing import Any

import pytest

from program.moves.written import read_written_moves, read_written_revisions


@pytest.mark.parametrize(
    ("pairs", "moves"),
    [
        (
            [("move", "place-session"), ("session", "s"), ("date", "2026-06-17"), ("time", "09:00"), ("room", "")],
            [{"move": "place-session", "session": "s", "starts": "2026-06-17T09:00", "room": ""}],
        ),
        (
            [("move", "place-session"), ("session", "s"), ("date", ""), ("time", "09:00")],
            [{"move": "place-session", "session": "s", "starts": ""}],
        ),
        (
            [("move", "place-session"), ("move", "edit-session"), ("session", "s"), ("room", "hall"), ("minutes", "")],
            [{"move": "place-session", "session": "s", "room": "hall"}, {"move": "edit-session", "session": "s", "minutes": 0}],
        ),
        (
            [("move", "edit-session"), ("session", "s"), ("person", "3"), ("part", "chair"), ("person", ""), ("part", "speaker")],
            [{"move": "edit-session", "session": "s", "people": [{"person": 3, "part": "chair"}]}],
        ),
        (
            [("move", "place-slot"), ("slot", "a"), ("session", "s"), ("position", "")],
            [{"move": "place-slot", "slot": "a", "session": "s"}],
        ),
        (
            [("move", "resize-session"), ("session", "s"), ("minutes", "many")],
            [{"move": "resize-session", "session": "s", "minutes": "many"}],
        ),
        ([("move", "resize-session"), ("session", "s"), ("minutes", "")], [{"move": "resize-session", "session": "s"}]),
        (
            [("move", "shift"), ("session", "s"), ("minutes", "-10"), ("scope", "day"), ("with_it", "no")],
            [{"move": "shift", "session": "s", "minutes": -10, "scope": "day", "with_it": False}],
        ),
        ([("move", "pin"), ("item", "s"), ("is_pinned", "no"), ("is_pinned", "yes")], [{"move": "pin", "item": "s", "is_pinned": True}]),
        ([("move", "clear"), ("what", "papers"), ("day", "")], [{"move": "clear", "what": "papers"}]),
        (
            [("move", "add-day"), ("on", "2026-06-17"), ("starts", "09:00"), ("ends", "")],
            [{"move": "add-day", "on": "2026-06-17", "starts": "09:00"}],
        ),
        (
            [("move", "swap"), ("first", "a"), ("second", "b")],
            [{"move": "swap", "first": "a", "second": "b"}],
        ),
        (
            [
                ("move", "edit-room"),
                ("room", "hall"),
                ("kinds", ""),
                ("kinds", "oral"),
                ("closure_starts", "2026-06-17T09:00"),
                ("closure_ends", "2026-06-17T10:00"),
                ("closure_reason", "Cleaning"),
                ("closure_starts", ""),
                ("closure_ends", ""),
                ("closure_reason", ""),
            ],
            [
                {
                    "move": "edit-room",
                    "room": "hall",
                    "kinds": ["oral"],
                    "closures": [{"starts": "2026-06-17T09:00", "ends": "2026-06-17T10:00", "reason": "Cleaning"}],
                }
            ],
        ),
        ([("move", "fly"), ("session", "s")], [{"move": "fly"}]),
        ([("session", "s")], []),
        (
            [("ways", json.dumps([{"move": "pin"}])), ("ways", json.dumps({"move": "swap"})), ("ways", "[")],
            [{"move": "pin"}, {"move": "swap"}, "["],
        ),
    ],
)
def test_forms_are_read_as_moves(pairs: list[tuple[str, str]], moves: list[Any]) -> None:
    assert read_written_moves(pairs) == moves


def test_revisions_are_read_where_they_are_numbers() -> None:
    pairs = [("seen", "a=12"), ("seen", "b=x"), ("seen", "c"), ("seen", "d=1234567890"), ("move", "pin")]
    assert read_written_revisions(pairs) == {"a": 12}
