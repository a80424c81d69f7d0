"""Instants with the zone they are printed in, or whole days in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from papers.zones import find_zone
from program.local_times import NoSuchTime, find_end_of_day, read_day, read_instant, write_instant
from program.workshop_files.fields import MISTAKEN
from program.workshop_files.mistakes import Reader, show_value


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant (UTC) that is printed in `zone`; without a time it is a day there, kept as its last second."""

    at: dt.datetime
    zone: str
    has_time: bool = True

    def __str__(self) -> str:
        return write_instant(self.at, self.zone) if self.has_time else self.day.isoformat()

    @property
    def day(self) -> dt.date:
        """Return the day that it falls on in its zone."""
        return self.at.astimezone(find_zone(self.zone)).date()


def day_or_instant(reader: Reader, value: Any, path: str) -> Any:
    """Read a day, or a day with a time, in the zone in force."""
    return _read(reader, value, path, is_day_enough=True)


def instant(reader: Reader, value: Any, path: str) -> Any:
    """Read a day with a time in the zone in force."""
    return _read(reader, value, path, is_day_enough=False)


def stamp(reader: Reader, value: Any, path: str) -> Any:
    """Read an instant as a UTC value; without an offset it is UTC."""
    moment = _read(reader.in_zone("UTC"), value, path, is_day_enough=False)
    return moment if moment is MISTAKEN else moment.at


def make_moment(at: dt.datetime, zone: str, *, has_time: bool) -> Moment:
    """Return a stored instant as a moment; a day is brought to its last second."""
    moment = Moment(at.astimezone(dt.UTC).replace(microsecond=0), zone, has_time)
    return moment if has_time else Moment(find_end_of_day(moment.day, zone), zone, has_time=False)


def _read(reader: Reader, value: Any, path: str, *, is_day_enough: bool) -> Any:
    try:
        if not isinstance(value, str):
            raise NoSuchTime(f"write a day in quotes, for example “2025-06-12T08:30”, not {show_value(value)}.")
        if is_day_enough and len(value.strip()) <= len("2025-06-12"):
            return Moment(find_end_of_day(read_day(value), reader.zone), reader.zone, has_time=False)
        return Moment(read_instant(value, reader.zone), reader.zone)
    except NoSuchTime as problem:
        reader.refuse(path, str(problem))
        return MISTAKEN
