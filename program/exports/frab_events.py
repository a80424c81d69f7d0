"""The program in the words of the frab family of schedule formats."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from papers.zones import AOE
from program.exports.escaping import escape_address, tidy_line, tidy_text
from program.exports.formats import FormatOption
from program.listings import ListedSession, ListedSlot, Listing
from program.listings.wording import KIND_WORDS, find_end, list_held_below, list_speakers, name_session

GENERATOR = "SyntaGen"
LANGUAGE = "en"
STEP = "00:05"
UNKNOWN_ROOM = "Room to be announced"
CHAIR = "chair"
DETAIL = FormatOption("detail", ("sessions", "talks"), "talks: papers and talks that have a time of their own stand for themselves.")


@dataclass(frozen=True, slots=True)
class FrabEvent:
    """What the formats call an event: `key` and `guid` stay the same for life; times are in the workshop's zone."""

    key: int
    guid: str
    slug: str
    room: str
    starts_at: dt.datetime
    minutes: int
    title: str
    track: str
    kind: str
    abstract: str
    description: str
    people: tuple[tuple[int, str], ...]
    url: str
    link: str


@dataclass(frozen=True, slots=True)
class FrabDay:
    """A day with its rooms in the order in which they are used."""

    index: int
    on: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    rooms: tuple[tuple[str, tuple[FrabEvent, ...]], ...]


def list_days(listing: Listing, *, detail: str) -> list[FrabDay]:
    """Return the days that hold something; sessions without a start are left out, as the formats have no place for them."""
    events: dict[dt.date, list[FrabEvent]] = {}
    taken: set[int] = set()
    for session in listing.sessions:
        if session.starts_at is not None:
            events.setdefault(session.starts_at.date(), []).extend(_list_events(session, listing, taken, detail=detail))
    return [_make_day(index, on, held) for index, (on, held) in enumerate(events.items(), start=1)]


def name_span(minutes: int) -> str:
    """Return minutes as the formats have them: 01:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def name_acronym(listing: Listing) -> str:
    """Return the workshop's slug in the letters that the formats allow, four at least."""
    return listing.workshop.slug.replace("-", "_").lower().ljust(4, "_")


def name_zone(listing: Listing) -> str:
    """Return the workshop's zone by a name that the tz database knows."""
    return "Etc/GMT+12" if listing.workshop.zone == AOE else listing.workshop.zone


def make_guid(listing: Listing, key: str) -> str:
    """Return the identity of a session, slot or room, the same at every export."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{key}@{listing.workshop.slug}.syntagen"))


def _make_day(index: int, on: dt.date, events: list[FrabEvent]) -> FrabDay:
    rooms: dict[str, list[FrabEvent]] = {}
    for event in events:
        rooms.setdefault(event.room, []).append(event)
    starts_at = min(event.starts_at for event in events)
    ends_at = max(event.starts_at + dt.timedelta(minutes=event.minutes) for event in events)
    return FrabDay(index, on, starts_at, ends_at, tuple((room, tuple(held)) for room, held in rooms.items()))


def _list_events(session: ListedSession, listing: Listing, taken: set[int], *, detail: str) -> Iterator[FrabEvent]:
    room = tidy_line(session.room or listing.workshop.room) or UNKNOWN_ROOM
    own = [slot for slot in session.held if slot.starts_at is not None and slot.minutes is not None]
    if detail == "talks" and own:
        yield from (_make_talk(slot, session, listing, room, taken) for slot in own)
        return
    assert session.starts_at is not None
    end = find_end(session, listing.sessions)
    held = [f"{title}. {', '.join(names)}" if names else title for title, names in list_held_below(session)]
    guid = make_guid(listing, session.uid)
    yield FrabEvent(
        key=_make_key(guid, taken),
        guid=guid,
        slug=_make_slug(listing, guid),
        room=room,
        starts_at=session.starts_at,
        minutes=int((end - session.starts_at).total_seconds()) // 60 if end else 0,
        title=tidy_line(name_session(session)),
        track="",
        kind=KIND_WORDS.get(session.kind, session.kind),
        abstract=tidy_text("\n\n".join(person.abstract for person in session.people if person.abstract)),
        description="\n".join(map(tidy_line, held)),
        people=_list_people(session),
        url=_find_url(session, listing),
        link=escape_address(session.link),
    )


def _make_talk(slot: ListedSlot, session: ListedSession, listing: Listing, room: str, taken: set[int]) -> FrabEvent:
    assert slot.starts_at is not None and slot.minutes is not None
    guid = make_guid(listing, slot.uid)
    names = [author.name for author in slot.paper.authors] if slot.paper else [slot.person.name] if slot.person else []
    return FrabEvent(
        key=_make_key(guid, taken),
        guid=guid,
        slug=_make_slug(listing, guid),
        room=room,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        title=tidy_line(slot.name),
        track=tidy_line(slot.paper.track_name) if slot.paper else "",
        kind=KIND_WORDS.get(session.kind if slot.paper else slot.kind, slot.kind),
        abstract=tidy_text(slot.paper.abstract if slot.paper else slot.person.abstract if slot.person else ""),
        description=tidy_line(name_session(session)),
        people=tuple((_number_name(name), tidy_line(name)) for name in names),
        url=escape_address(slot.paper.url) if slot.paper and slot.paper.url else _find_url(session, listing),
        link=escape_address(session.link),
    )


def _list_people(session: ListedSession) -> tuple[tuple[int, str], ...]:
    names = dict.fromkeys(person.name for person in session.people if person.kind != CHAIR)
    return tuple((_number_name(name), tidy_line(name)) for name in names or dict.fromkeys(list_speakers(session)))


def _number_name(name: str) -> int:
    return int(uuid.uuid5(uuid.NAMESPACE_URL, name).hex[:8], 16) % 0x7FFFFFFF + 1


def _make_key(guid: str, taken: set[int]) -> int:
    """Return a number for a guid; of two that would have the same the later counts on."""
    key = int(guid[:8], 16) % 0x7FFFFFFF + 1
    while key in taken:
        key += 1
    taken.add(key)
    return key


def _make_slug(listing: Listing, guid: str) -> str:
    return f"{name_acronym(listing)}-{guid.partition('-')[0]}"


def _find_url(session: ListedSession, listing: Listing) -> str:
    """Return the session's link, else the workshop's first, else that of its venue."""
    links = [session.link, *(link[-1] for link in listing.workshop.links)]
    if listing.workshop.venue_id:
        links.append(f"https://openreview.net/group?id={listing.workshop.venue_id}")
    return next((address for address in map(escape_address, links) if address), "")
