"""What a visitor asks of the program, and which sessions that leaves."""

import datetime as dt
from dataclasses import dataclass, replace

from papers.texts import fold_text
from program.listings import ListedPerson, ListedSession, ListedSlot


@dataclass(frozen=True, slots=True)
class Pick:
    """What is asked for; whatever is empty asks for nothing. `items` are keys of sessions and of what is held in them."""

    words: tuple[str, ...] = ()
    kind: str = ""
    room: str = ""
    day: dt.date | None = None
    track: str = ""
    presentation: str = ""
    items: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is asked for."""
        return self == Pick()


def read_words(text: str) -> tuple[str, ...]:
    """Return the words to look for, without case and marks."""
    return tuple(fold_text(text).split())


def read_items(text: str) -> frozenset[str]:
    """Return the keys in a list joined by commas."""
    return frozenset(filter(None, (key.strip() for key in text.split(","))))


def pick_sessions(sessions: tuple[ListedSession, ...], pick: Pick) -> tuple[ListedSession, ...]:
    """Return the sessions that are asked for, each with what is asked for of its papers and talks.

    Words are looked for in a session and its papers together. A session that is asked for itself keeps all that it holds.
    """
    if pick.is_everything:
        return sessions
    left = []
    for session in sessions:
        if not _is_meant(session, pick):
            continue
        told = tell_session(session)
        held = tuple(slot for slot in session.held if _is_slot_meant(slot, session, told, pick))
        if held or _is_meant_itself(session, told, pick):
            left.append(replace(session, held=held))
    return tuple(left)


def tell_session(session: ListedSession) -> str:
    """Return the text of a session in which words are looked for."""
    return fold_text(" ".join((session.label, session.title, *map(_tell_person, session.people))))


def tell_slot(slot: ListedSlot) -> str:
    """Return the text of a paper or talk in which words are looked for."""
    authors = [author.name for author in slot.paper.authors] if slot.paper else []
    return fold_text(" ".join((slot.name, *authors, _tell_person(slot.person) if slot.person else "")))


def _tell_person(person: ListedPerson) -> str:
    return f"{person.name} {person.affiliation}"


def _is_meant(session: ListedSession, pick: Pick) -> bool:
    on = session.starts_at.date() if session.starts_at else None
    return (not pick.kind or session.kind == pick.kind) and (not pick.room or session.room == pick.room) and pick.day in (None, on)


def _is_meant_itself(session: ListedSession, told: str, pick: Pick) -> bool:
    if pick.track or pick.presentation or (pick.items and session.uid not in pick.items):
        return False
    return all(word in told for word in pick.words)


def _is_slot_meant(slot: ListedSlot, session: ListedSession, told: str, pick: Pick) -> bool:
    if pick.items and not pick.items & {session.uid, slot.uid}:
        return False
    if pick.track and (slot.paper is None or slot.paper.track != pick.track):
        return False
    if pick.presentation and (slot.paper is None or slot.paper.presentation != pick.presentation):
        return False
    text = f"{told} {tell_slot(slot)}" if pick.words else ""
    return all(word in text for word in pick.words)
