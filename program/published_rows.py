"""Reads what the world sees of a schedule: the rows of its last version with what is true now of papers and people."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from papers.listings import ListedPaper, index_accepted_papers
from papers.models import Workshop
from program.listings import ListedPerson, ListedSession
from program.models import Person, ScheduleVersion, Session
from program.moves.rows import RoomRow, Row, SessionRow, SlotRow
from program.pending_papers import name_papers
from program.published.sessions import LiveFacts, list_sessions, order_rows, read_rows, settle_awaited

Written = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class PublishedSlot:
    """Where the last version has a paper; `starts_at` is known as long as everything before it in its session has minutes."""

    paper: int
    session: SessionRow
    room: str
    starts_at: dt.datetime | None
    minutes: int | None

    @property
    def session_name(self) -> str:
        """Return what pages of organizers call the session."""
        return self.session.title or self.session.label or Session.Kind(self.session.kind).label


def find_last_version(workshop: Workshop) -> ScheduleVersion | None:
    """Return the version that the world sees, nothing before the first."""
    return ScheduleVersion.objects.filter(workshop=workshop).order_by("-number").first()


def list_published_sessions(workshop: Workshop, papers: Mapping[int, ListedPaper] | None = None) -> tuple[ListedSession, ...]:
    """Return the sessions that the world sees; `papers` are those of `index_accepted_papers`, where the caller has them."""
    version = find_last_version(workshop)
    return resolve_rows(workshop, version.rows, papers=papers)[0] if version else ()


def resolve_rows(workshop: Workshop, *written: Written, papers: Mapping[int, ListedPaper] | None = None) -> list[tuple[ListedSession, ...]]:
    """Return the sessions of each list of rows as the world would see them now, all by the same facts."""
    states = [read_rows(rows) for rows in written]
    facts = read_live_facts(workshop, [row for rows in states for row in rows], papers=papers)
    return [list_sessions(rows, facts) for rows in states]


def list_published_slots(workshop: Workshop) -> list[PublishedSlot]:
    """Return the places of papers in the last version in program order, whatever became of the papers since."""
    version = find_last_version(workshop)
    if version is None:
        return []
    rows = read_rows(version.rows)
    settled = settle_awaited(rows, read_live_facts(workshop, rows, papers={}))
    rooms = {row.uid: row.name for row in rows if isinstance(row, RoomRow)}
    placed = []
    for session, slots in order_rows(settled):
        at = session.starts_at
        for slot in slots:
            if slot.paper is not None:
                placed.append(PublishedSlot(slot.paper, session, rooms.get(session.room, ""), at, slot.minutes))
            at = at + dt.timedelta(minutes=slot.minutes) if at is not None and slot.minutes is not None else None
    return placed


def list_named_people(slug: str) -> frozenset[int]:
    """Return the keys of everybody whom the last version of this workshop's schedule names; nobody before the first."""
    version = ScheduleVersion.objects.filter(workshop__slug=slug).order_by("-number").first()
    rows = read_rows(version.rows) if version else ()
    parts = [part.person for row in rows if isinstance(row, SessionRow) for part in row.people]
    return frozenset([*parts, *(row.person for row in rows if isinstance(row, SlotRow) and row.person is not None)])


def is_same_schedule(workshop: Workshop, *written: Written) -> bool:
    """Tell whether lists of rows are the same schedule, awaited papers that have come counted as placed."""
    states = [read_rows(rows) for rows in written]
    facts = read_live_facts(workshop, [row for rows in states for row in rows], papers={})
    settled = [{(type(row), row.uid): row for row in settle_awaited(rows, facts)} for rows in states]
    return all(state == settled[0] for state in settled)


def read_live_facts(workshop: Workshop, rows: Sequence[Row], *, papers: Mapping[int, ListedPaper] | None = None) -> LiveFacts:
    """Return what is true now of papers and people; papers by their names only where a session awaits some."""
    is_awaiting = any(row.awaited for row in rows if isinstance(row, SessionRow))
    arrived = name_papers(workshop.papers.only("note_id", "number", "title", "workshop_id")) if is_awaiting else {}
    return LiveFacts(
        key=workshop.pk,
        zone=workshop.zone,
        papers=index_accepted_papers(workshop) if papers is None else papers,
        people={person.pk: list_person(person, "") for person in workshop.people.all()},
        arrived={name: paper.pk for name, paper in arrived.items()},
    )


def list_person(person: Person, kind: str) -> ListedPerson:
    """Return a person as the world sees them, in this part."""
    return ListedPerson(
        name=person.printed_name,
        kind=kind,
        title=person.title,
        affiliation=person.affiliation,
        url=person.url,
        photo=person.photo,
        full_name=person.name,
        bio=person.bio,
        talk_title=person.talk_title,
        abstract=person.abstract,
        photo_key=person.pk if person.photo_file_id else None,
        key=person.pk,
    )
