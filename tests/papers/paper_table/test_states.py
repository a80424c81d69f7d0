"""What an address of the paper table means."""

from typing import Any

import pytest

from papers.paper_table.columns import DEFAULT_COLUMNS
from papers.paper_table.states import TableState, read_state


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, TableState()),
        ({"q": "  dec:none "}, TableState(q="dec:none")),
        ({"columns": "title, mean,title,nonsense"}, TableState(columns=("title", "mean"))),
        ({"columns": "nonsense"}, TableState()),
        ({"sort": "-mean,number"}, TableState(sorts=(("mean", True), ("number", False)))),
        ({"sort": "mean,-mean,scores,nonsense"}, TableState(sorts=(("mean", False),))),
        (
            {"sort": "mean,spread,reviews,title,track,changed"},
            TableState(sorts=tuple((name, False) for name in ("mean", "spread", "reviews", "title", "track"))),
        ),
        ({"group": "track"}, TableState(group="track")),
        ({"group": "mean"}, TableState()),
        ({"q": None, "sort": None}, TableState()),
    ],
)
def test_address_is_read(asked: dict[str, Any], expected: TableState) -> None:
    assert read_state(asked) == expected


def test_address_says_what_differs_only() -> None:
    assert TableState().as_query() == "?"
    state = TableState(q="a b&c", columns=("title",), sorts=(("mean", True), ("number", False)), group="track")
    assert state.as_query() == "?q=a+b%26c&columns=title&sort=-mean,number&group=track"


def test_address_beside_a_saved_view_says_everything() -> None:
    columns = ",".join(DEFAULT_COLUMNS)
    assert TableState(view=7).as_query() == f"?view=7&q=&columns={columns}&sort=number&group="


def test_state_comes_back_from_its_values() -> None:
    state = TableState(q="dec:none", columns=("title", "mean"), sorts=(("mean", True),), group="decision")
    assert read_state(state.as_values()) == state


@pytest.mark.parametrize(
    ("sorts", "name", "expected"),
    [
        ((("number", False),), "title", "title"),
        ((("number", False),), "mean", "-mean"),
        ((("mean", True),), "mean", "mean"),
        ((("mean", False),), "mean", "-mean"),
        ((("mean", True), ("title", False)), "mean", "-mean"),
        ((("number", False),), "number", "-number"),
    ],
)
def test_click_sorts_by_a_column(sorts: tuple[tuple[str, bool], ...], name: str, expected: str) -> None:
    assert TableState(sorts=sorts).sort_by(name).sort == expected


@pytest.mark.parametrize(
    ("sorts", "name", "expected"),
    [
        ((("number", False),), "mean", "-mean"),
        ((("mean", True),), "title", "-mean,title"),
        ((("mean", True), ("title", False)), "mean", "mean,title"),
        ((("mean", True), ("title", False)), "title", "-mean,-title"),
        (tuple((name, False) for name in ("mean", "spread", "reviews", "title", "track")), "changed", "mean,spread,reviews,title,track"),
    ],
)
def test_click_with_shift_adds_a_column(sorts: tuple[tuple[str, bool], ...], name: str, expected: str) -> None:
    assert TableState(sorts=sorts).sort_by(name, is_added=True).sort == expected
