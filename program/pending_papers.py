"""Puts papers into the sessions that a workshop file names for them, once they are imported."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from papers.models import Paper, Workshop
from papers.querysets import PaperQuerySet
from papers.texts import clean_line
from program.models import Session, Slot
from program.published.sessions import make_slot_key


@dataclass(frozen=True, slots=True)
class PlacedPapers:
    """What was placed now, and what still waits: pairs of session and the paper's name in the file."""

    placed: tuple[tuple[Session, str], ...]
    waiting: tuple[tuple[Session, str], ...]


def place_pending_papers(workshop: Workshop) -> PlacedPapers:
    """Give every awaited paper that is there by now its slot. Writes nothing when none has come.

    Where nothing is awaited this is one query. A paper that is named twice in one session, by number and by
    forum id, gets one slot; the second name waits on.
    """
    if not workshop.sessions.awaiting_papers().exists():
        return PlacedPapers((), ())
    placed: list[tuple[Session, str]] = []
    waiting: list[tuple[Session, str]] = []
    with transaction.atomic():
        papers = name_papers(workshop.papers.only("note_id", "number", "title", "workshop_id"))
        keys = set(Slot.objects.filter(session__workshop=workshop).values_list("uid", flat=True))
        for session in workshop.sessions.awaiting_papers().select_for_update():
            arrived = {slot.reference: slot for slot in _make_slots(session, papers, keys)}
            left = [one for one in session.awaited_papers if one["paper"] not in arrived]
            placed += [(session, name) for name in arrived]
            waiting += [(session, one["paper"]) for one in left]
            if arrived:
                Slot.objects.bulk_create(arrived.values())
                session.awaited_papers = left
                session.save(update_fields=["awaited_papers"])
    return PlacedPapers(tuple(placed), tuple(waiting))


def list_arrived_slots(workshop: Workshop) -> list[Slot]:
    """Return the slots, not saved yet, of awaited papers that are imported by now; one query where nothing is awaited."""
    sessions = list(workshop.sessions.awaiting_papers())
    if not sessions:
        return []
    papers = name_papers(workshop.papers.only("note_id", "number", "title", "workshop_id"))
    keys = set(Slot.objects.filter(session__workshop=workshop).values_list("uid", flat=True))
    return [slot for session in sessions for slot in _make_slots(session, papers, keys)]


def list_slots(sessions: Iterable[Session], papers: PaperQuerySet) -> dict[int, list[Slot]]:
    """Return the slots of each session in order, by its key; awaited ones among them as soon as their paper is imported.

    So the program follows an import at once, though `papers` knows nothing of it; nothing is written. `papers` are
    those of the workshop, with what the caller reads of them; they are fetched only where something is awaited.
    """
    sessions = list(sessions)
    named = name_papers(papers) if any(session.awaited_papers for session in sessions) else {}
    keys = {slot.uid for session in sessions for slot in session.slots.all()}
    return {
        session.pk: sorted([*session.slots.all(), *_make_slots(session, named, keys)], key=lambda slot: slot.position)
        for session in sessions
    }


def _make_slots(session: Session, papers: dict[str, Paper], keys: set[str]) -> list[Slot]:
    """Return slots, not saved yet, for the awaited papers that are there; a paper has one slot in a session.

    `keys` are those of the workshop's slots; new ones go there, too.
    """
    taken = {slot.paper_id for slot in session.slots.all()}
    boards = {slot.board for slot in session.slots.all()}
    slots = []
    for awaited in session.awaited_papers:
        name, board = awaited["paper"], awaited.get("board")
        paper = papers.get(name)
        if paper is not None and paper.pk not in taken:
            taken.add(paper.pk)
            uid = make_slot_key(session.workshop_id, session.uid, name, keys)
            facts = {key: value for key, value in awaited.items() if key not in {"paper", "board"}}
            board = None if board in boards else board
            boards.add(board)
            slots.append(Slot(uid=uid, session=session, paper=paper, board=board, reference=name, **facts))
    return slots


def write_awaited(*, paper: str, position: int, minutes: int | None, **details: Any) -> dict[str, Any]:
    """Return an awaited paper as sessions keep it; board, pin and minutes of questions only where there are some."""
    told = {name: value for name, value in details.items() if value}
    return {"paper": paper, "position": position, "minutes": minutes, **told}


def name_papers(papers: PaperQuerySet) -> dict[str, Paper]:
    """Return papers by every name that a file may give them."""
    found: dict[str, Paper] = {}
    for paper in papers.filter(is_test=False).order_by("pk"):
        names = [f"title:{clean_line(paper.title)}", f"#{paper.number}" if paper.number is not None else "", paper.note_id]
        for name in names:
            if name:
                found.setdefault(name, paper)
    return found
