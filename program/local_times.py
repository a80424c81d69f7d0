"""Wall-clock times of a zone, and the days on which they do not exist or happen twice."""

import datetime as dt
import difflib
import re
import zoneinfo
from functools import cache

from papers.zones import AOE, find_zone

FIRST_YEAR, LAST_YEAR = 1990, 2100
FORM = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
# Letters that people print as a zone; as zones of the tz database they would ignore daylight saving.
ABBREVIATIONS = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
    "MST": "America/Denver",
    "MDT": "America/Denver",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "HST": "Pacific/Honolulu",
    "BST": "Europe/London",
    "CET": "Europe/Berlin",
    "CEST": "Europe/Berlin",
    "EET": "Europe/Helsinki",
    "MET": "Europe/Berlin",
    "WET": "Europe/Lisbon",
    "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
}


class NoSuchTime(ValueError):
    """A text names no instant; `str()` is the sentence that says why and what to write."""


@cache
def list_zones() -> frozenset[str]:
    """Return every zone a workshop may name: IANA names and AoE."""
    return frozenset((zoneinfo.available_timezones() - set(ABBREVIATIONS) - {"Factory", "localtime", "posixrules"}) | {AOE})


def describe_unknown_zone(name: str) -> str:
    """Return what is wrong with a zone that is not in `list_zones`, with the nearest one that is."""
    near = ABBREVIATIONS.get(name.upper()) or (AOE if name.casefold() in {"aoe", "anywhere on earth"} else "")
    if not near:
        folded = {zone.casefold(): zone for zone in sorted(list_zones())}
        places = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(list_zones())}
        word = name.strip().replace(" ", "_").casefold()
        close = difflib.get_close_matches(word, folded, n=1, cutoff=0.75)
        near = places.get(word) or (folded[close[0]] if close else "")
    hint = f" Did you mean “{near}”?" if near else ""
    return f"“{name}” is neither an IANA time zone, for example Europe/Berlin, nor AoE.{hint}"


def read_day(text: str) -> dt.date:
    """Return the day of `2025-06-12`; raises NoSuchTime."""
    found = FORM.fullmatch(text.strip())
    if not found or found[2]:
        raise NoSuchTime(f"write a day as 2025-06-12, not “{text}”.")
    try:
        day = dt.date.fromisoformat(found[1])
    except ValueError:
        raise NoSuchTime(f"there is no day {found[1]}.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoSuchTime(f"the year {day.year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    return day


def read_instant(text: str, zone: str) -> dt.datetime:
    """Return the UTC instant of `2025-06-12T08:30`, local to `zone` unless it carries an offset; raises NoSuchTime."""
    found = FORM.fullmatch(text.strip())
    if not found or not found[2]:
        raise NoSuchTime(f"write day and time as 2025-06-12T08:30, not “{text}”.")
    day = read_day(found[1])
    try:
        wall = dt.datetime.combine(day, dt.time.fromisoformat(found[2]))
        stated = dt.datetime.fromisoformat(f"{wall.isoformat()}{found[3]}") if found[3] else None
    except ValueError:
        raise NoSuchTime(f"there is no time “{text}”.") from None
    return stated.astimezone(dt.UTC) if stated else place_in_zone(wall, zone)


def place_in_zone(wall: dt.datetime, zone: str) -> dt.datetime:
    """Return the UTC instant at which clocks in `zone` show `wall`; raises NoSuchTime when never or twice."""
    first, second = (wall.replace(tzinfo=find_zone(zone), fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if first == second:
        return first
    told = f"{wall:%Y-%m-%dT%H:%M}"
    shown = [instant.astimezone(find_zone(zone)) for instant in (first, second)]
    if shown[0].replace(tzinfo=None) != wall:
        near = sorted(local.strftime("%H:%M") for local in shown)
        raise NoSuchTime(f"{told} does not exist in {zone}, where clocks go forward; write for example {near[0]} or {near[1]}.")
    options = " or ".join(f"{told}{local.isoformat()[-6:]}" for local in shown)
    raise NoSuchTime(f"{told} happens twice in {zone}, where clocks go back; write {options}.")


def find_end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """Return the last second of a day in `zone` as a UTC instant; raises NoSuchTime for a day that the zone skipped."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=find_zone(zone)).astimezone(dt.UTC)
    last = midnight - dt.timedelta(seconds=1)
    if last.astimezone(find_zone(zone)).date() != day:
        raise NoSuchTime(f"the day {day} does not exist in {zone}.")
    return last


def write_instant(at: dt.datetime, zone: str) -> str:
    """Return an instant as clocks in `zone` show it, with the offset only where that time happens twice."""
    local = at.astimezone(find_zone(zone))
    wall = local.replace(tzinfo=None, fold=0)
    told = wall.isoformat(timespec="seconds" if wall.second else "minutes")
    instants = {wall.replace(tzinfo=find_zone(zone), fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    return told if len(instants) == 1 else f"{told}{local.isoformat()[-6:]}"
