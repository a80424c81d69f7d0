"""Conflicts of people: in two places at once, absent, asleep, missing."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from papers.texts import fold_text
from papers.zones import find_zone
from program.conflicts.timing import describe_session, time_sessions, time_slots
from program.conflicts.values import Conflict, DraftAuthor, DraftPerson, DraftSession, DraftSlot, Frame
from program.listings import ListedSession
from program.listings.wording import PANEL, PANELIST, name_clock

MORNING, NIGHT = dt.time(7), dt.time(22)
PART, PRESENTS, MAY_PRESENT = range(3)
REMOTE, RECORDED = "remote", "pre-recorded"


class Presence(NamedTuple):
    """Somebody who is needed somewhere: with a part in a session, as the presenter of a paper, or as one who may present it."""

    name: str
    key: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    session: ListedSession
    why: int
    slot: DraftSlot | None = None


def list_presences(sessions: Sequence[ListedSession]) -> list[Presence]:
    """Return who is needed where and when."""
    return list(_list_presences(sessions))


def find_people_twice(presences: Sequence[Presence]) -> Iterator[Conflict]:
    """Find people who are needed in two places at once: one sweep for each person."""
    by_name: dict[str, list[Presence]] = {}
    folded = {name: fold_text(name) for name in {presence.name for presence in presences}}
    for presence in presences:
        by_name.setdefault(folded[presence.name], []).append(presence)
    found: dict[tuple[str, ...], list[tuple[Presence, Presence]]] = {}
    for held in by_name.values():
        for first, second in _pair(held) if len(held) > 1 else ():
            found.setdefault(_name_pair(first, second), []).append((first, second))
    pairs = sorted(found.values(), key=lambda meetings: (meetings[0][0].starts_at, meetings[0][1].starts_at, _name_pair(*meetings[0])))
    for meetings in pairs:
        yield _tell_meeting(meetings)


def find_empty_panels(sessions: Sequence[ListedSession]) -> Iterator[Conflict]:
    """Find panels for which nobody is named."""
    for session in sessions:
        if session.kind == PANEL and not any(person.kind == PANELIST for person in session.people):
            sentence = f"{describe_session(session)} has no panelists."
            yield Conflict("panel-empty", sentence, "Name the panelists, and who moderates.", (session.uid,))


def find_absent_people(presences: Sequence[Presence], frame: Frame) -> Iterator[Conflict]:
    """Find people in sessions at times when they can't, and remote people in the night of their own zone."""
    people = {fold_text(person.name): person for person in frame.people if person.times or (person.attends == REMOTE and person.zone)}
    needed = [presence for presence in presences if presence.why != MAY_PRESENT] if people else []
    for presence in needed:
        person = people.get(fold_text(presence.name))
        if person is None or person.attends == RECORDED:
            continue
        if person.times and not any(start <= presence.starts_at and presence.ends_at <= end for start, end in person.times):
            sentence = f"{presence.name} can't be in {describe_session(presence.session)}: it is outside the times they gave."
            remedy = f"Move it into {_tell_times(person, frame.zone)}, or ask them."
            yield Conflict("person-absent", sentence, remedy, _list_uids(presence))
        if person.attends == REMOTE and person.zone:
            yield from _find_night(presence, person)


def find_missing_presenters(sessions: Iterable[DraftSession], frame: Frame) -> Iterator[Conflict]:
    """Find released papers of sessions whose presenter is not named, or has not promised to come."""
    for session in sessions if frame.asks_presenters else ():
        slots = [slot for slot in session.slots if slot.paper and slot.paper.is_released and slot.paper.is_accepted]
        missing = [slot for slot in slots if slot.paper and not (slot.paper.presenter and slot.paper.has_promised)]
        if missing:
            names = ", ".join(slot.paper.name for slot in missing if slot.paper)
            sentence = f"Nobody has confirmed to present {names} in {describe_session(session)}."
            yield Conflict(
                "presenter-missing", sentence, "Ask the authors to name who presents and comes.", tuple(slot.uid for slot in missing)
            )


