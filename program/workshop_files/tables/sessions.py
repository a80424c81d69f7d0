"""Sessions with their people and papers."""

from itertools import count
from typing import Any

from papers.models import Paper, Workshop
from program.models import Person, Room, Session, SessionPart, Slot
from program.workshop_files.checks import PARTS
from program.workshop_files.fields import settle_line, settle_text
from program.workshop_files.moments import make_moment
from program.workshop_files.places import PaperPlace, name_paper
from program.workshop_files.tables.rows import Held, pair_rows, save_row, take_fields
from program.workshop_files.values import SessionSettings, WorkshopSettings

KINDS = dict(zip(PARTS, SessionPart.Kind.values, strict=True))
FIELDS = ("kind", "minutes", "label", "title", "link", "is_parallel", "note")
ASIDE = 10_000  # the places of sessions while they change them; one session stands at one place


def read_sessions(workshop: Workshop) -> tuple[SessionSettings, ...]:
    """Return the sessions in program order."""
    return tuple(held.value for held in _hold_sessions(workshop))


def save_sessions(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the sessions; one that kept its title or its time stays the same session."""
    held = _hold_sessions(workshop)
    rows, unwanted = pair_rows(
        held,
        settings.sessions,
        lambda one: one,
        lambda one: (one.title or one.label) and (one.kind, one.label, one.title),
        lambda one: one.title or one.label,
        lambda one: one.starts_at and (one.starts_at, one.kind),
    )
    for session in unwanted:
        session.delete()
    if any(row and row.position != position for position, row in enumerate(rows, start=1)):
        for position, row in enumerate(rows, start=1):
            if row:
                save_row(row, position=ASIDE + position)
    people = {settle_line(person.name): person for person in workshop.people.all()}
    rooms = _save_rooms(workshop, settings)
    keys = set(workshop.sessions.values_list("uid", flat=True))
    for position, (row, one) in enumerate(zip(rows, settings.sessions, strict=True), start=1):
        session = row or Session(workshop=workshop, uid=_make_key(position, keys))
        starts_at = one.starts_at.at if one.starts_at else None
        room = rooms[one.room] if one.room else None
        save_row(session, position=position, starts_at=starts_at, room=room, **{name: getattr(one, name) for name in FIELDS})
        _save_parts(session, one, people)
        _save_places(session, one)


def _hold_sessions(workshop: Workshop) -> list[Held[Session, SessionSettings]]:
    return [Held(session, _read_session(session, workshop.zone)) for session in workshop.sessions.for_program()]


def _read_session(session: Session, zone: str) -> SessionSettings:
    parts = list(session.parts.all())
    names = {part: tuple(settle_line(one.person.name) for one in parts if one.kind == kind) for part, kind in KINDS.items()}
    return take_fields(
        SessionSettings,
        session,
        room=settle_line(session.room_name),
        starts_at=make_moment(session.starts_at, zone, has_time=True) if session.starts_at else None,
        note=settle_text(session.note),
        papers=_read_places(session),
        **names,
    )


def _make_key(position: int, taken: set[str]) -> str:
    """Return a key for a new session, the number of its place where that is free: the same file gives the same keys."""
    numbers = (number for number in count(position) if f"session-{number}" not in taken)
    key = f"session-{next(numbers)}"
    taken.add(key)
    return key


def _save_rooms(workshop: Workshop, settings: WorkshopSettings) -> dict[str, Room]:
    """Return the rooms by name, with those that sessions name and that were not there yet; none is dropped."""
    rooms = {settle_line(room.name): room for room in workshop.rooms.all()}
    for name in dict.fromkeys(one.room for one in settings.sessions if one.room and one.room not in rooms):
        rooms[name] = Room.objects.create(workshop=workshop, name=name, position=len(rooms) + 1)
    return rooms


def _read_places(session: Session) -> tuple[PaperPlace, ...]:
    placed = [
        (slot.position, PaperPlace(paper=_name_slot(slot, slot.paper), minutes=slot.minutes)) for slot in session.slots.all() if slot.paper
    ]
    awaited = [(one["position"], PaperPlace(paper=one["paper"], minutes=one["minutes"])) for one in session.awaited_papers]
    return tuple(place for _, place in sorted([*placed, *awaited], key=lambda one: one[0]))


def _save_parts(session: Session, settings: SessionSettings, people: dict[str, Person]) -> None:
    held = {(part.kind, part.person_id): part for part in session.parts.all()}
    wanted = [(kind, people[name]) for part, kind in KINDS.items() for name in getattr(settings, part)]
    for position, (kind, person) in enumerate(wanted, start=1):
        row = held.pop((kind, person.pk), None) or SessionPart(session=session, person=person, kind=kind)
        save_row(row, position=position)
    for unwanted in held.values():
        unwanted.delete()


def _save_places(session: Session, settings: SessionSettings) -> None:
    """Keep slots whose paper is still named so; everything else waits to be placed."""
    held = {_name_slot(slot, slot.paper): slot for slot in session.slots.all() if slot.paper}
    awaited: list[dict[str, Any]] = []
    for position, place in enumerate(settings.papers, start=1):
        slot = held.pop(place.paper, None)
        if slot is None:
            awaited.append({"paper": place.paper, "position": position, "minutes": place.minutes})
        else:
            save_row(slot, position=position, minutes=place.minutes)
    for unwanted in held.values():
        unwanted.delete()
    save_row(session, awaited_papers=awaited)


def _name_slot(slot: Slot, paper: Paper) -> str:
    return slot.reference or name_paper(paper)
