"""Stage 4: what is said on the day itself: what began, what ended, whose delay the world is told."""

import datetime as dt

from django.db import transaction

from papers.errors import Refusal
from papers.history import record_change
from papers.models import User, Workshop
from papers.zones import format_instant
from program.listings.wording import name_session
from program.live.following import Mark
from program.models import LiveMark, ToldDelay
from program.published_rows import list_published_sessions

NEAR = dt.timedelta(hours=12)  # what is planned for another day is marked by mistake


def mark_started(workshop: Workshop, item: str, *, by: User, at: dt.datetime) -> LiveMark:
    """Note that a session, paper or talk begins now; saying it twice changes nothing.

    Refuses what the published program does not hold, and what is planned for another time of the week.
    """
    with transaction.atomic():
        mark, name = _reach_mark(workshop, item, at)
        if mark.started_at is None and mark.ended_at is None:
            mark.started_at, mark.by = at, by
            _keep(mark, f"{name} began", by=by)
        return mark


def mark_ended(workshop: Workshop, item: str, *, by: User, at: dt.datetime) -> LiveMark:
    """Note that a session, paper or talk ends now; saying it twice changes nothing; refuses as `mark_started` does."""
    with transaction.atomic():
        mark, name = _reach_mark(workshop, item, at)
        if mark.ended_at is None:
            mark.ended_at, mark.by = max(at, mark.started_at or at), by
            _keep(mark, f"{name} ended", by=by)
        return mark


def clear_mark(workshop: Workshop, item: str, *, by: User) -> None:
    """Take back what was said of a session, paper or talk; nothing where nothing was said."""
    with transaction.atomic():
        for mark in LiveMark.objects.select_for_update().filter(workshop=workshop, item=item):
            name = find_names(workshop).get(item, item)
            record_change(workshop, "taken back", by=by, field="live", before=name)
            mark.delete()


def tell_delay(workshop: Workshop, room: str, *, by: User) -> None:
    """Let the public program say how late a room runs."""
    with transaction.atomic():
        _, is_new = ToldDelay.objects.get_or_create(workshop=workshop, room=room, defaults={"by": by})
        if is_new:
            record_change(workshop, "told", by=by, field="live", after=f"delay in {room or workshop.short_name}")


def hide_delay(workshop: Workshop, room: str, *, by: User) -> None:
    """Let the public program say no more how late a room runs."""
    with transaction.atomic():
        count, _ = ToldDelay.objects.filter(workshop=workshop, room=room).delete()
        if count:
            record_change(workshop, "not told", by=by, field="live", before=f"delay in {room or workshop.short_name}")


def list_marks(workshop: Workshop) -> dict[str, Mark]:
    """Return what was said, by key of session or slot."""
    return {mark.item: Mark(mark.started_at, mark.ended_at) for mark in workshop.live_marks.all()}


def list_told_rooms(workshop: Workshop) -> frozenset[str]:
    """Return the names of the rooms whose delay the world is told."""
    return frozenset(workshop.told_delays.values_list("room", flat=True))


def find_names(workshop: Workshop) -> dict[str, str]:
    """Return what the sessions, papers and talks of the published program are called, by key."""
    sessions = list_published_sessions(workshop)
    return {session.uid: name_session(session) for session in sessions} | {slot.uid: slot.name for one in sessions for slot in one.held}


def _reach_mark(workshop: Workshop, item: str, at: dt.datetime) -> tuple[LiveMark, str]:
    """Return the mark of an item, a new one where there is none, with the name of the item."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)
    session, name = next(
        (
            (session, name)
            for session in list_published_sessions(workshop)
            for uid, name in ((session.uid, name_session(session)), *((slot.uid, slot.name) for slot in session.held))
            if uid == item
        ),
        (None, ""),
    )
    if session is None:
        raise Refusal("The published program holds this no more; load the page again.", subject=workshop)
    if session.starts_at is None or abs(session.starts_at - at) > NEAR:
        when = f"is planned for {format_instant(session.starts_at, workshop.zone)}" if session.starts_at else "has no time"
        raise Refusal(f"“{name}” {when}, so it can't begin or end now.", subject=workshop)
    return LiveMark.objects.filter(workshop=workshop, item=item).first() or LiveMark(workshop=workshop, item=item), name


def _keep(mark: LiveMark, words: str, *, by: User) -> None:
    mark.save()
    record_change(mark.workshop, "noted", by=by, field="live", after=words)
