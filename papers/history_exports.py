"""Writes the changes that were found as CSV or JSON, a piece at a time."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from papers.history_words import Names, read_names, tell_side
from papers.models import HistoryLine
from papers.querysets import HistoryQuerySet
from papers.sight import Sight
from papers.spreadsheets import escape_cell
from papers.texts import clean_line

CHUNK = 500
COLUMNS = ("at", "paper", "title", "by", "email", "action", "field", "before", "after", "note", "batch")


@dataclass(frozen=True, slots=True)
class HistoryFormat:
    """A format of the export: its name in addresses, its media type, what writes it."""

    name: str
    media_type: str
    write: Callable[[Sight, HistoryQuerySet], Iterator[bytes]]


def write_csv(sight: Sight, lines: HistoryQuerySet) -> Iterator[bytes]:
    """Yield a line a change, the newest first, before and after in words; safe to open in a spreadsheet."""
    names = read_names(sight.workshop)
    yield _write_rows([COLUMNS])
    for chunk in walk_chunks(lines):
        yield _write_rows(_list_cells(line, names) for line in chunk)


def write_json(sight: Sight, lines: HistoryQuerySet) -> Iterator[bytes]:
    """Yield one JSON object: an object a change under `history`, the newest first, before and after as they are kept."""
    yield b'{"history": ['
    for place, line in enumerate(chain.from_iterable(walk_chunks(lines))):
        yield (",\n" if place else "\n").encode() + json.dumps(_describe(line), ensure_ascii=False).encode("utf-8", "replace")
    yield b"\n]}\n"


def walk_chunks(lines: HistoryQuerySet) -> Iterator[list[HistoryLine]]:
    """Yield all lines, the newest first, some at a time: no query stays open while the reader is slow."""
    ordered = lines.for_history_page()
    chunk = list(ordered[:CHUNK])
    while chunk:
        yield chunk
        chunk = list(ordered.older_than(chunk[-1])[:CHUNK]) if len(chunk) == CHUNK else []


def _write_rows(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue().encode("utf-8", "replace")


def _list_cells(line: HistoryLine, names: Names) -> list[str]:
    cells = (
        _write_instant(line.at),
        "" if line.paper is None or line.paper.number is None else str(line.paper.number),
        line.paper.title if line.paper else "",
        str(line.by) if line.by else line.actor,
        line.by.email if line.by else "",
        line.action,
        line.field,
        tell_side(line.field, line.before, names),
        tell_side(line.field, line.after, names),
        line.note,
        "" if line.batch_id is None else str(line.batch_id),
    )
    return [escape_cell(clean_line(cell)) for cell in cells]


def _describe(line: HistoryLine) -> dict[str, Any]:
    return {
        "at": _write_instant(line.at),
        "paper": {"number": line.paper.number, "note_id": line.paper.note_id, "title": line.paper.title} if line.paper else None,
        "by": {"name": line.by.name, "email": line.by.email} if line.by else None,
        "actor": line.actor,
        "action": line.action,
        "field": line.field,
        "before": line.before,
        "after": line.after,
        "note": line.note,
        "batch": line.batch_id,
    }


def _write_instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


FORMATS = {
    one.name: one
    for one in (
        HistoryFormat("csv", "text/csv; charset=utf-8", write_csv),
        HistoryFormat("json", "application/json", write_json),
    )
}