def _list_presences(sessions: Sequence[ListedSession]) -> Iterator[Presence]:
    for timed in time_sessions(sessions):
        session, start, end = timed.session, timed.starts_at, timed.ends_at
        if end is not None:
            for name in dict.fromkeys(person.full_name or person.name for person in session.people):
                yield Presence(name, "", start, end, session, PART)
        for slot, starts_at, ends_at in time_slots(session, timed) if isinstance(session, DraftSession) else ():
            if ends_at is not None:
                for author, why in _list_needed(slot):
                    yield Presence(author.name, author.key, starts_at, ends_at, session, why, slot)


def _list_needed(slot: DraftSlot) -> Iterator[tuple[DraftAuthor, int]]:
    if slot.person:
        yield DraftAuthor(slot.person), PRESENTS
    if slot.paper and slot.paper.presenter:
        yield slot.paper.presenter, PRESENTS
    elif slot.paper:
        for author in slot.paper.authors:
            yield author, MAY_PRESENT


def _pair(presences: list[Presence]) -> Iterator[tuple[Presence, Presence]]:
    presences.sort(key=lambda presence: presence.starts_at)
    for place, first in enumerate(presences):
        for second in presences[place + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            is_same = not (first.key and second.key) or first.key == second.key
            if is_same and first.session is not second.session:
                yield first, second


def _name_pair(first: Presence, second: Presence) -> tuple[str, ...]:
    """Return what two meetings of the same items have in common: authors of the same papers are told of once."""
    why = str(max(first.why, second.why))
    name = first.name if why != str(MAY_PRESENT) else ""
    return (why, name, *_list_uids(first), *_list_uids(second))


def _tell_meeting(meetings: list[tuple[Presence, Presence]]) -> Conflict:
    first, second = meetings[0]
    why = max(first.why, second.why)
    uids = (*_list_uids(first), *_list_uids(second))
    places = f"{_tell_place(first)} and in {_tell_place(second)} at the same time."
    if why == PART:
        name = _print(first)
        return Conflict("person-twice", f"{name} is in {places}", "Move one of the sessions or name somebody else.", uids)
    if why == PRESENTS:
        return Conflict("presenter-twice", f"{first.name} is needed in {places}", "Move one of them, or let another author present.", uids)
    names = " and ".join(dict.fromkeys(one.name for one, _ in meetings))
    verb = "is an author" if len(meetings) == 1 else "are authors"
    return Conflict("author-twice", f"{names} {verb} in {places}", "Move one of them, or ask who presents.", uids)


def _print(presence: Presence) -> str:
    named = (person.name for person in presence.session.people if (person.full_name or person.name) == presence.name)
    return next(named, presence.name)


def _tell_place(presence: Presence) -> str:
    told = describe_session(presence.session)
    if presence.slot is None:
        return told
    what = presence.slot.paper.name if presence.slot.paper else f"“{presence.slot.title}”"
    return f"{told} with {what[0].lower()}{what[1:]}, {name_clock(presence.starts_at)}" if what else told


def _list_uids(presence: Presence) -> tuple[str, ...]:
    return (presence.session.uid, presence.slot.uid) if presence.slot and presence.slot.uid else (presence.session.uid,)


def _find_night(presence: Presence, person: DraftPerson) -> Iterator[Conflict]:
    start, end = (at.astimezone(find_zone(person.zone)) for at in (presence.starts_at, presence.ends_at))
    if start.time() < MORNING or end.date() > start.date() or end.time() > NIGHT:
        sentence = (
            f"{presence.name} takes part remotely in {describe_session(presence.session)}, when it is {name_clock(start)} in {person.zone}."
        )
        remedy = f"Move it to a time between {MORNING.hour}:00 and {NIGHT.hour}:00 in {person.zone}, or ask for a recording."
        yield Conflict("night", sentence, remedy, _list_uids(presence))


def _tell_times(person: DraftPerson, zone: str) -> str:
    local = [(start.astimezone(find_zone(zone)), end.astimezone(find_zone(zone))) for start, end in person.times] if zone else person.times
    return " or ".join(f"{start:%B} {start.day}, {name_clock(start)} to {name_clock(end)}" for start, end in local)
