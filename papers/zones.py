"""Time zones as workshops name them: IANA names, with "AoE" beside them."""

import datetime as dt
import zoneinfo

AOE = "AoE"


def find_zone(name: str) -> dt.tzinfo:
    """Return the zone called `name`, AoE being UTC-12; an unknown name reads as UTC."""
    if name == AOE:
        return dt.timezone(dt.timedelta(hours=-12), AOE)
    try:
        return zoneinfo.ZoneInfo(name or "UTC")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, IsADirectoryError):
        return dt.UTC


def name_offset(at: dt.datetime) -> str:
    """Return what people call the zone of an aware instant: PDT, CEST, AoE, or UTC+5:30 where it has no letters."""
    name = at.tzname() or "UTC"
    if not name.startswith(("+", "-")):
        return name
    minutes = int((at.utcoffset() or dt.timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def format_day(day: dt.date) -> str:
    """Return a day as the product writes it: Mar 22, 2025."""
    return f"{day:%b} {day.day}, {day.year}"


def format_clock(at: dt.datetime) -> str:
    """Return the time of day as the product writes it: 11:59 PM."""
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"


def format_instant(at: dt.datetime, zone: str, *, has_time: bool = True) -> str:
    """Return an aware instant in `zone`: Mar 22, 2025, 11:59 PM PDT; the day alone when it has no time."""
    local = at.astimezone(find_zone(zone))
    if not has_time:
        return format_day(local)
    return f"{format_day(local)}, {format_clock(local)} {name_offset(local)}"


def describe_distance(at: dt.datetime, now: dt.datetime) -> str:
    """Return how far an instant is from now, in the largest unit that fits: in 3 days, 2 hours ago."""
    seconds = (at - now).total_seconds()
    for unit, size in (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(abs(seconds) // size)
        if count:
            span = f"{count} {unit}{'' if count == 1 else 's'}"
            return f"in {span}" if seconds > 0 else f"{span} ago"
    return "now"


def add_minutes(at: dt.datetime, minutes: int) -> dt.datetime:
    """Return the instant so many minutes later, in the zone of `at`: an hour is an hour on days when clocks change, too."""
    return (at.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(at.tzinfo)
