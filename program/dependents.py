"""Tells `papers` which decisions the published schedule depends on."""

from collections.abc import Sequence

from papers.batches import register_dependent
from papers.models import Batch, BatchRow
from papers.naming import begin_with_paper
from program.models import Slot
from program.schedules import is_schedule_released

ACCEPT = "accept"


def find_scheduled(batch: Batch, rows: Sequence[BatchRow]) -> dict[int, str]:
    """Return the papers with a place in the published schedule that would not be accepted any more, or presented otherwise."""
    losing = {
        row.paper_id: row.paper for row in rows if _tell_place(row.after)[0] == ACCEPT and _tell_place(row.after) != _tell_place(row.before)
    }
    if not losing or not is_schedule_released(batch.workshop):
        return {}
    slots = Slot.objects.filter(session__workshop=batch.workshop, paper__in=losing).select_related("session").order_by("pk")
    return {
        slot.paper_id: f"{begin_with_paper(losing[slot.paper_id])} has a place in the published schedule, in “{slot.session}”."
        for slot in slots
    }


def _tell_place(state: dict[str, object] | None) -> tuple[object, object]:
    return (state["outcome"], state["presentation"]) if state else (None, None)


register_dependent(Batch.Kind.DECISIONS, find_scheduled)
