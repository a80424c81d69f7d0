"""Inserts many rows of a model from plain tuples, many times as fast as from objects."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from typing import Any

from django.db import connection, models
from django.utils import timezone

# So many values SQLite took in one statement before 2020; Django itself keeps below that.
MOST_VALUES = 999


class RowWriter:
    """Writes rows of one model into the columns named, by attribute name; the other columns get the model's defaults.

    It goes around the objects, not around the database: constraints and transactions hold as ever. Make a
    new one for each batch, because `auto_now_add` columns get the time at which it was made. With `key`, a unique
    column among those named, a row that is there already gets the named values instead.
    """

    def __init__(self, model: type[models.Model], names: tuple[str, ...], *, key: str = "") -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
        rest = [name for name in fields if name not in names]
        self._defaults = tuple(fields[name].get_db_prep_save(_find_default(fields[name]), connection) for name in rest)
        adapters = [(place, _find_adapter(fields[name])) for place, name in enumerate(names)]
        self._adapters = [(place, adapt) for place, adapt in adapters if adapt]
        quote, columns = connection.ops.quote_name, [str(fields[name].column) for name in (*names, *rest)]
        self._start = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))}) VALUES "  # noqa: S608 (own names)
        changed = [quote(str(fields[name].column)) for name in names if name != key]
        taken = ", ".join(f"{column} = EXCLUDED.{column}" for column in changed)
        update = f" ON CONFLICT ({quote(str(fields[key].column))}) DO UPDATE SET {taken}" if key else ""
        self._row = f"({', '.join(['%s'] * len(columns))})"
        self._update = update
        self._returning = f" RETURNING {quote(str(model._meta.pk.column))}" if model._meta.pk else ""
        self._rows_at_once = max(1, MOST_VALUES // len(columns))

    def insert(self, rows: Iterable[Sequence[Any]]) -> None:
        """Insert rows; call it inside a transaction."""
        prepared = [self._adapt(row) for row in rows]
        if prepared:
            with connection.cursor() as cursor:
                cursor.executemany(self._start + self._row + self._update, prepared)

    def insert_for_keys(self, rows: Iterable[Sequence[Any]]) -> list[int]:
        """Insert rows and return their keys in the same order; call it inside a transaction."""
        keys, waiting = list[int](), iter(rows)
        with connection.cursor() as cursor:
            while some := [self._adapt(row) for row in islice(waiting, self._rows_at_once)]:
                statement = self._start + ", ".join([self._row] * len(some)) + self._update + self._returning
                cursor.execute(statement, [value for row in some for value in row])
                keys += [key for (key,) in cursor.fetchall()]
        return keys

    def _adapt(self, row: Sequence[Any]) -> list[Any]:
        values = [*row, *self._defaults]
        for place, adapt in self._adapters:
            if values[place] is not None:
                values[place] = adapt(values[place])
        return values


def _find_adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return what makes a database value of a Python one; nothing where they are the same."""
    if isinstance(field, models.JSONField):
        return _make_json_adapter(partial(connection.ops.adapt_json_value, encoder=field.encoder))
    if isinstance(field, models.DateTimeField):
        return _write_instant if connection.vendor == "sqlite" else None
    return None


def _make_json_adapter(adapt: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return `adapt` with its answers for an empty list and an empty object at hand: most lists are empty."""
    empty_list, empty_object = adapt([]), adapt({})

    def adapt_quickly(value: Any) -> Any:
        if value == []:
            return empty_list
        return empty_object if value == {} else adapt(value)

    return adapt_quickly


def _write_instant(value: dt.datetime) -> str:
    """Return an aware instant as Django writes it into SQLite: in UTC, without saying so."""
    in_utc = value if value.tzinfo is dt.UTC else value.astimezone(dt.UTC)
    return str(in_utc.replace(tzinfo=None))


def _find_default(field: models.Field[Any, Any]) -> Any:
    return timezone.now() if getattr(field, "auto_now_add", False) else field.get_default()
