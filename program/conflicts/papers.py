"""Conflicts of papers: what became of those that are placed, which have no place."""

from collections.abc import Iterable, Iterator

from program.conflicts.timing import describe_session
from program.conflicts.values import ORAL, POSTER, Conflict, DraftPaper, DraftSession, DraftSlot, Frame, Way


def find_wrong_papers(sessions: Iterable[DraftSession]) -> Iterator[Conflict]:
    """Find placed papers that are gone, not accepted, or not released."""
    for session in sessions:
        for slot in session.slots:
            if slot.paper is not None and not slot.paper.is_hidden:
                yield from _tell_paper(session, slot, slot.paper)


def find_awaited_papers(sessions: Iterable[DraftSession]) -> Iterator[Conflict]:
    """Find papers that a workshop file names and that are not here."""
    for session in sessions:
        for name in session.awaited:
            sentence = f"{describe_session(session)} names the paper “{name}”, which is not here or has its place there already."
            yield Conflict("paper-awaited", sentence, "Import it, or correct its name in the settings.", (session.uid,))


def find_unplaced_papers(sessions: Iterable[DraftSession], orals: Iterable[DraftPaper], frame: Frame) -> Iterator[Conflict]:
    """Find accepted papers without a place: orals once an oral has one, others once a poster session holds posters."""
    drafts = list(sessions)
    papers = [slot.paper for session in drafts for slot in session.slots if slot.paper is not None]
    placed = {_identify(paper) for paper in papers}
    has_oral_slots = any(paper.presentation == ORAL for paper in papers)
    for paper in orals if has_oral_slots else ():
        if _identify(paper) not in placed:
            sentence = f"{paper.name} “{paper.title}” is an accepted oral but has no place in the schedule."
            yield Conflict("oral-unplaced", sentence, "Put it into an oral session.", _name_uid(paper))
    has_posters = any(session.kind == POSTER and session.slots for session in drafts)
    for paper in frame.others if has_posters else ():
        if _identify(paper) not in placed:
            sentence = f"{paper.name} “{paper.title}” is accepted but has no place in the schedule."
            yield Conflict("paper-unplaced", sentence, "Put it into a session.", _name_uid(paper))


def find_wrong_lengths(sessions: Iterable[DraftSession]) -> Iterator[Conflict]:
    """Find sessions whose parts take longer or shorter than the session, where all minutes are known."""
    for session in sessions:
        minutes = [slot.minutes for slot in session.slots if slot.minutes is not None]
        total = sum(minutes)
        if (
            session.kind == POSTER
            or session.minutes is None
            or not minutes
            or len(minutes) < len(session.slots)
            or total == session.minutes
        ):
            continue
        word = "longer" if total > session.minutes else "shorter"
        noun = "papers" if all(slot.paper for slot in session.slots) else "talks"
        sentence = f"The {noun} of {describe_session(session)} take {total} min, {word} than the session."
        remedy = f"Give the session {total} min, or change the {noun}' minutes."
        way = Way(f"Give the session {total} min", ({"move": "resize-session", "session": session.uid, "minutes": total},))
        yield Conflict(f"slots-{word}", sentence, remedy, (session.uid,), (way,))


def _tell_paper(session: DraftSession, slot: DraftSlot, paper: DraftPaper) -> Iterator[Conflict]:
    told, uids = describe_session(session), (session.uid, slot.uid) if slot.uid else (session.uid,)
    out = (Way(f"Take {paper.name[0].lower()}{paper.name[1:]} out", ({"move": "take-out", "slot": slot.uid},)),) if slot.uid else ()
    if not paper.is_active:
        sentence = f"{paper.name} “{paper.title}” is {paper.standing} but has a place in {told}."
        yield Conflict("paper-gone", sentence, "Take it out of the session.", uids, out)
    elif not paper.is_accepted:
        sentence = f"{paper.name} “{paper.title}” is not accepted but has a place in {told}."
        yield Conflict("paper-not-accepted", sentence, "Accept it, or take it out of the session.", uids, out)
    elif not paper.is_released:
        sentence = f"The decision on {paper.name} “{paper.title}” in {told} is not released; the program leaves it out."
        yield Conflict("paper-not-released", sentence, "Release the decisions.", uids)


def _identify(paper: DraftPaper) -> object:
    return paper.key or (paper.name, paper.title)


def _name_uid(paper: DraftPaper) -> tuple[str, ...]:
    return (f"paper-{paper.key}",) if paper.key else ()
