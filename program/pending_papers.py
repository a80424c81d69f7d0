"""Puts papers into the sessions that a workshop file names for them, once they are imported."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from papers.models import Paper, Workshop
from papers.texts import clean_line
from program.models import Session, Slot


@dataclass(frozen=True, slots=True)
class PlacedPapers:
    """What was placed now, and what still waits: pairs of session and the paper's name in the file."""

    placed: tuple[tuple[Session, str], ...]
    waiting: tuple[tuple[Session, str], ...]


def place_pending_papers(workshop: Workshop) -> PlacedPapers:
    """Give every awaited paper that is there by now its slot; call it after an import. Writes nothing when none has come.

    Where nothing is awaited this is one query. A paper that is named twice in one session, by number and by
    forum id, gets one slot; the second name waits on.
    """
    if not workshop.sessions.awaiting_papers().exists():
        return PlacedPapers((), ())
    placed: list[tuple[Session, str]] = []
    waiting: list[tuple[Session, str]] = []
    with transaction.atomic():
        papers = _find_papers(workshop)
        for session in workshop.sessions.awaiting_papers().select_for_update():
            left = [one for one in session.awaited_papers if not _place(session, one, papers, placed)]
            waiting += [(session, one["paper"]) for one in left]
            if left != session.awaited_papers:
                session.awaited_papers = left
                session.save(update_fields=["awaited_papers"])
    return PlacedPapers(tuple(placed), tuple(waiting))


def _place(session: Session, awaited: dict[str, Any], papers: dict[str, Paper], placed: list[tuple[Session, str]]) -> bool:
    name = awaited["paper"]
    paper = papers.get(name)
    if paper is None or any(slot.paper_id == paper.pk for slot in session.slots.all()):
        return False
    if any(other == session and papers[known] == paper for other, known in placed):
        return False
    Slot.objects.create(session=session, paper=paper, position=awaited["position"], minutes=awaited["minutes"], reference=name)
    placed.append((session, name))
    return True


def _find_papers(workshop: Workshop) -> dict[str, Paper]:
    """Return the workshop's papers by every name that a file may give them."""
    found: dict[str, Paper] = {}
    for paper in workshop.papers.filter(is_test=False).only("note_id", "number", "title", "workshop_id"):
        names = [f"title:{clean_line(paper.title)}", f"#{paper.number}" if paper.number is not None else "", paper.note_id]
        for name in names:
            if name:
                found.setdefault(name, paper)
    return found
