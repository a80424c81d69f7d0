"""How the papers and talks of a session differ between two versions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from program.listings import ListedSession
from program.listings.wording import KIND_WORDS
from program.published.values import PlacedSlot, SlotPair, VersionChange, quote_session

NamePlace = Callable[[PlacedSlot], str]


def compare_slots(
    before: ListedSession | None, after: ListedSession | None, pairs: Sequence[SlotPair], *, name: NamePlace
) -> Iterator[VersionChange]:
    """Return what differs in slots of a session, those that only go along with it left out."""
    told = False
    for pair in pairs:
        changes = list(_compare_pair(pair, name))
        told = told or any(change.code in {"added", "removed", "moved"} for change in changes)
        yield from changes
    if before is not None and after is not None and not told:
        yield from _compare_order(before, after, pairs)


def follows_session(pair: SlotPair) -> bool:
    """Tell whether a slot goes along with its session, which changed time or room."""
    old, new = pair.before, pair.after
    if old is None or new is None or old.session.uid != new.session.uid:
        return False
    if old.slot.starts_at is None and new.slot.starts_at is None:
        return True
    if None in (old.slot.starts_at, new.slot.starts_at):
        return None in (old.session.starts_at, new.session.starts_at)
    assert old.slot.starts_at and new.slot.starts_at and old.session.starts_at and new.session.starts_at
    if old.slot.starts_at == new.slot.starts_at:
        return old.session.room != new.session.room
    return new.slot.starts_at - new.session.starts_at == old.slot.starts_at - old.session.starts_at


def _compare_pair(pair: SlotPair, name: NamePlace) -> Iterator[VersionChange]:
    old, new = pair.before, pair.after
    if new is None:
        assert old is not None
        told = _tell(old, "removed", f"was taken out of {quote_session(old.session)}; it was at {name(old)}.")
        yield replace(told, uids=(old.session.uid,), gone=(old.slot.uid,))
        return
    if old is None:
        yield replace(_tell(new, "added", f"was added to {quote_session(new.session)}: {name(new)}."), uids=(new.session.uid, new.slot.uid))
        return
    if _has_moved(old, new, pair):
        yield _tell_moved(old, new, name)
    yield from _compare_facts(old, new)


def _has_moved(old: PlacedSlot, new: PlacedSlot, pair: SlotPair) -> bool:
    if old.session.uid != new.session.uid:
        return True
    return old.slot.starts_at != new.slot.starts_at and not follows_session(pair)


def _tell_moved(old: PlacedSlot, new: PlacedSlot, name: NamePlace) -> VersionChange:
    before, after = name(old), name(new)
    if old.session.uid != new.session.uid:
        before, after = f"{before} ({quote_session(old.session)})", f"{after} ({quote_session(new.session)})"
    uids = dict.fromkeys([old.session.uid, new.session.uid, new.slot.uid])
    gone = (old.slot.uid,) if old.slot.uid != new.slot.uid else ()
    return replace(_tell(new, "moved", f"moved from {before} to {after}."), uids=tuple(uids), gone=gone)


def _compare_facts(old: PlacedSlot, new: PlacedSlot) -> Iterator[VersionChange]:
    before, after = old.slot, new.slot
    if before.kind != after.kind or before.title != after.title:
        yield _tell(new, "talk", f"is a {_name_kind(after.kind)} now, before: “{before.name}”, {_name_kind(before.kind)}.")
    if before.minutes != after.minutes:
        yield _tell(new, "length", f"has {_tell_minutes(after.minutes)} now, {_tell_minutes(before.minutes)} before.")
    if before.question_minutes != after.question_minutes:
        told = [_tell_minutes(minutes) for minutes in (after.question_minutes, before.question_minutes)]
        yield _tell(new, "questions", f"has {told[0]} for questions now, {told[1]} before.")
    if before.board != after.board:
        yield _tell(new, "board", _tell_board(before.board, after.board))
    if (before.person and before.person.key) != (after.person and after.person.key):
        people = tuple(person.key for person in (after.person, before.person) if person)
        names = [person.name if person else "nobody" for person in (after.person, before.person)]
        yield replace(_tell(new, "presenter", f"is given by {names[0]} now, by {names[1]} before."), people=people)


def _compare_order(before: ListedSession, after: ListedSession, pairs: Sequence[SlotPair]) -> Iterator[VersionChange]:
    """Tell of slots that have no time of their own and changed their order."""
    places = {slot.uid: place for place, slot in enumerate(before.held)}
    order = [places[pair.before.slot.uid] for pair in pairs if pair.before and pair.after and pair.before.slot.uid in places]
    if order != sorted(order):
        yield VersionChange("order", f"The papers of {quote_session(after)} stand in another order.", (after.uid,))


def _tell(placed: PlacedSlot, code: str, words: str) -> VersionChange:
    slot = placed.slot
    papers = (slot.paper_key,) if slot.paper_key is not None else ()
    people = (slot.person.key,) if slot.person else ()
    return VersionChange(code, f"“{slot.name}” {words}", (slot.uid,), papers=papers, people=people)


def _tell_board(before: str, after: str) -> str:
    if not after:
        return f"has no board any more, {before} before."
    return f"hangs on board {after} now, on {before} before." if before else f"hangs on board {after} now."


def _tell_minutes(minutes: int | None) -> str:
    if minutes is None:
        return "no set time"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"


def _name_kind(kind: str) -> str:
    return KIND_WORDS.get(kind, kind).lower()
