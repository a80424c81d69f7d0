"""Days as a term asks for them."""

import datetime as dt
import re

from django.utils import timezone

from papers.search.asked import Asked
from papers.zones import find_zone

AGO = re.compile(r"([0-9]{1,4})([hdwmy])")
UNITS = {
    "h": dt.timedelta(hours=1),
    "d": dt.timedelta(days=1),
    "w": dt.timedelta(weeks=1),
    "m": dt.timedelta(days=30),
    "y": dt.timedelta(days=365),
}


def read_instant(asked: Asked) -> dt.datetime:
    """Return the aware instant from which on a term looks; days begin in the workshop's zone.

    Takes a day (2026-04-01), a moment (2026-04-01T18:00), today, yesterday, and a while back (12h, 3d, 2w).
    """
    zone = find_zone(asked.known.workshop.zone)
    now = timezone.now()
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if asked.word in {"today", "yesterday"}:
        return today - dt.timedelta(days=asked.word == "yesterday")
    if ago := AGO.fullmatch(asked.word):
        return now - int(ago[1]) * UNITS[ago[2]]
    try:
        moment = dt.datetime.fromisoformat(asked.value.text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise asked.blame(f"“{asked.value.text}” is no day; write {today:%Y-%m-%d}, yesterday, or 3d for the last three days.") from None
