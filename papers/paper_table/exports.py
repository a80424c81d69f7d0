"""Writes what the paper table shows as CSV, XLSX or JSON, neither more nor less."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from papers.paper_table.columns import COLUMNS, CONFLICT, Column, list_facts
from papers.paper_table.rows import Row, read_rows
from papers.paper_table.states import TableState
from papers.sight import Sight
from papers.spreadsheets import CSV_TYPE, XLSX_TYPE, stream_csv, stream_xlsx
from papers.texts import clean_line

CHUNK = 500
BESIDE_TITLE = ("authors", "standing")  # what the table shows in the cell of the title


@dataclass(frozen=True, slots=True)
class TableFormat:
    """A format of the export: its name in addresses, its media type, what writes it from the values of the rows."""

    name: str
    media_type: str
    write: Callable[[Sight, Sequence[int], Sequence[Column]], Iterator[bytes]]


def list_exported(state: TableState) -> tuple[Column, ...]:
    """Return the columns of an export: those shown, and after the title what stands in its cell."""
    names: list[str] = []
    for name in state.columns:
        names += [name, *(beside for beside in BESIDE_TITLE if name == "title" and beside not in state.columns)]
    return tuple(COLUMNS[name] for name in names)


def read_values(sight: Sight, pks: Sequence[int], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """Yield the values of each paper; what its reader must not see says so."""
    facts = list_facts(columns)
    for start in range(0, len(pks), CHUNK):
        for row in read_rows(sight, pks[start : start + CHUNK], facts):
            yield [_read_value(row, column) for column in columns]


def _read_value(row: Row, column: Column) -> Any:
    value = CONFLICT if column.is_hidden_in(row) else column.read(row)
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, dt.datetime) else value


def _write_line(value: Any) -> str | int | float:
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return "; ".join(clean_line(str(part)).replace(";", ",") for part in value)
    return "" if value is None else clean_line(value)


def write_csv(sight: Sight, pks: Sequence[int], columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield a table of comma-separated values, a line a paper, safe to open in a spreadsheet."""
    return stream_csv(_read_lines(sight, pks, columns))


def write_json(sight: Sight, pks: Sequence[int], columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield one JSON object: an object a paper under `papers`, by the names of the columns."""
    yield b'{"papers": ['
    for place, values in enumerate(read_values(sight, pks, columns)):
        told = {column.name: value for column, value in zip(columns, values, strict=True)}
        yield (",\n" if place else "\n").encode() + json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    yield b"\n]}\n"


def write_xlsx(sight: Sight, pks: Sequence[int], columns: Sequence[Column]) -> Iterator[bytes]:
    """Yield a workbook of one sheet whose cells are text or numbers, never formulas."""
    return stream_xlsx(_read_lines(sight, pks, columns), title="Papers")


def _read_lines(sight: Sight, pks: Sequence[int], columns: Sequence[Column]) -> Iterator[list[str | int | float]]:
    yield [column.title for column in columns]
    for values in read_values(sight, pks, columns):
        yield [_write_line(value) for value in values]


FORMATS = {
    one.name: one
    for one in (
        TableFormat("csv", CSV_TYPE, write_csv),
        TableFormat("xlsx", XLSX_TYPE, write_xlsx),
        TableFormat("json", "application/json", write_json),
    )
}
