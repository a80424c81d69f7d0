"""Days and deadlines of a reference file as a workshop file writes them."""

import datetime as dt
import re
from typing import Any

from papers.zones import find_zone
from tests.program.reference_values import as_dict, as_list, clean

Json = dict[str, Any]
KINDS = {"event": "workshop", "camera_ready": "camera-ready"}
KNOWN = {"call", "submission", "notification", "metadata", "camera-ready", "workshop", "competition"}
INSTANTS = ("utc", "utc_if_Pacific", "utc_literal_PST", "deadline_utc")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(r"(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\D{1,3}((?:19|20)\d\d))?")
TIME = re.compile(r"(?i)\b(\d{1,2})[:.](\d\d)(?:\s*([ap])\.?m\b)?")
UNTIL = re.compile(r"(?i)(?:st|nd|rd|th)?\s*(?:or|to|and|&|-|–)\s*(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)")
ZONES = (
    (r"\bP[SD]?T\b|Pacific", "America/Los_Angeles"),
    (r"AoE|Anywhere", "AoE"),
    (r"\bE[SD]?T\b", "America/New_York"),
    (r"\bUTC|GMT", "UTC"),
)


def find_days(reference: Json) -> list[str]:
    """Return the days of the workshop in order, from its own date or from its sessions."""
    workshop = as_dict(reference.get("workshop"))
    told = [workshop.get("date"), workshop.get("dates"), workshop.get("end_date")]
    told += [as_dict(entry).get("date") for entry in as_list(reference.get("schedule"))]
    days = {day for value in told for day in re.findall(r"\d{4}-\d\d-\d\d", str(value)) if is_day(day)}
    return sorted(days)


def is_day(text: str) -> bool:
    """Tell whether there is such a day."""
    try:
        return 1990 <= dt.date.fromisoformat(text).year <= 2100
    except ValueError:
        return False


def make_dates(reference: Json, days: list[str], zone: str) -> list[Json]:
    """Return every date with its earlier values; one that cannot be read keeps its printed form as a note."""
    given: list[tuple[Any, str | None]] = [(date, None) for date in as_list(reference.get("dates"))]
    given += [(date, "competition") for date in as_list(as_dict(reference.get("competition")).get("dates"))]
    found: dict[tuple[str, str], Json] = {}
    for date, kind in given:
        if isinstance(date, dict) and clean(date.get("name"), 190):
            made = make_date(date, kind, days, zone)
            while (made["kind"], made["name"]) in found:
                made["name"] += " (again)"
            found[made["kind"], made["name"]] = made
    return list(found.values())


def make_date(date: Json, kind: str | None, days: list[str], zone: str) -> Json:
    """Return one date."""
    stated = str(kind or KINDS.get(str(date.get("kind")), date.get("kind")))
    printed = clean(date.get("printed"), 280)
    own_zone = find_printed_zone(date) or zone
    at = read_instant(date, own_zone) or read_printed(printed, days)
    earlier = [make_earlier(clean(text, 280), days) for text in [*as_list(date.get("struck")), *as_list(date.get("previous"))]]
    made = {
        "kind": stated if stated in KNOWN else "other",
        "name": clean(date.get("name"), 190),
        "at": at,
        "until": read_until(printed, at),
        "zone": own_zone if own_zone != zone else None,
        "note": clean(date.get("printed_suffix"), 280) or (printed if at is None else ""),
        "is_new": bool(date.get("flag")),
        "shows_history": not (date.get("previous") and not date.get("struck")),
        "earlier": earlier,
    }
    return {key: value for key, value in made.items() if value not in (None, "", []) and not (key == "is_new" and not value)}


def read_until(printed: str, at: str | None) -> str | None:
    """Return the last of several candidate days: the 15th of Dec 14 or 15."""
    found, day = DAY.search(printed), at or ""
    later = UNTIL.match(printed, found.end(2)) if found else None
    last = f"{day[:8]}{int(later[1]):02}" if later else ""
    return last if is_day(day) and is_day(last) and last > day else None


def make_earlier(printed: str, days: list[str]) -> Json:
    """Return a struck-out value; what follows its first day stays as a note."""
    at = read_printed(printed, days)
    if at is None:
        return {"note": printed}
    rest = TIME.sub("", DAY.sub("", printed, count=1), count=1)
    note = re.sub(r"^[\s,.]*(?:P[SD]T|AoE)?[\s,.]*", "", rest)
    return {"at": at, "note": note} if note else {"at": at}


def find_printed_zone(date: Json) -> str:
    """Return the zone that the printed form names, or nothing."""
    if date.get("utc_if_Pacific"):
        return "America/Los_Angeles"
    return next((zone for form, zone in ZONES if re.search(form, str(date.get("printed") or ""))), "")


def read_instant(date: Json, zone: str) -> str | None:
    """Return the instant as clocks in `zone` show it, or the plain day."""
    for key in INSTANTS:
        try:
            at = dt.datetime.fromisoformat(str(date[key]))
        except (KeyError, ValueError):
            continue
        return at.astimezone(find_zone(zone)).strftime("%Y-%m-%dT%H:%M")
    day = str(date.get("date") or "")
    return day if is_day(day) else None


def read_printed(printed: str, days: list[str]) -> str | None:
    """Return what a printed date says: March 22nd, 11:59 PM in the year of the workshop."""
    found = DAY.search(printed)
    year = found[3] if found and found[3] else days[0][:4] if days else ""
    if not found or not year:
        return None
    day = f"{year}-{MONTHS.index(found[1].casefold()) + 1:02}-{int(found[2]):02}"
    time = TIME.search(printed, found.end())
    if not is_day(day):
        return None
    hour = int(time[1]) % 12 + (12 if (time[3] or "").casefold() == "p" else 0) if time and time[3] else int(time[1]) if time else 0
    return f"{day}T{hour:02}:{time[2]}" if time and hour < 24 and int(time[2]) < 60 else day
