"""What is wrong with a schedule: sessions in, conflicts out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from program.listings import ListedPerson, ListedSession
from program.listings.wording import PANEL, PANELIST, find_end, name_clock, name_session

ORAL = "oral"


@dataclass(frozen=True, slots=True)
class DraftPaper:
    """A paper as the draft of a schedule knows it; `name` is how sentences call it, `standing` is said in words."""

    name: str
    title: str
    presentation: str = ""
    standing: str = ""
    is_active: bool = True
    is_accepted: bool = True
    is_released: bool = True


@dataclass(frozen=True, slots=True)
class DraftSlot:
    """A paper's place in a draft session; `minutes` may be unknown."""

    paper: DraftPaper
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class DraftSession(ListedSession):
    """A session with every paper placed in it, whatever became of the paper since; `awaited` names papers that are not here."""

    slots: tuple[DraftSlot, ...] = ()
    awaited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that can't happen as planned: a sentence that names items with times, a remedy; `uids` are the sessions."""

    code: str
    sentence: str
    remedy: str
    uids: tuple[str, ...] = ()


def find_conflicts(sessions: Sequence[ListedSession], *, orals: Iterable[DraftPaper] = ()) -> tuple[Conflict, ...]:
    """Return every conflict of a schedule in the order of the day.

    Without minutes a session lasts until the next one. `orals` are the accepted oral papers; each needs a slot as
    soon as there are slots at all.
    """
    timed = sorted((session for session in sessions if session.starts_at), key=_find_start)
    drafts = [session for session in sessions if isinstance(session, DraftSession)]
    return (
        *_find_overlaps(timed),
        *_find_gaps(timed),
        *_find_people_twice(timed),
        *_find_empty_panels(sessions),
        *_find_wrong_papers(drafts),
        *_find_awaited_papers(drafts),
        *_find_wrong_lengths(drafts),
        *_find_unplaced_orals(drafts, orals),
    )


def describe_session(session: ListedSession) -> str:
    """Return a session for a sentence: “Introduction” (8:30, 10 min)."""
    if session.starts_at is None:
        return f"“{name_session(session)}” (no start yet)"
    length = "" if session.minutes is None else f", {session.minutes} min"
    return f"“{name_session(session)}” ({name_clock(session.starts_at)}{length})"


def _find_start(session: ListedSession) -> dt.datetime:
    assert session.starts_at is not None
    return session.starts_at


def _find_overlaps(timed: list[ListedSession]) -> Iterator[Conflict]:
    serial = [session for session in timed if not session.is_parallel]
    for place, first in enumerate(serial):
        end = find_end(first, serial)
        for second in serial[place + 1 :]:
            start = _find_start(second)
            if end is None or start >= end:
                break
            yield Conflict(
                "overlap",
                f"{describe_session(first)} lasts until {name_clock(end)} and overlaps {describe_session(second)}.",
                _suggest_start(first, second, end),
                (first.uid, second.uid),
            )


def _suggest_start(first: ListedSession, second: ListedSession, end: dt.datetime) -> str:
    room = int((_find_start(second) - _find_start(first)).total_seconds()) // 60
    shorten = f", shorten “{name_session(first)}” to {room} min" if room else ""
    return f"Start “{name_session(second)}” at {name_clock(end)}{shorten}, or mark one of them as parallel."


def _find_gaps(timed: list[ListedSession]) -> Iterator[Conflict]:
    latest: tuple[dt.datetime, ListedSession] | None = None
    for session in timed:
        start = _find_start(session)
        if latest and start > latest[0] and start.date() == latest[0].date():
            yield Conflict(
                "gap",
                f"Nothing happens from {name_clock(latest[0])} to {name_clock(start)}, "
                f"between {describe_session(latest[1])} and {describe_session(session)}.",
                f"Start “{name_session(session)}” at {name_clock(latest[0])}, or put a break there.",
                (latest[1].uid, session.uid),
            )
        end = find_end(session, timed) or start
        if latest is None or end > latest[0]:
            latest = (end, session)


def _find_people_twice(timed: list[ListedSession]) -> Iterator[Conflict]:
    for first, second in combinations(timed, 2):
        end = find_end(first, timed)
        if end is None or _find_start(second) >= end:
            continue
        names = {_identify(person): person.name for person in first.people}
        for key in dict.fromkeys(_identify(person) for person in second.people):
            if key in names:
                yield Conflict(
                    "person-twice",
                    f"{names[key]} is in {describe_session(first)} and in {describe_session(second)} at the same time.",
                    "Move one of the sessions or name somebody else.",
                    (first.uid, second.uid),
                )


def _identify(person: ListedPerson) -> str:
    return person.full_name or person.name


def _find_empty_panels(sessions: Sequence[ListedSession]) -> Iterator[Conflict]:
    for session in sessions:
        if session.kind == PANEL and not any(person.kind == PANELIST for person in session.people):
            sentence = f"{describe_session(session)} has no panelists."
            yield Conflict("panel-empty", sentence, "Name the panelists, and who moderates.", (session.uid,))


def _find_wrong_papers(drafts: list[DraftSession]) -> Iterator[Conflict]:
    for session in drafts:
        for slot in session.slots:
            paper, told = slot.paper, describe_session(session)
            if not paper.is_active:
                sentence = f"{paper.name} “{paper.title}” is {paper.standing} but has a place in {told}."
                yield Conflict("paper-gone", sentence, "Take it out of the session.", (session.uid,))
            elif not paper.is_accepted:
                sentence = f"{paper.name} “{paper.title}” is not accepted but has a place in {told}."
                yield Conflict("paper-not-accepted", sentence, "Accept it, or take it out of the session.", (session.uid,))
            elif not paper.is_released:
                sentence = f"The decision on {paper.name} “{paper.title}” in {told} is not released; the program leaves it out."
                yield Conflict("paper-not-released", sentence, "Release the decisions.", (session.uid,))


def _find_awaited_papers(drafts: list[DraftSession]) -> Iterator[Conflict]:
    for session in drafts:
        for name in session.awaited:
            sentence = f"{describe_session(session)} names the paper “{name}”, which is not here or has its place there already."
            yield Conflict("paper-awaited", sentence, "Import it, or correct its name in the settings.", (session.uid,))


def _find_wrong_lengths(drafts: list[DraftSession]) -> Iterator[Conflict]:
    for session in drafts:
        minutes = [slot.minutes for slot in session.slots if slot.minutes is not None]
        if session.minutes is None or not minutes or len(minutes) < len(session.slots) or sum(minutes) == session.minutes:
            continue
        word = "longer" if sum(minutes) > session.minutes else "shorter"
        sentence = f"The papers of {describe_session(session)} take {sum(minutes)} min, {word} than the session."
        yield Conflict(f"slots-{word}", sentence, f"Give the session {sum(minutes)} min, or change the papers' minutes.", (session.uid,))


def _find_unplaced_orals(drafts: list[DraftSession], orals: Iterable[DraftPaper]) -> Iterator[Conflict]:
    placed = {(slot.paper.name, slot.paper.title) for session in drafts for slot in session.slots}
    has_oral_slots = any(slot.paper.presentation == ORAL for session in drafts for slot in session.slots)
    for paper in orals if has_oral_slots else ():
        if (paper.name, paper.title) not in placed:
            sentence = f"{paper.name} “{paper.title}” is an accepted oral but has no place in the schedule."
            yield Conflict("oral-unplaced", sentence, "Put it into an oral session.")
