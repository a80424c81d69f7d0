"""Sessions with their people and what is held in them."""

from itertools import count
from typing import Any

from papers.models import Paper, Workshop
from program.models import Person, Session, SessionPart, Slot
from program.pending_papers import write_awaited
from program.workshop_files.checks import PARTS
from program.workshop_files.fields import settle_line, settle_text
from program.workshop_files.moments import make_moment
from program.workshop_files.parsing import name_place
from program.workshop_files.places import PaperPlace, Place, TalkPlace, name_paper
from program.workshop_files.tables.rows import save_row, take_fields
from program.workshop_files.values import SessionSettings, WorkshopSettings

KINDS = dict(zip(PARTS, SessionPart.Kind.values, strict=True))
FIELDS = ("kind", "minutes", "label", "title", "link", "is_parallel", "is_streamed", "is_pinned", "note")
PLACE_FIELDS = ("minutes", "question_minutes", "board", "is_pinned")
ASIDE = 10_000  # the places of sessions while they change them; one session stands at one place


def read_sessions(workshop: Workshop) -> tuple[SessionSettings, ...]:
    """Return the sessions in program order, each with its key."""
    return tuple(_read_session(session, workshop.zone) for session in workshop.sessions.for_program())


def save_sessions(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the sessions; those of a key that is there stay the same sessions. Call `save_rooms` first."""
    held = {session.uid: session for session in workshop.sessions.for_program()}
    rows = [held.pop(one.uid, None) if one.uid else None for one in settings.sessions]
    for session in held.values():
        session.delete()
    if any(row and row.position != position for position, row in enumerate(rows, start=1)):
        for position, row in enumerate(rows, start=1):
            if row:
                save_row(row, position=ASIDE + position)
    people = {settle_line(person.name): person for person in workshop.people.all()}
    rooms = {settle_line(room.name): room for room in workshop.rooms.all()}
    keys = {one.uid for one in settings.sessions}
    for position, (row, one) in enumerate(zip(rows, settings.sessions, strict=True), start=1):
        session = row or Session(workshop=workshop, uid=one.uid or _make_key(position, keys))
        starts_at = one.starts_at.at if one.starts_at else None
        room = rooms[one.room] if one.room else None
        save_row(session, position=position, starts_at=starts_at, room=room, **{name: getattr(one, name) for name in FIELDS})
        _save_parts(session, one, people)
        _save_places(session, one, people)


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
    key = next(name for name in map(name_place, count(position)) if name not in taken)
    taken.add(key)
    return key


def _read_places(session: Session) -> tuple[Place, ...]:
    placed = [(slot.position, _read_slot(slot)) for slot in session.slots.all()]
    awaited = [(one["position"], _read_awaited(one)) for one in session.awaited_papers]
    return tuple(place for _, place in sorted([*placed, *awaited], key=lambda one: one[0]))


def _read_awaited(written: dict[str, Any]) -> PaperPlace:
    return PaperPlace(**{name: value for name, value in written.items() if name != "position"})


def _read_slot(slot: Slot) -> Place:
    facts: dict[str, Any] = {name: getattr(slot, name) for name in PLACE_FIELDS}
    if slot.paper:
        return PaperPlace(paper=_name_slot(slot, slot.paper), **facts)
    person = settle_line(slot.person.name) if slot.person else ""
    return TalkPlace(kind=slot.kind, title=settle_line(slot.title), person=person, **facts)


def _save_parts(session: Session, settings: SessionSettings, people: dict[str, Person]) -> None:
    held = {(part.kind, part.person_id): part for part in session.parts.all()}
    wanted = [(kind, people[name]) for part, kind in KINDS.items() for name in getattr(settings, part)]
    for position, (kind, person) in enumerate(wanted, start=1):
        row = held.pop((kind, person.pk), None) or SessionPart(session=session, person=person, kind=kind)
        save_row(row, position=position)
    for unwanted in held.values():
        unwanted.delete()


def _save_places(session: Session, settings: SessionSettings, people: dict[str, Person]) -> None:
    """Keep slots whose paper or talk is still named so; other papers wait to be placed."""
    held: dict[str, list[Slot]] = {}
    for slot in session.slots.all():
        held.setdefault(_read_slot(slot).name, []).append(slot)
    kept = [(held[place.name].pop(0) if held.get(place.name) else None, place) for place in settings.papers]
    for slot in [slot for left in held.values() for slot in left]:
        slot.delete()
    for row, place in kept:  # two posters may trade their boards
        if row and row.board != place.board:
            save_row(row, board=None)
    awaited: list[dict[str, Any]] = []
    for position, (row, place) in enumerate(kept, start=1):
        facts: dict[str, Any] = {name: getattr(place, name) for name in PLACE_FIELDS}
        if isinstance(place, TalkPlace):
            person = people[place.person] if place.person else None
            talk = row or Slot(session=session, kind=place.kind, title=place.title)
            save_row(talk, position=position, person=person, **facts)
        elif row is None:
            awaited.append(write_awaited(paper=place.paper, position=position, **facts))
        else:
            save_row(row, position=position, **facts)
    save_row(session, awaited_papers=awaited)


def _name_slot(slot: Slot, paper: Paper) -> str:
    return slot.reference or name_paper(paper)
