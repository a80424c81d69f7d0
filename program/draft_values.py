"""A stored schedule as the values in which conflicts are found."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from papers.listings import ListedPaper
from papers.models import Author, Presenter, Workshop
from papers.sight import Sight
from papers.zones import find_zone
from program.conflicts import DraftAuthor, DraftDay, DraftPaper, DraftPerson, DraftRoom, DraftSession, DraftSlot, Frame
from program.conflicts.values import ORAL
from program.listings import ListedPerson
from program.listings.wording import CONTRIBUTED_TALK, INVITED_TALK, SPEAKER
from program.models import PersonAvailability
from program.moves.rows import SessionRow, SlotRow
from program.schedule_papers import ScheduledPaper
from program.schedule_rows import StoredDraft, read_draft

SECRET = "A paper that is not released"  # what a reader sees instead of a title


@dataclass(frozen=True, slots=True)
class ProgramPerson:
    """A person of the program as organizers know them."""

    key: int
    name: str
    printed_name: str
    talk_title: str
    zone: str
    attends: str
    times: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class NamedPresenter:
    """Who presents a paper, in which way, whether they promised to come."""

    author: DraftAuthor
    mode: str
    has_promised: bool


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A stored schedule with everything that conflicts and editors need of papers and people."""

    workshop: Workshop
    stored: StoredDraft
    authors: dict[int, list[DraftAuthor]]
    presenters: dict[int, NamedPresenter]
    people: dict[int, ProgramPerson]


def read_facts(sight: Sight) -> DraftFacts:
    """Return the schedule with its papers and people as this sight allows; as many queries however large it is."""
    workshop = sight.workshop
    stored = read_draft(workshop, sight=sight, sees_arrived=True)
    return DraftFacts(workshop, stored, _read_authors(stored, sight), _read_presenters(workshop, stored), _read_people(workshop))


def list_draft_sessions(facts: DraftFacts) -> tuple[DraftSession, ...]:
    """Return the sessions in program order, with their slots and names as the schedule prints them."""
    draft = facts.stored.draft
    papers = {key: make_draft_paper(facts, paper) for key, paper in facts.stored.papers.items()}
    slots: dict[str, list[SlotRow]] = {}
    for slot in sorted(draft.slots.values(), key=lambda slot: (slot.position, slot.uid)):
        slots.setdefault(slot.session, []).append(slot)
    sessions, number = [], 0
    for session in draft.list_sessions():
        number += session.kind == INVITED_TALK
        held = [_make_slot(facts, slot, papers) for slot in slots.get(session.uid, ())]
        sessions.append(_make_session(facts, session, held, number if session.kind == INVITED_TALK else None))
    return tuple(sessions)


def make_frame(facts: DraftFacts) -> Frame:
    """Return what stands around the sessions: days, rooms, boards, people, the papers that need a place."""
    draft, zone = facts.stored.draft, find_zone(facts.workshop.zone)
    rooms = [
        DraftRoom(room.name, room.capacity, room.kinds, tuple((one.starts_at, one.ends_at, one.reason) for one in room.closures))
        for room in draft.rooms.values()
    ]
    papers = [make_draft_paper(facts, paper) for paper in facts.stored.papers.values() if paper.is_placeable]
    return Frame(
        zone=facts.workshop.zone,
        days=tuple(DraftDay(day.on, day.starts_at.astimezone(zone), day.ends_at.astimezone(zone)) for day in draft.days.values()),
        rooms=tuple(rooms),
        boards=tuple((boards.first, boards.last) for boards in draft.boards.values()),
        people=tuple(DraftPerson(person.name, person.zone, person.attends, person.times) for person in facts.people.values()),
        orals=tuple(paper for paper in papers if paper.presentation == ORAL),
        others=tuple(paper for paper in papers if paper.presentation != ORAL and paper.is_released),
        asks_presenters=bool(facts.presenters),
    )


def make_draft_paper(facts: DraftFacts, paper: ScheduledPaper) -> DraftPaper:
    """Return a paper as conflicts see it; of one that must not be known nothing is told."""
    if not paper.is_known:
        return DraftPaper(SECRET, "", key=paper.key, is_hidden=True)
    presenter = facts.presenters.get(paper.key)
    return DraftPaper(
        name=paper.name,
        title=paper.title,
        presentation=paper.presentation,
        standing=paper.standing,
        is_active=paper.is_active,
        is_accepted=paper.is_accepted,
        is_released=paper.is_released,
        key=paper.key,
        authors=tuple(facts.authors.get(paper.key, ())),
        presenter=presenter.author if presenter else None,
        has_promised=bool(presenter and presenter.has_promised),
        expected_count=paper.expected_count,
    )


