"""Reads one day of the published program with what was said of it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from papers.models import Workshop
from papers.zones import find_zone
from program.listings import ListedSession
from program.listings.wording import name_clock
from program.live.days import LiveRoom, choose_date, find_told_delays, list_dates, list_rooms
from program.live_marks import list_marks, list_told_rooms
from program.published_rows import list_published_sessions


@dataclass(frozen=True, slots=True)
class LiveDay:
    """A day as the live page shows it at `now`; `on` is missing while nothing with a time is published."""

    on: dt.date | None
    dates: tuple[dt.date, ...]
    rooms: tuple[LiveRoom, ...]
    told: frozenset[str]
    now: dt.datetime

    @property
    def clock(self) -> str:
        """Return the time of day there."""
        return name_clock(self.now)

    @property
    def today(self) -> dt.date:
        """Return the date there."""
        return self.now.date()

    @property
    def is_today(self) -> bool:
        """Tell whether it is the day on which one looks, by the workshop's clocks."""
        return self.on == self.today


def read_live_day(workshop: Workshop, *, now: dt.datetime, asked: dt.date | None = None) -> LiveDay:
    """Return the day that is asked for; without one today, else the next of the program, else its last."""
    sessions = list_published_sessions(workshop)
    local, dates = now.astimezone(find_zone(workshop.zone)), list_dates(sessions)
    on = choose_date(dates, local.date(), asked)
    rooms = list_rooms(sessions, on, list_marks(workshop), now) if on else ()
    return LiveDay(on, dates, rooms, list_told_rooms(workshop), local)


def read_told_delays(workshop: Workshop, sessions: Sequence[ListedSession], *, now: dt.datetime) -> dict[str, int]:
    """Return by session the minutes by which it runs late today, in the rooms of which organizers let the world know."""
    told = list_told_rooms(workshop)
    if not told:
        return {}
    today = now.astimezone(find_zone(workshop.zone)).date()
    return find_told_delays(list_rooms(sessions, today, list_marks(workshop), now), told)
