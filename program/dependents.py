"""Tells `papers` what the published schedule holds of papers."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from papers.author_steps import Place, register_place_finder
from papers.batches import register_dependent
from papers.models import Batch, BatchRow, Paper
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
        if slot.paper_id is not None
    }


def find_published_places(papers: Sequence[Paper]) -> dict[int, Place]:
    """Return where the published schedule has each paper: its first session, and when its own part of it is, as far as that is known."""
    slots = Slot.objects.filter(paper__in=[paper.pk for paper in papers], session__workshop__schedule_release__isnull=False)
    places: dict[int, Place] = {}
    held = list(slots.select_related("session__workshop", "session__room").order_by("session__starts_at", "pk"))
    before = _count_minutes_before(held)
    for slot in held:
        assert slot.paper_id is not None
        places.setdefault(slot.paper_id, _make_place(slot, before.get(slot.pk)))
    return places


def _count_minutes_before(slots: Sequence[Slot]) -> dict[int, int]:
    """Return how many minutes of its session are over when a slot begins; nothing where a slot before it has no minutes."""
    before: dict[int, int] = {}
    for _, neighbors in groupby(
        Slot.objects.filter(session__in={slot.session_id for slot in slots}).order_by("session", "position", "pk"),
        key=lambda slot: slot.session_id,
    ):
        over = 0
        for slot in neighbors:
            if slot.minutes is None:
                break
            before[slot.pk] = over
            over += slot.minutes
    return before


def _make_place(slot: Slot, before: int | None) -> Place:
    session = slot.session
    words = ", ".join(part for part in (str(session), session.room_name or session.workshop.room) if part)
    if session.starts_at is None:
        return Place(words)
    if before is not None and slot.minutes is not None:
        starts_at = session.starts_at + dt.timedelta(minutes=before)
        return Place(words, starts_at, starts_at + dt.timedelta(minutes=slot.minutes))
    ends_at = session.starts_at + dt.timedelta(minutes=session.minutes) if session.minutes else None
    return Place(words, session.starts_at, ends_at)


def _tell_place(state: dict[str, object] | None) -> tuple[object, object]:
    return (state["outcome"], state["presentation"]) if state else (None, None)


register_dependent(Batch.Kind.DECISIONS, find_scheduled)
register_place_finder(find_published_places)
