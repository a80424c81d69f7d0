"""Rows of the database beside the values that they should have."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from typing import Any, Generic, TypeVar

from django.db import models

from program.workshop_files.fields import settle_line

Row = TypeVar("Row")
Entry = TypeVar("Entry")


class Held(Generic[Row, Entry]):
    """A row with the value that it stands for."""

    __slots__ = ("row", "value")

    def __init__(self, row: Row, value: Entry) -> None:
        self.row = row
        self.value = value


def take_fields(cls: type[Entry], row: models.Model, **given: Any) -> Entry:
    """Return an entry whose fields are those of the row, texts in the normal form; `given` takes precedence."""
    names = [one.name for one in fields(cls)]  # type: ignore[arg-type]
    return cls(**{name: given[name] if name in given else _settle(getattr(row, name)) for name in names})


def pair_rows(
    held: Sequence[Held[Row, Entry]], wanted: Sequence[Entry], *keys: Callable[[Entry], Hashable]
) -> tuple[list[Row | None], list[Row]]:
    """Return for each wanted value its row (or nothing), and the rows that nobody wants.

    The keys are tried one after the other; a key that is empty or that several rows share pairs in order.
    """
    rows: list[Row | None] = [None] * len(wanted)
    left = list(held)
    for key in keys:
        by_key: dict[Hashable, list[Held[Row, Entry]]] = {}
        for one in left:
            by_key.setdefault(key(one.value), []).append(one)
        for index, value in enumerate(wanted):
            told = key(value)
            if rows[index] is None and told and by_key.get(told):
                found = by_key[told].pop(0)
                rows[index] = found.row
                left.remove(found)
    return rows, [one.row for one in left]


def save_row(row: models.Model, **values: Any) -> bool:
    """Write the row when it is new or when a value differs; tell whether it was written."""
    changed = [name for name, value in values.items() if row.pk is None or getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if row.pk is None:
        row.save()
    elif changed:
        row.save(update_fields=changed)
    return bool(changed)


def _settle(value: Any) -> Any:
    if isinstance(value, str):
        return settle_line(value)
    if isinstance(value, list):
        return tuple(_settle(inner) for inner in value)
    return value.replace(microsecond=0) if isinstance(value, dt.datetime) else value
