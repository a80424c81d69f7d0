"""Changes that can be undone: all of one or nothing, for 30 days, as long as nothing depends on it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from papers.batch_records import Undoing
from papers.decision_undoing import DECISIONS
from papers.decisions import lock_decisions
from papers.errors import Refusals
from papers.handling_batches import HANDLING
from papers.interests import index_bonds, tell_bond
from papers.models import Batch, BatchRow, User, Workshop
from papers.sight import Sight
from papers.zones import format_instant

KEPT_FOR = dt.timedelta(days=30)
UNDOINGS: dict[str, Undoing] = {Batch.Kind.DECISIONS: DECISIONS, Batch.Kind.HANDLING: HANDLING}

Finder = Callable[[Batch, Sequence[BatchRow]], Mapping[int, str]]
_dependents: dict[str, list[Finder]] = {}


def register_dependent(kind: str, find: Finder) -> None:
    """Let another app say what depends on batches of a kind.

    `find` gets the batch with its rows (each with its paper) and returns, by key of the paper, a sentence for each one that can't
    be undone. It is called from an app's module `dependents`, which is loaded at the start.
    """
    finders = _dependents.setdefault(kind, [])
    if find not in finders:
        finders.append(find)


def undo_batch(batch: Batch, *, by: User | None) -> Batch:
    """Take back all that a batch changed, and return it.

    Refuses with every reason: what was undone before, what is older than 30 days, and what `find_obstacles` finds.
    """
    with transaction.atomic():
        lock_decisions(batch.workshop)
        held = Batch.objects.select_for_update(of=("self",)).select_related("workshop", "undone_by").get(pk=batch.pk)
        rows = list(held.rows.select_related("paper"))
        reasons = find_obstacles(held, by=by, rows=rows)
        if reasons:
            raise Refusals(f"“{held.title}” can't be undone; nothing was changed.", reasons)
        UNDOINGS[held.kind].restore(held, rows, by)
        held.undone_at, held.undone_by = timezone.now(), by
        held.save(update_fields=["undone_at", "undone_by"])
    return held


def find_obstacles(batch: Batch, *, by: User | None, rows: Sequence[BatchRow] | None = None) -> list[str]:
    """Return a sentence for everything that forbids `by` to undo the batch."""
    zone = batch.workshop.zone
    if batch.undone_at:
        return [f"{batch.undone_by or 'Somebody'} has undone it already, on {format_instant(batch.undone_at, zone)}."]
    if timezone.now() - batch.at > KEPT_FOR:
        return [f"It was done on {format_instant(batch.at, zone)}; changes can be undone for {KEPT_FOR.days} days."]
    rows = list(batch.rows.select_related("paper")) if rows is None else rows
    bonds = index_bonds(batch.workshop, by)
    reasons = [tell_bond(row.paper, bonds[row.paper_id]) for row in rows if row.paper_id in bonds]
    lost = batch.paper_count - len(rows)
    if lost:
        reasons.append(f"{lost} of its {batch.paper_count} papers {'is' if lost == 1 else 'are'} not here any more.")
    visible = [row for row in rows if row.paper_id not in bonds]
    reasons += UNDOINGS[batch.kind].find_obstacles(batch, visible)
    for find in _dependents.get(batch.kind, []):
        reasons += find(batch, visible).values()
    return reasons


def find_last_batch(workshop: Workshop) -> Batch | None:
    """Return the newest batch that was not undone."""
    return Batch.objects.filter(workshop=workshop, undone_at__isnull=True).order_by("-at", "-pk").first()


def list_rows(batch: Batch, sight: Sight) -> list[tuple[BatchRow, str, str]]:
    """Return the rows that a person may see, each with what was before and after in words."""
    tell = UNDOINGS[batch.kind].tell
    rows = batch.rows.of_papers_seen(sight.hidden)
    return [(row, tell(row.before), tell(row.after)) for row in rows]
