"""Query strings: which parameters a path knows, and how a listing is sorted and cut into pages."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from standin.answers import Json, reject

LARGEST_PAGE = 1000
PAGING = frozenset({"limit", "offset", "after", "sort", "count", "stream", "select", "cache", "details"})


@dataclass(frozen=True)
class Query:
    """The parameters of one request; a repeated key keeps all its values."""

    values: Mapping[str, list[str]] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def one(self, name: str) -> str | None:
        found = self.values.get(name)
        return found[-1] if found else None

    def many(self, name: str) -> list[str]:
        """Return every value of `name`, repeated or comma-joined."""
        return [part for value in self.values.get(name, []) for part in value.split(",") if part]

    def flag(self, name: str) -> bool:
        return self.one(name) == "true"

    def integer(self, name: str, least: int = 0, most: int | None = None) -> int | None:
        raw = self.one(name)
        if raw is None:
            return None
        try:
            value = int(raw)
        except ValueError:
            raise reject(f"{name} must be integer", "TypeError", path=name, value=raw) from None
        if value < least:
            raise reject(f"{name} must be >= {least}", path=name, value=value)
        if most is not None and value > most:
            raise reject(f"{name} must be <= {most}", path=name, value=value)
        return value

    def without(self, *names: str) -> "Query":
        return Query({name: value for name, value in self.values.items() if name not in names})

    def key(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(sorted((name, tuple(value)) for name, value in self.values.items()))


def check_parameters(query: Query, known: Iterable[str]) -> None:
    """Refuse a parameter that the path does not know; OpenReview closes its query objects."""
    for name in query.values:
        if name not in known:
            message = f"The property {name} must NOT be present"
            raise reject(message, "AdditionalPropertiesError", path=name)


@dataclass(frozen=True)
class Order:
    """A total order: one field, up or down, ties broken by id."""

    name: str
    is_descending: bool

    def key(self, row: Json) -> tuple[Any, str]:
        value = row.get(self.name)
        if self.name == "id":
            return ("", str(row["id"]))
        return (value if isinstance(value, int | float) else 0, str(row["id"]))

    def is_after(self, row: Json, last: Json) -> bool:
        if self.is_descending:
            return self.key(row) < self.key(last)
        return self.key(row) > self.key(last)


def parse_order(query: Query, allowed: Iterable[str], default: str) -> Order:
    """Read `sort=field[:asc|desc]`; a field outside `allowed` is the EnumError of September 2026."""
    raw = query.one("sort") or default
    name, _, direction = raw.partition(":")
    if name not in allowed or direction not in ("", "asc", "desc"):
        values = sorted(allowed)
        message = f"sort must be equal to one of the allowed values: {', '.join(values)}"
        raise reject(message, "EnumError", path="sort", value=raw, allowedValues=values)
    return Order(name, direction == "desc")


def cut_page(rows: list[Json], query: Query, order: Order, find: Callable[[str], Json | None]) -> list[Json]:
    """Return the page of sorted `rows` that offset, after and limit ask for; `find` looks up the row of `after`."""
    limit = query.integer("limit", 1, LARGEST_PAGE) or LARGEST_PAGE
    offset = query.integer("offset") or 0
    if query.flag("stream"):
        return rows
    start = offset
    after = query.one("after")
    if after:
        start += find_start(rows, order, after, find)
    return rows[start : start + limit]


def find_start(rows: list[Json], order: Order, after: str, find: Callable[[str], Json | None]) -> int:
    """Return the index of the first row after `after`, even when that row has moved or gone."""
    last: Json | None = {"id": after} if order.name == "id" else find(after)
    if last is None:
        raise reject(f"after {after} was not found", path="after", value=after)
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        if order.is_after(rows[middle], last):
            high = middle
        else:
            low = middle + 1
    return low


def wants_count(query: Query) -> bool:
    """Tell whether the reply carries `count`: when asked for, or with `offset`."""
    return query.flag("count") or "offset" in query


def select_fields(row: Json, query: Query) -> Json:
    """Keep what `select` names: top-level fields and `content.x`."""
    wanted = query.many("select")
    if not wanted:
        return row
    kept = {name: row[name] for name in wanted if name in row}
    content = {
        name: row["content"][name.removeprefix("content.")]
        for name in wanted
        if name.startswith("content.") and name.removeprefix("content.") in row.get("content", {})
    }
    if content:
        kept["content"] = {name.removeprefix("content."): value for name, value in content.items()}
    return kept
