"""Tells `papers` what the published schedule holds of papers."""

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from papers.author_steps import Offer, Place, register_offer, register_place_finder
from papers.batches import register_dependent
from papers.models import Batch, BatchRow, Paper, Workshop
from papers.naming import begin_with_paper
from program.published_rows import PublishedSlot, list_published_slots
from program.schedules import is_schedule_released

ACCEPT = "accept"


def find_scheduled(batch: Batch, rows: Sequence[BatchRow]) -> dict[int, str]:
    """Return the papers with a place in the published schedule that would not be accepted any more, or presented otherwise."""
    losing = {
        row.paper_id: row.paper for row in rows if _tell_place(row.after)[0] == ACCEPT and _tell_place(row.after) != _tell_place(row.before)
    }
    if not losing or not is_schedule_released(batch.workshop):
        return {}
    return {
        placed.paper: f"{begin_with_paper(losing[placed.paper])} has a place in the published schedule, in “{placed.session_name}”."
        for placed in reversed(list_published_slots(batch.workshop))
        if placed.paper in losing
    }


def find_published_places(papers: Sequence[Paper]) -> dict[int, Place]:
    """Return where the published schedule has each paper: its first session, and when its own part of it is, as far as that is known."""
    asked = {paper.pk for paper in papers}
    workshops = Workshop.objects.filter(pk__in={paper.workshop_id for paper in papers}, schedule_release__isnull=False).order_by("pk")
    places: dict[int, Place] = {}
    for workshop in workshops:
        for placed in list_published_slots(workshop):
            if placed.paper in asked:
                places.setdefault(placed.paper, _make_place(placed, workshop))
    return places


def offer_calendar(workshop: Workshop) -> Offer:
    """Return the page on which authors subscribe to their calendar."""
    return Offer("Subscribe to my calendar", reverse("author-calendar", args=[workshop.slug]))


def _make_place(placed: PublishedSlot, workshop: Workshop) -> Place:
    words = ", ".join(part for part in (placed.session_name, placed.room or workshop.room) if part)
    if placed.starts_at is None or placed.minutes is None:
        return Place(words, placed.session.starts_at, placed.session.ends_at)
    return Place(words, placed.starts_at, placed.starts_at + dt.timedelta(minutes=placed.minutes))


def _tell_place(state: dict[str, object] | None) -> tuple[object, object]:
    return (state["outcome"], state["presentation"]) if state else (None, None)


register_dependent(Batch.Kind.DECISIONS, find_scheduled)
register_place_finder(find_published_places)
register_offer(offer_calendar)
