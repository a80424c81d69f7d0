"""How two versions of a schedule differ, in sentences."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from program.listings import ListedPerson, ListedSession
from program.listings.wording import KIND_WORDS, name_clock
from program.published.slot_changes import compare_slots, follows_session
from program.published.values import PlacedSlot, SlotPair, VersionChange, list_people_keys, pair_slots, quote_session


@dataclass(frozen=True, slots=True)
class Places:
    """Names when and where something is, with the day where the versions know several."""

    has_days: bool

    def name(self, starts_at: dt.datetime | None, room: str) -> str:
        """Return a time with a room: 10:00, Room 1; with its day where there are several."""
        if starts_at is None:
            return f"no time, {room}" if room else "no time"
        when = f"{starts_at:%B} {starts_at.day}, {name_clock(starts_at)}" if self.has_days else name_clock(starts_at)
        return f"{when}, {room}" if room else when

    def name_slot(self, placed: PlacedSlot) -> str:
        """Return when and where a slot is, as far as that is known."""
        return self.name(placed.slot.starts_at or placed.session.starts_at, placed.session.room)


def compare_sessions(before: Sequence[ListedSession], after: Sequence[ListedSession]) -> tuple[VersionChange, ...]:
    """Return what the world sees otherwise in `after`, session by session in its order, what is gone last.

    Empty only where nothing that can be seen differs. Both sides must have been read with the same facts of papers and people.
    """
    days = {session.starts_at.date() for session in (*before, *after) if session.starts_at}
    places = Places(has_days=len(days) > 1)
    old, new = ({session.uid: session for session in sessions} for sessions in (before, after))
    pairs = pair_slots(before, after)
    changes: list[VersionChange] = []
    for session in after:
        held = [pair for pair in pairs if pair.after and pair.after.session.uid == session.uid]
        known = old.get(session.uid)
        changes += _compare_session(known, session, held, places) if known else [_tell_added(session, places)]
        changes += compare_slots(known, session, held, name=places.name_slot)
    for session in before:
        if session.uid not in new:
            changes.append(_tell_removed(session, places))
        lost = [pair for pair in pairs if pair.after is None and pair.before and pair.before.session.uid == session.uid]
        changes += compare_slots(session, new.get(session.uid), lost, name=places.name_slot)
    return (*changes, *_compare_order(before, after))


def _tell_added(session: ListedSession, places: Places) -> VersionChange:
    words = f"{quote_session(session)} was added: {places.name(session.starts_at, session.room)}."
    return VersionChange("added", words, (session.uid,), people=list_people_keys(session))


def _tell_removed(session: ListedSession, places: Places) -> VersionChange:
    words = f"{quote_session(session)} was taken out; it was at {places.name(session.starts_at, session.room)}."
    return VersionChange("removed", words, gone=(session.uid,), people=list_people_keys(session))


def _compare_session(before: ListedSession, after: ListedSession, held: Sequence[SlotPair], places: Places) -> Iterator[VersionChange]:
    name, uids, everybody = quote_session(after), (after.uid,), list_people_keys(after)
    if quote_session(before) != name and _tell_words(before) != _tell_words(after):
        yield VersionChange("renamed", f"{quote_session(before)} is called {name} now.", uids, people=everybody)
    elif _tell_words(before) != _tell_words(after):
        yield VersionChange("kind", f"{name} is now of the kind {_name_kind(after)}, before {_name_kind(before)}.", uids, people=everybody)
    if (before.starts_at, before.room) != (after.starts_at, after.room):
        yield _tell_moved(before, after, held, places)
    if before.minutes != after.minutes:
        yield VersionChange("length", f"{name} {_tell_length(before.minutes, after.minutes)}", uids, people=everybody)
    if before.link != after.link:
        words = f"{name} has another link." if before.link and after.link else f"{name} has {'a' if after.link else 'no'} link now."
        yield VersionChange("link", words, uids, people=everybody)
    if before.is_streamed != after.is_streamed:
        yield VersionChange("streamed", f"{name} is {'streamed now' if after.is_streamed else 'no longer streamed'}.", uids)
    if before.is_parallel != after.is_parallel:
        yield VersionChange("parallel", f"{name} {'may run' if after.is_parallel else 'no longer runs'} beside other sessions.", uids)
    yield from _compare_people(before, after, name)


def _tell_moved(before: ListedSession, after: ListedSession, held: Sequence[SlotPair], places: Places) -> VersionChange:
    """Tell of a session with what it takes along."""
    along = [pair.after.slot for pair in held if pair.after and follows_session(pair)]
    papers = tuple(dict.fromkeys(slot.paper_key for slot in along if slot.paper_key is not None))
    load = f" with its {len(papers)} paper{'' if len(papers) == 1 else 's'}" if papers else ""
    old, new = places.name(before.starts_at, before.room), places.name(after.starts_at, after.room)
    words = f"{quote_session(after)}{load} moved from {old} to {new}."
    return VersionChange("moved", words, (after.uid, *(slot.uid for slot in along)), papers=papers, people=list_people_keys(after))


def _compare_people(before: ListedSession, after: ListedSession, name: str) -> Iterator[VersionChange]:
    old, new = ([(person.key, person.kind) for person in session.people] for session in (before, after))
    named: dict[tuple[int, str], ListedPerson] = {(person.key, person.kind): person for person in (*before.people, *after.people)}
    for key in new:
        if key not in old:
            yield VersionChange("person", f"{named[key].name} is {key[1]} in {name} now.", (after.uid,), people=key[:1])
    for key in old:
        if key not in new:
            yield VersionChange("person", f"{named[key].name} is no longer {key[1]} in {name}.", (after.uid,), people=key[:1])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield VersionChange("people-order", f"The people of {name} stand in another order.", (after.uid,))


def _compare_order(before: Sequence[ListedSession], after: Sequence[ListedSession]) -> Iterator[VersionChange]:
    """Tell of sessions that begin together, as before, and changed their order."""
    old = {session.uid: (place, session.starts_at) for place, session in enumerate(before)}
    together: dict[dt.datetime | None, list[ListedSession]] = {}
    for session in after:
        if session.uid in old and old[session.uid][1] == session.starts_at:
            together.setdefault(session.starts_at, []).append(session)
    for sessions in together.values():
        found = [old[session.uid][0] for session in sessions]
        if found != sorted(found):
            names = ", ".join(quote_session(session) for session in sessions)
            uids = tuple(session.uid for session in sessions)
            yield VersionChange("order", f"What begins together stands in another order: {names}.", uids)


def _tell_words(session: ListedSession) -> tuple[object, ...]:
    return session.kind, session.label, session.title, session.number


def _name_kind(session: ListedSession) -> str:
    return KIND_WORDS.get(session.kind, session.kind).lower()


def _tell_length(before: int | None, after: int | None) -> str:
    if after is None:
        return f"lasts until the next session now, {before} minutes before."
    return f"lasts {after} minutes now, {'until the next session' if before is None else before} before."
