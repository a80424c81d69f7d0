"""The schedule as a calendar to subscribe to."""

import datetime as dt
import zoneinfo
from typing import Any

from icalendar import Calendar, Event

from papers.listings import ListedPaper
from papers.zones import AOE, find_zone
from program.exports.escaping import escape_address, tidy_line
from program.exports.formats import Format, Options
from program.listings import ListedSession, Listing
from program.listings.wording import find_end, list_papers_below, list_speakers, name_session

PRODUCT = "-//SyntaGen//Workshop program//EN"
AOE_IN_TZ_DATABASE = "Etc/GMT+12"
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def write_schedule_ics(listing: Listing, options: Options) -> bytes:
    """Write an event a session that has a start, with the workshop's VTIMEZONE; lines end in CRLF, as RFC 5545 demands."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tidy_line(f"{listing.workshop.short_name} {listing.workshop.year}"))
    zone = _find_calendar_zone(listing.workshop.zone)
    sessions = [session for session in listing.sessions if session.starts_at is not None]
    for session in sessions:
        calendar.add_component(_make_event(session, sessions, listing, zone))
    if sessions:
        year = min(session.starts_at for session in sessions if session.starts_at is not None).year
        calendar.add_missing_timezones(first_date=dt.date(year - 1, 1, 1), last_date=dt.date(year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _make_event(session: ListedSession, sessions: list[ListedSession], listing: Listing, zone: dt.tzinfo) -> Event:
    event = Event()
    end = find_end(session, sessions)
    facts: list[tuple[str, Any]] = [
        ("uid", f"{session.uid}@{listing.workshop.slug}.syntagen"),
        ("dtstamp", listing.schedule_changed_at or EPOCH),
        ("sequence", listing.schedule_revision),
        ("dtstart", session.starts_at.astimezone(zone) if session.starts_at else None),
        ("dtend", end.astimezone(zone) if end else None),
        ("summary", tidy_line(name_session(session))),
        ("location", _name_place(session, listing)),
        ("description", _describe(session)),
        ("url", escape_address(session.link)),
    ]
    for name, value in facts:
        if value is not None and value != "":
            event.add(name, value)
    return event


def _name_place(session: ListedSession, listing: Listing) -> str:
    return ", ".join(tidy_line(part) for part in (session.room or listing.workshop.room, listing.workshop.place) if part)


def _describe(session: ListedSession) -> str:
    speakers = ", ".join(tidy_line(name) for name in list_speakers(session))
    return "\n".join(line for line in [speakers, *(_describe_paper(paper) for paper in list_papers_below(session))] if line)


def _describe_paper(paper: ListedPaper) -> str:
    authors = ", ".join(tidy_line(author.name) for author in paper.authors)
    return f"{tidy_line(paper.title)}. {authors}" if authors else tidy_line(paper.title)


def _find_calendar_zone(name: str) -> dt.tzinfo:
    return zoneinfo.ZoneInfo(AOE_IN_TZ_DATABASE) if name == AOE else find_zone(name)


SCHEDULE_ICS = Format(
    name="schedule-ics",
    sentence="The program as a calendar; events keep their identity, so subscribed calendars follow changes.",
    media_type="text/calendar; charset=utf-8",
    file_name="program.ics",
    write=write_schedule_ics,
)
