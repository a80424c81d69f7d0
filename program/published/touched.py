"""What a new version of a schedule means for those whom it touches: from where to where, in whose zone."""

import datetime as dt
from dataclasses import dataclass

from papers.texts import clean_line
from papers.zones import find_zone, format_instant
from program.listings import ListedSession
from program.published.values import PlacedSlot, SlotPair, VersionComparison, list_people_keys, pair_slots, quote_session

PLACED = frozenset({"added", "removed", "moved"})
NO_PLACE = "not in the program"


@dataclass(frozen=True, slots=True)
class TouchedPlace:
    """When and where something is; `at` may be unknown."""

    at: dt.datetime | None
    room: str


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """A paper, talk or session of somebody: its place before and now, nothing where it had or has none; sentences on what else changed."""

    name: str
    before: TouchedPlace | None = None
    after: TouchedPlace | None = None
    sentences: tuple[str, ...] = ()


def list_touched_papers(compared: VersionComparison) -> dict[int, list[TouchedItem]]:
    """Return what changed for each paper that another version places otherwise, by its key."""
    touched: dict[int, list[TouchedItem]] = {}
    for pair in pair_slots(compared.before, compared.after):
        key = _find_slot(pair).slot.paper_key
        before, after = _place_slot(pair.before), _place_slot(pair.after)
        if key is not None and before != after:
            touched.setdefault(key, []).append(TouchedItem(f"“{_find_slot(pair).slot.name}”", before, after))
    for change in compared.changes:
        if change.code not in PLACED:
            for key in change.papers:
                touched.setdefault(key, []).append(TouchedItem("", sentences=(change.words,)))
    return touched


def list_touched_people(compared: VersionComparison) -> dict[int, list[TouchedItem]]:
    """Return what changed for each person who has a part in what another version places otherwise, by their key."""
    old, new = ({session.uid: session for session in sessions} for sessions in (compared.before, compared.after))
    touched: dict[int, list[TouchedItem]] = {}
    for uid in dict.fromkeys([*new, *old]):
        before, after = old.get(uid), new.get(uid)
        session = after or before
        places = (_place_session(before), _place_session(after))
        if session is not None and places[0] != places[1]:
            for key in list_people_keys(session):
                touched.setdefault(key, []).append(TouchedItem(quote_session(session), *places))
    for change in compared.changes:
        if change.code not in PLACED or change.papers == ():
            _add_sentence(touched, change.code, change.words, change.people)
    return touched


def tell_item(item: TouchedItem, zone: str, own_zone: str, *, room: str) -> str:
    """Return an item as a letter tells it, with the times in the reader's own zone where that is another."""
    sentences = [clean_line(sentence) for sentence in item.sentences]
    if item.name:
        own = own_zone if own_zone and own_zone != zone else ""
        before, after = (_tell_place(place, zone, own, room) for place in (item.before, item.after))
        sentences = [clean_line(item.name), f"  before: {before}", f"  now:    {after}", *sentences]
    return "\n".join(sentences)


def _add_sentence(touched: dict[int, list[TouchedItem]], code: str, words: str, people: tuple[int, ...]) -> None:
    """Tell people what no item of theirs tells already."""
    for key in people:
        if code not in PLACED or not any(item.name and item.name in words for item in touched.get(key, ())):
            touched.setdefault(key, []).append(TouchedItem("", sentences=(words,)))


def _find_slot(pair: SlotPair) -> PlacedSlot:
    slot = pair.after or pair.before
    assert slot is not None
    return slot


def _place_slot(placed: PlacedSlot | None) -> TouchedPlace | None:
    if placed is None:
        return None
    return TouchedPlace(placed.slot.starts_at or placed.session.starts_at, placed.session.room)


def _place_session(session: ListedSession | None) -> TouchedPlace | None:
    return TouchedPlace(session.starts_at, session.room) if session else None


def _tell_place(place: TouchedPlace | None, zone: str, own_zone: str, room: str) -> str:
    if place is None:
        return NO_PLACE
    where = clean_line(place.room or room)
    when = format_instant(place.at, zone) if place.at else "no time yet"
    own = ""
    if place.at and own_zone and find_zone(own_zone).utcoffset(place.at) != find_zone(zone).utcoffset(place.at):
        own = f" ({format_instant(place.at, own_zone)} for you)"
    return f"{when}{own}, {where}" if where else f"{when}{own}"
