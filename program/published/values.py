"""What differs between two versions of a schedule, as values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from program.listings import ListedSession, ListedSlot
from program.listings.wording import name_session


@dataclass(frozen=True, slots=True)
class VersionChange:
    """One difference in a sentence.

    `uids` are the sessions and slots that look otherwise now, `gone` those that are there no more; `papers` and `people` the keys of
    whom it touches.
    """

    code: str
    words: str
    uids: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    papers: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """Two versions as the world sees them, with what differs."""

    before: tuple[ListedSession, ...] = ()
    after: tuple[ListedSession, ...] = ()
    changes: tuple[VersionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedSlot:
    """A slot with its session."""

    session: ListedSession
    slot: ListedSlot


@dataclass(frozen=True, slots=True)
class SlotPair:
    """The same slot in two versions; nothing on the side where it is not there."""

    before: PlacedSlot | None
    after: PlacedSlot | None


def write_changes(changes: Iterable[VersionChange]) -> list[dict[str, Any]]:
    """Return changes as plain JSON values."""
    return [{name: list(value) if isinstance(value, tuple) else value for name, value in asdict(change).items()} for change in changes]


def read_changes(written: Iterable[Mapping[str, Any]]) -> tuple[VersionChange, ...]:
    """Return the changes that `write_changes` wrote."""
    keys = ("uids", "gone", "papers", "people")
    return tuple(
        VersionChange(str(one.get("code", "")), str(one["words"]), **{key: tuple(one.get(key, ())) for key in keys}) for one in written
    )


def list_people_keys(session: ListedSession) -> tuple[int, ...]:
    """Return the keys of everybody who has a part in a session or gives a talk in it, each once."""
    speakers = [slot.person.key for slot in session.held if slot.person]
    return tuple(dict.fromkeys([*(person.key for person in session.people), *speakers]))


def quote_session(session: ListedSession) -> str:
    """Return what sentences call a session, without the people in it: “Panel discussion: Counting”."""
    return f"“{name_session(replace(session, people=()))}”"


def pair_slots(before: Sequence[ListedSession], after: Sequence[ListedSession]) -> list[SlotPair]:
    """Return every slot of two versions with itself, in the order of the later one, gone ones last.

    What was taken out and put in again has another key: then papers are known by themselves, talks by their titles.
    """
    old = {slot.slot.uid: slot for slot in _place_slots(before)}
    new = list(_place_slots(after))
    left: dict[object, list[PlacedSlot]] = {}
    taken = {slot.slot.uid for slot in new}
    for slot in old.values():
        if slot.slot.uid not in taken:
            left.setdefault(_name_subject(slot.slot), []).append(slot)
    pairs = []
    for slot in new:
        known = old.get(slot.slot.uid)
        if known is not None and _name_subject(known.slot) != _name_subject(slot.slot) and slot.slot.paper_key:
            left.setdefault(_name_subject(known.slot), []).append(known)
            known = None
        if known is None:
            known = _take_nearest(left.get(_name_subject(slot.slot), []), slot)
        pairs.append(SlotPair(known, slot))
    return [*pairs, *(SlotPair(slot, None) for slots in left.values() for slot in slots)]


def _place_slots(sessions: Iterable[ListedSession]) -> Iterator[PlacedSlot]:
    for session in sessions:
        for slot in session.held:
            yield PlacedSlot(session, slot)


def _name_subject(slot: ListedSlot) -> object:
    return slot.paper_key if slot.paper_key is not None else (slot.kind, slot.title)


def _take_nearest(slots: list[PlacedSlot], wanted: PlacedSlot) -> PlacedSlot | None:
    """Take out of these the one of the same session, else the first; a paper may have two places, a talk and a poster."""
    if not slots:
        return None
    found = next((slot for slot in slots if slot.session.uid == wanted.session.uid), slots[0])
    slots.remove(found)
    return found
