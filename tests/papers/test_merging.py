"""The three-way merge of one field."""

from typing import Any

import pytest

from papers.merging import CONFLICT, KEEP, TAKE, UNKNOWN, Merged, merge_field

CASES: list[tuple[str, Any, Any, Any, Merged]] = [
    ("nothing said upstream", "a", UNKNOWN, "b", KEEP),
    ("nothing said ever", UNKNOWN, UNKNOWN, "b", KEEP),
    ("nobody changed", "a", "a", "a", KEEP),
    ("only we changed", "a", "a", "b", KEEP),
    ("only upstream changed", "a", "b", "a", TAKE),
    ("both changed alike", "a", "b", "b", KEEP),
    ("both changed differently", "a", "b", "c", CONFLICT),
    ("first word, we have nothing", UNKNOWN, "b", None, TAKE),
    ("first word, we have an empty text", UNKNOWN, "b", "", TAKE),
    ("first word, we have an empty list", UNKNOWN, ["b"], [], TAKE),
    ("first word, we have the same", UNKNOWN, "b", "b", KEEP),
    ("first word, we have another", UNKNOWN, "b", "c", CONFLICT),
    ("first word true, ours is false", UNKNOWN, True, False, CONFLICT),
    ("emptied upstream", "a", "", "a", TAKE),
    ("emptied upstream, changed here", "a", "", "b", CONFLICT),
    ("taken back upstream", {"outcome": "accept"}, None, {"outcome": "accept"}, TAKE),
    ("lists keep their order", ["a", "b"], ["b", "a"], ["a", "b"], TAKE),
]


@pytest.mark.parametrize(("base", "upstream", "local", "outcome"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_merge_decides_by_what_was_last_agreed(base: Any, upstream: Any, local: Any, outcome: Merged) -> None:
    assert merge_field(base=base, upstream=upstream, local=local) == outcome