def _make_session(facts: DraftFacts, session: SessionRow, slots: list[DraftSlot], number: int | None) -> DraftSession:
    room = facts.stored.draft.rooms.get(session.room)
    people = [(facts.people[part.person], part.part) for part in session.people if part.person in facts.people]
    titles = [person.talk_title for person, part in people if part == SPEAKER and session.kind == INVITED_TALK]
    papers = [slot.paper for slot in slots if slot.paper is not None and not slot.paper.is_hidden]
    return DraftSession(
        uid=session.uid,
        kind=session.kind,
        label=session.label,
        title=session.title or (titles[0] if len(titles) == 1 else ""),
        starts_at=session.starts_at.astimezone(find_zone(facts.workshop.zone)) if session.starts_at else None,
        minutes=session.minutes,
        room=room.name if room else "",
        link=session.link,
        is_parallel=session.is_parallel,
        number=number,
        people=tuple(ListedPerson(name=person.printed_name, kind=part, full_name=person.name) for person, part in people),
        papers=tuple(_list_paper(paper) for paper in papers) if session.kind == CONTRIBUTED_TALK else (),
        slots=tuple(slots),
        awaited=tuple(one.paper for one in session.awaited),
    )


def _make_slot(facts: DraftFacts, slot: SlotRow, papers: dict[int, DraftPaper]) -> DraftSlot:
    person = facts.people.get(slot.person or 0)
    return DraftSlot(
        paper=papers[slot.paper] if slot.paper is not None else None,
        minutes=slot.minutes,
        uid=slot.uid,
        title=slot.title,
        person=person.name if person else "",
        board=slot.board,
    )


def _list_paper(paper: DraftPaper) -> ListedPaper:
    """Return a paper with what the name of its session needs."""
    names = ("note_id", "abstract", "track", "track_name", "presentation_name", "award", "url", "pdf_url")
    blank: dict[str, Any] = {**dict.fromkeys(names, ""), "number": None, "authors": (), "in_proceedings": False}
    return ListedPaper(title=paper.title, presentation=paper.presentation, **blank)


def _read_authors(stored: StoredDraft, sight: Sight) -> dict[int, list[DraftAuthor]]:
    """Return the authors of the papers that may be known; hidden ones stay hidden from who stands outside."""
    names_all = sight.is_inside or sight.workshop.names_hidden_authors
    shown = [key for key, paper in stored.papers.items() if paper.is_known and (names_all or not paper.has_hidden_authors)]
    authors: dict[int, list[DraftAuthor]] = {}
    known = set(shown)
    rows = Author.objects.filter(paper__workshop=sight.workshop, paper__in=stored.papers).order_by("paper", "position")
    for paper, name, profile in rows.values_list("paper_id", "name", "profile_id"):
        if paper in known:
            authors.setdefault(paper, []).append(DraftAuthor(name, profile))
    return authors


def _read_presenters(workshop: Workshop, stored: StoredDraft) -> dict[int, NamedPresenter]:
    found = Presenter.objects.filter(paper__workshop=workshop)
    rows = found.values_list("paper_id", "author__name", "author__profile_id", "mode", "author__attendance__at")
    return {
        paper: NamedPresenter(DraftAuthor(name, profile), mode, has_promised=at is not None)
        for paper, name, profile, mode, at in rows
        if paper in stored.papers and stored.papers[paper].is_known
    }


def _read_people(workshop: Workshop) -> dict[int, ProgramPerson]:
    times: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    found = PersonAvailability.objects.filter(person__workshop=workshop).order_by("starts_at", "pk")
    for person, starts_at, ends_at in found.values_list("person_id", "starts_at", "ends_at"):
        times.setdefault(person, []).append((starts_at, ends_at))
    rows = workshop.people.order_by("name", "pk").values_list("pk", "name", "program_name", "talk_title", "zone", "attends")
    return {
        key: ProgramPerson(key, name, printed or name, talk_title, zone, attends, tuple(times.get(key, ())))
        for key, name, printed, talk_title, zone, attends in rows
    }
