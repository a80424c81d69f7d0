"""Writes what was changed, by whom, from what, to what."""

from typing import Any

from papers.models import Batch, HistoryLine, Paper, User, Workshop


def record_change(
    workshop: Workshop,
    action: str,
    *,
    by: User | None,
    actor: str = "",
    paper: Paper | None = None,
    field: str = "",
    before: Any = None,
    after: Any = None,
    note: str = "",
    batch: Batch | None = None,
) -> HistoryLine:
    """Append one line; call it inside the transaction of the change itself."""
    return HistoryLine.objects.create(
        workshop=workshop, paper=paper, by=by, actor=actor, action=action, field=field, before=before, after=after, note=note, batch=batch
    )
