"""The program by day, with every time in the words that the page prints."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from papers.zones import find_zone, name_offset
from program.listings import ListedPerson, ListedSession, ListedSlot
from program.listings.wording import KIND_WORDS, PANEL, find_end, group_by_day, name_clock, name_session
from program.public_page.picks import Pick, pick_sessions

TO_COME = "Time to be announced"
PEOPLE_WORDS = {"chair": "Chair", "moderator": "Moderator"}
KIND_TONES = {
    "invited-talk": "violet",
    "contributed-talk": "violet",
    "oral": "violet",
    "spotlight": "amber",
    "poster": "teal",
    "panel": "info",
}
PLAIN_KINDS = frozenset({"other", "break"})  # whose name says nothing more than the title
MANY_ITEMS = 12  # from so many on, what a session holds is set in columns


@dataclass(frozen=True, slots=True)
class PageSlot:
    """A paper or talk: `clock` when it starts in the workshop's zone, `also` in the visitor's; `by` are its authors in one line."""

    slot: ListedSlot
    by: str
    clock: str
    also: str
    starts: int | None
    ends: int | None
    has_title: bool


@dataclass(frozen=True, slots=True)
class PageSession:
    """A session: `starts` and `ends` are seconds since 1970, `late` the minutes by which its room runs late where that is told."""

    session: ListedSession
    name: str
    kind_words: str
    clock: str
    ends_clock: str
    also: str
    starts: int | None
    ends: int | None
    slots: tuple[PageSlot, ...]
    people: tuple[tuple[str, ListedPerson], ...]
    late: int

    @property
    def tone(self) -> str:
        """Return the tone of its badge."""
        return KIND_TONES.get(self.session.kind, "plain")

    @property
    def is_break(self) -> bool:
        """Tell whether nothing is on then."""
        return self.session.kind == "break"

    @property
    def has_many(self) -> bool:
        """Tell whether it holds so much that columns are easier to read."""
        return len(self.slots) >= MANY_ITEMS


@dataclass(frozen=True, slots=True)
class PageDay:
    """A day of the workshop's zone with its sessions; `on` is missing where times are still to come."""

    on: dt.date | None
    words: str
    sessions: tuple[PageSession, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, each as value and words; a filter with one choice offers none."""

    kinds: tuple[tuple[str, str], ...]
    rooms: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, str], ...]
    tracks: tuple[tuple[str, str], ...]
    presentations: tuple[tuple[str, str], ...]


def list_days(
    sessions: tuple[ListedSession, ...], pick: Pick, *, zone: str = "", late: Mapping[str, int] | None = None
) -> tuple[PageDay, ...]:
    """Return what is asked for by day; `zone` is the visitor's where they named one, `late` minutes by session."""
    ends = {session.uid: find_end(session, sessions) for session in sessions}
    shown = pick_sessions(sessions, pick)
    return tuple(
        PageDay(on, name_whole_day(on) if on else TO_COME, tuple(_show(session, ends[session.uid], zone, late or {}) for session in held))
        for on, held in group_by_day(shown)
    )


def list_choices(sessions: Iterable[ListedSession]) -> Choices:
    """Return what can be chosen among these sessions, in the order of the program."""
    sessions = list(sessions)
    papers = [slot.paper for session in sessions for slot in session.held if slot.paper]
    days = [session.starts_at.date() for session in sessions if session.starts_at]
    return Choices(
        kinds=_offer((session.kind, KIND_WORDS.get(session.kind, session.kind)) for session in sessions),
        rooms=_offer((session.room, session.room) for session in sessions),
        days=_offer((day.isoformat(), name_whole_day(day)) for day in days),
        tracks=_offer(sorted({(paper.track, paper.track_name) for paper in papers}, key=lambda pair: pair[1])),
        presentations=_offer((paper.presentation, paper.presentation_name) for paper in papers),
    )


def name_whole_day(on: dt.date) -> str:
    """Return a day as the page heads it: Thursday, June 12, 2025."""
    return f"{on:%A}, {on:%B} {on.day}, {on.year}"


def tell_time(at: dt.datetime, zone: str, *, on: dt.date) -> str:
    """Return the time of day in a zone, with the weekday where its day is another than `on`: 1:30, Fri 1:30."""
    local = at.astimezone(find_zone(zone))
    return name_clock(local) if local.date() == on else f"{local:%a} {name_clock(local)}"


def name_offsets(sessions: Iterable[ListedSession], zone: str) -> str:
    """Return what people call a zone at the times of these sessions: PDT, or EDT and EST where it changes between them."""
    offsets = [name_offset(session.starts_at.astimezone(find_zone(zone))) for session in sessions if session.starts_at]
    return " and ".join(dict.fromkeys(offsets))


def _offer(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    offered = tuple(dict.fromkeys(pair for pair in pairs if pair[0]))
    return offered if len(offered) > 1 else ()


def _show(session: ListedSession, ends_at: dt.datetime | None, zone: str, late: Mapping[str, int]) -> PageSession:
    starts_at = session.starts_at
    name = _name(session)
    kind = KIND_WORDS.get(session.kind, session.kind)
    return PageSession(
        session=session,
        name=name,
        kind_words="" if session.kind in PLAIN_KINDS or kind.casefold() in name.casefold() else kind,
        clock=name_clock(starts_at) if starts_at else "",
        ends_clock=_tell_end(ends_at, starts_at) if starts_at and ends_at else "",
        also=tell_time(starts_at, zone, on=starts_at.date()) if starts_at and zone else "",
        starts=_count_seconds(starts_at),
        ends=_count_seconds(ends_at),
        slots=tuple(_show_slot(slot, session, name, zone) for slot in session.held),
        people=tuple((PEOPLE_WORDS.get(person.kind, ""), person) for person in session.people),
        late=late.get(session.uid, 0),
    )


def _show_slot(slot: ListedSlot, session: ListedSession, name: str, zone: str) -> PageSlot:
    at = slot.starts_at if session.starts_at else None
    on = session.starts_at.date() if session.starts_at else dt.date.min
    starts = _count_seconds(at)
    return PageSlot(
        slot=slot,
        by=", ".join(author.name for author in slot.paper.authors) if slot.paper else "",
        clock=name_clock(at) if at else "",
        also=tell_time(at, zone, on=on) if at and zone else "",
        starts=starts,
        ends=None if starts is None or slot.minutes is None else starts + slot.minutes * 60,
        has_title=bool(slot.name) and slot.name not in name,
    )


def _name(session: ListedSession) -> str:
    """Return the heading of a session; panelists stand below it."""
    if session.kind != PANEL:
        return name_session(session)
    return ": ".join(filter(None, (session.label or KIND_WORDS[PANEL], session.title)))


def _tell_end(ends_at: dt.datetime, starts_at: dt.datetime) -> str:
    return name_clock(ends_at) if ends_at.date() == starts_at.date() else f"{ends_at:%a} {name_clock(ends_at)}"


def _count_seconds(at: dt.datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())
