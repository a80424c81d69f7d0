"""Keeps what one person changed in one act, row by row, so that it can be undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from papers.bulk_rows import RowWriter
from papers.models import Batch, BatchRow, HistoryLine, User, Workshop

Values = dict[str, Any]
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Undoing:
    """How one kind of batch is taken back.

    `find_obstacles` returns a sentence for everything that forbids it; `restore` puts back what each row had before, with a
    history line "undone" for each paper, and is called in a transaction after nothing stood in the way; `tell` says a
    row's state in words.
    """

    find_obstacles: Callable[[Batch, Sequence[BatchRow]], list[str]]
    restore: Callable[[Batch, Sequence[BatchRow], User | None], None]
    tell: Callable[[Values | None], str]


def record_batch(
    workshop: Workshop,
    kind: str,
    title: str,
    rows: Iterable[tuple[int, Values | None, Values | None]],
    *,
    by: User | None,
    nonce: str = "",
) -> Batch:
    """Keep a batch of rows (key of the paper, whole state before, after; None is nothing); call it inside the transaction of the change."""
    kept = list(rows)
    short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
    batch = Batch.objects.create(workshop=workshop, kind=kind, title=short, paper_count=len(kept), by=by, nonce=nonce)
    RowWriter(BatchRow, ("batch_id", "paper_id", "before", "after")).insert((batch.pk, *row) for row in kept)
    return batch


def record_changes(
    batch: Batch,
    lines: Iterable[tuple[int, str, Any, Any]],
    *,
    field: str,
    by: User | None,
    actor: str = "",
    note: str = "",
) -> None:
    """Append a history line for each paper of a batch: key of the paper, action, before, after."""
    names = ("workshop_id", "batch_id", "by_id", "actor", "field", "note", "paper_id", "action", "before", "after")
    known = (batch.workshop_id, batch.pk, by.pk if by else None, actor, field, note)
    RowWriter(HistoryLine, names).insert((*known, *line) for line in lines)
