"""Sessions, papers, talks as entries of a calendar."""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Event

from papers.zones import AOE, find_zone
from program.exports.escaping import escape_address, tidy_line
from program.listings import GoneItem, ListedSession, ListedSlot, Listing
from program.listings.wording import find_end, list_held_below, list_speakers, name_session

PRODUCT = "-//SyntaGen//Workshop program//EN"
AOE_IN_TZ_DATABASE = "Etc/GMT+12"
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
REFRESHED = "PT1H"


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """What a calendar shows as one entry; one that `is_gone` was taken out of the program and is shown as canceled."""

    uid: str
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    place: str = ""
    description: str = ""
    link: str = ""
    is_gone: bool = False


def list_session_items(listing: Listing) -> Iterator[CalendarItem]:
    """Return an entry for each session that has a start, canceled ones last."""
    for session in listing.sessions:
        if session.starts_at is not None:
            end = find_end(session, listing.sessions)
            place = _name_place(session, listing)
            yield CalendarItem(session.uid, name_session(session), session.starts_at, end, place, _describe(session), session.link)
    yield from (cancel_item(item) for item in listing.gone if not item.is_slot)


def list_slot_items(listing: Listing) -> Iterator[tuple[ListedSlot, CalendarItem]]:
    """Return an entry for each paper and talk in a session that has a start; without minutes of its own it lasts as its session does."""
    for session in listing.sessions:
        if session.starts_at is None:
            continue
        end, place = find_end(session, listing.sessions), _name_place(session, listing)
        for slot in session.held:
            starts_at, ends_at = session.starts_at, end
            if slot.starts_at is not None and slot.minutes is not None:
                starts_at, ends_at = slot.starts_at, slot.starts_at + dt.timedelta(minutes=slot.minutes)
            yield slot, CalendarItem(slot.uid, slot.name, starts_at, ends_at, place, _describe_slot(slot, session), session.link)


def pick_items(listing: Listing, uids: Iterable[str]) -> list[CalendarItem]:
    """Return the entries of these sessions and slots; keys that no version knew are passed over."""
    wanted = set(uids)
    items = [*list_session_items(listing), *(item for _, item in list_slot_items(listing))]
    items += [cancel_item(item) for item in listing.gone if item.is_slot]
    return [item for item in items if item.uid in wanted]


def pick_own_items(listing: Listing, *, papers: Iterable[int], people: Iterable[int]) -> list[CalendarItem]:
    """Return the entries of these papers, of the sessions in which these people have a part, of the talks they give."""
    own_papers, own_people = set(papers), set(people)
    sessions = {session.uid for session in listing.sessions if any(person.key in own_people for person in session.people)}
    own = {
        slot.uid for slot, _ in list_slot_items(listing) if slot.paper_key in own_papers or (slot.person and slot.person.key in own_people)
    }
    gone = {item.uid for item in listing.gone if item.paper_key in own_papers or own_people & set(item.people)}
    return pick_items(listing, sessions | own | gone)


def cancel_item(item: GoneItem) -> CalendarItem:
    """Return the entry of what was taken out."""
    ends_at = item.starts_at + dt.timedelta(minutes=item.minutes) if item.minutes else None
    return CalendarItem(item.uid, item.name, item.starts_at, ends_at, is_gone=True)


def write_calendar(items: Iterable[CalendarItem], listing: Listing, *, name: str = "") -> bytes:
    """Write entries with the workshop's VTIMEZONE, in program order; lines end in CRLF and are folded, as RFC 5545 demands."""
    ordered = sorted(items, key=lambda item: (item.is_gone, item.starts_at))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tidy_line(name or f"{listing.workshop.short_name} {listing.workshop.year}"))
    calendar.add("x-published-ttl", REFRESHED)
    zone = _find_calendar_zone(listing.workshop.zone)
    for item in ordered:
        calendar.add_component(_make_event(item, listing, zone))
    if ordered:
        year = min(item.starts_at for item in ordered).year
        calendar.add_missing_timezones(first_date=dt.date(year - 1, 1, 1), last_date=dt.date(year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _make_event(item: CalendarItem, listing: Listing, zone: dt.tzinfo) -> Event:
    """Return an entry; its SEQUENCE counts the versions that changed it, and what changed in every entry at once."""
    event, mark = Event(), listing.marks.get(item.uid)
    changes = [at for at in (listing.schedule_settled_at, mark and mark.at) if at]
    facts: list[tuple[str, Any]] = [
        ("uid", f"{item.uid}@{listing.workshop.slug}.syntagen"),
        ("dtstamp", listing.schedule_changed_at or EPOCH),
        ("last-modified", max(changes, default=None)),
        ("sequence", listing.schedule_revision + (mark.count if mark else 0)),
        ("status", "CANCELLED" if item.is_gone else "CONFIRMED"),
        ("dtstart", item.starts_at.astimezone(zone)),
        ("dtend", item.ends_at.astimezone(zone) if item.ends_at else None),
        ("summary", tidy_line(item.name)),
        ("location", item.place),
        ("description", item.description),
        ("url", escape_address(item.link)),
    ]
    for name, value in facts:
        if value is not None and value != "":
            event.add(name, value)
    return event


def _name_place(session: ListedSession, listing: Listing) -> str:
    return ", ".join(tidy_line(part) for part in (session.room or listing.workshop.room, listing.workshop.place) if part)


def _describe(session: ListedSession) -> str:
    speakers = ", ".join(tidy_line(name) for name in list_speakers(session))
    return "\n".join(line for line in [speakers, *(_describe_held(title, names) for title, names in list_held_below(session))] if line)


def _describe_slot(slot: ListedSlot, session: ListedSession) -> str:
    authors = [author.name for author in slot.paper.authors] if slot.paper else [slot.person.name] if slot.person else []
    board = f"Board {tidy_line(slot.board)}" if slot.board else ""
    return "\n".join(line for line in (tidy_line(name_session(session)), ", ".join(map(tidy_line, authors)), board) if line)


def _describe_held(title: str, names: tuple[str, ...]) -> str:
    told = ", ".join(map(tidy_line, names))
    return f"{tidy_line(title)}. {told}" if told else tidy_line(title)


def _find_calendar_zone(name: str) -> dt.tzinfo:
    return zoneinfo.ZoneInfo(AOE_IN_TZ_DATABASE) if name == AOE else find_zone(name)
