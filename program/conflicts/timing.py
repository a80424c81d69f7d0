"""When sessions and their parts are held."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from papers.zones import add_minutes
from program.conflicts.values import DraftSession, DraftSlot
from program.listings import ListedSession
from program.listings.wording import name_clock, name_session


@dataclass(frozen=True, slots=True)
class Timed:
    """A session with its start and end; without minutes it lasts until the next one of its day, and has no end where there is none."""

    session: ListedSession
    starts_at: dt.datetime
    ends_at: dt.datetime | None


def time_sessions(sessions: Sequence[ListedSession]) -> list[Timed]:
    """Return the sessions that have a start in the order of the day, those of one start by their keys."""
    started = [(session.starts_at, session) for session in sessions if session.starts_at is not None]
    started.sort(key=lambda one: (one[0].timestamp(), one[1].uid))
    starts = [start for start, _ in started]
    return [Timed(session, start, _find_end(session, start, starts)) for start, session in started]


def time_slots(session: DraftSession, timed: Timed) -> list[tuple[DraftSlot, dt.datetime, dt.datetime | None]]:
    """Return each slot with its start and end: as far as minutes are known one after the other, else as long as the session.

    Posters are all shown as long as their session is.
    """
    found: list[tuple[DraftSlot, dt.datetime, dt.datetime | None]] = []
    start: dt.datetime | None = timed.starts_at
    for slot in session.slots:
        if session.kind == "poster" or start is None or slot.minutes is None:
            found.append((slot, start or timed.starts_at, timed.ends_at))
            start = start if session.kind == "poster" else None
        else:
            end = add_minutes(start, slot.minutes)
            found.append((slot, start, end))
            start = end
    return found


def describe_session(session: ListedSession) -> str:
    """Return a session for a sentence: “Introduction” (8:30, 10 min)."""
    if session.starts_at is None:
        return f"“{name_session(session)}” (no start yet)"
    length = "" if session.minutes is None else f", {session.minutes} min"
    return f"“{name_session(session)}” ({name_clock(session.starts_at)}{length})"


def count_minutes(start: dt.datetime, end: dt.datetime) -> int:
    """Return the whole minutes between two instants."""
    return int((end - start).total_seconds()) // 60


def write_start(at: dt.datetime) -> str:
    """Return an instant as moves take it, with its distance from UTC, so that it is that very instant."""
    return at.isoformat(timespec="minutes")


def _find_end(session: ListedSession, start: dt.datetime, starts: Sequence[dt.datetime]) -> dt.datetime | None:
    if session.minutes is not None:
        return add_minutes(start, session.minutes)
    place = bisect_right(starts, start)
    return starts[place] if place < len(starts) and starts[place].date() == start.date() else None
