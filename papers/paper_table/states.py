"""What the paper table shows, as its address says it: search, columns, order, grouping."""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from papers.paper_table.columns import COLUMNS, DEFAULT_COLUMNS
from papers.querysets.table_orders import GROUPS, ORDERS

Sort = tuple[str, bool]
DEFAULT_SORTS: tuple[Sort, ...] = (("number", False),)
PARTS = ("q", "columns", "sort", "group")
MOST_SORTS = 5
# Columns of which the most is what people look for first.
FALLING_FIRST = frozenset({"mean", "spread", "confidence", "reviews", "discussion", "recommendations", "changed", "submitted"})


@dataclass(frozen=True, slots=True)
class TableState:
    """One view of the paper table; `sorts` are names of columns with True for descending, `view` the key of a saved view."""

    q: str = ""
    columns: tuple[str, ...] = DEFAULT_COLUMNS
    sorts: tuple[Sort, ...] = DEFAULT_SORTS
    group: str = ""
    view: int | None = None

    @property
    def sort(self) -> str:
        """Return the order as the address carries it, e.g. -mean,number."""
        return ",".join(f"-{name}" if is_descending else name for name, is_descending in self.sorts)

    @property
    def is_sorted(self) -> bool:
        """Tell whether another order than that of the numbers was asked for."""
        return self.sorts != DEFAULT_SORTS

    def as_values(self) -> dict[str, str]:
        """Return all parts of the state in words, as a saved view keeps them."""
        return {"q": self.q, "columns": ",".join(self.columns), "sort": self.sort, "group": self.group}

    def as_query(self) -> str:
        """Return the query string that shows this view, with its question mark; beside a saved view it says every part."""
        values = self.as_values()
        usual = TableState().as_values()
        told = {"view": str(self.view)} | values if self.view else {name: value for name, value in values.items() if value != usual[name]}
        return f"?{urllib.parse.urlencode(told, safe=',:')}"

    def ask(self, q: str) -> "TableState":
        """Return the same table for another search."""
        return replace(self, q=q)

    def show(self, columns: tuple[str, ...]) -> "TableState":
        """Return the table with these columns."""
        return replace(self, columns=columns)

    def sort_by(self, name: str, *, is_added: bool = False) -> "TableState":
        """Return the table sorted by a column: turned around when it is sorted by it already, alone or after the other columns."""
        held = dict(self.sorts)
        is_only = self.sorts == ((name, held.get(name, False)),)
        turned = not held[name] if name in held and (is_added or is_only) else name in FALLING_FIRST
        if not is_added or self.sorts == DEFAULT_SORTS:
            return replace(self, sorts=((name, turned),))
        return replace(self, sorts=tuple((held | {name: turned}).items())[:MOST_SORTS])


def read_columns(text: str) -> tuple[str, ...]:
    """Return the columns named in `text`, each once; all of the usual ones when it names none."""
    named = tuple(dict.fromkeys(name for name in text.replace(" ", "").split(",") if name in COLUMNS))
    return named or DEFAULT_COLUMNS


def read_sorts(text: str) -> tuple[Sort, ...]:
    """Return the orders named in `text`, the first of each column; that of the numbers when it names none."""
    named: dict[str, bool] = {}
    for word in text.replace(" ", "").split(","):
        name = word.removeprefix("-")
        if name in ORDERS:
            named.setdefault(name, word.startswith("-"))
    return tuple(named.items())[:MOST_SORTS] or DEFAULT_SORTS


def read_state(values: Mapping[str, Any], *, view: int | None = None) -> TableState:
    """Return the state that an address or a saved view describes; what it does not know is passed over."""
    told = {name: str(values.get(name) or "") for name in PARTS}
    return TableState(
        q=told["q"].strip(),
        columns=read_columns(told["columns"]),
        sorts=read_sorts(told["sort"]),
        group=told["group"] if told["group"] in GROUPS else "",
        view=view,
    )
