"""Tells `papers` what the published schedule holds of papers."""

from collections.abc import Sequence

from papers.author_steps import register_place_finder
from papers.batches import register_dependent
from papers.models import Batch, BatchRow, Paper
from papers.naming import begin_with_paper
from papers.zones import format_instant
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


def find_published_places(papers: Sequence[Paper]) -> dict[int, str]:
    """Return where the published schedule has each paper: its first session with the instant in the workshop's zone."""
    slots = Slot.objects.filter(paper__in=[paper.pk for paper in papers], session__workshop__schedule_release__isnull=False)
    places: dict[int, str] = {}
    for slot in slots.select_related("session__workshop").order_by("session__starts_at", "pk"):
        session = slot.session
        told = [str(session), session.room]
        if session.starts_at:
            told.append(format_instant(session.starts_at, session.workshop.zone))
        places.setdefault(slot.paper_id, ", ".join(part for part in told if part))
    return places


def _tell_place(state: dict[str, object] | None) -> tuple[object, object]:
    return (state["outcome"], state["presentation"]) if state else (None, None)


register_dependent(Batch.Kind.DECISIONS, find_scheduled)
register_place_finder(find_published_places)
