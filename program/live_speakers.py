"""Who speaks on a day, how they are reached, whether their slides are here: for organizers alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from papers.models import FileKind, FileVersion, Presenter, Workshop
from program.listings import ListedSession, ListedSlot
from program.listings.wording import KIND_WORDS
from program.live.days import LiveRoom, LiveSession
from program.models import Person, Session

POSTER = Session.Kind.POSTER.value


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody with a part in a session, or who presents a paper; `says` is what they do, `attends` how they come.

    `person` is the key of their page where they have one; `has_slides` is unknown (None) for those who show none.
    """

    name: str
    says: str
    title: str = ""
    email: str = ""
    attends: str = ""
    has_slides: bool | None = None
    person: int | None = None
    minutes: int | None = None
    clock: str = ""


@dataclass(frozen=True, slots=True)
class SheetSession:
    """A session as its chair needs it."""

    live: LiveSession
    speakers: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class RoomSheet:
    """A room's day on paper."""

    room: LiveRoom
    sessions: tuple[SheetSession, ...]


def list_sheets(workshop: Workshop, rooms: Sequence[LiveRoom]) -> tuple[RoomSheet, ...]:
    """Return a sheet for each room with everybody who speaks there; who stands at posters is left out."""
    speakers = list_speakers(workshop, [one.session for room in rooms for one in room.sessions])
    return tuple(RoomSheet(room, tuple(SheetSession(one, speakers[one.session.uid]) for one in room.sessions)) for room in rooms)


def list_speakers(workshop: Workshop, sessions: Sequence[ListedSession]) -> dict[str, tuple[Speaker, ...]]:
    """Return those who speak by session, in the order of the program; who stands at posters is left out."""
    held = [slot for session in sessions if session.kind != POSTER for slot in session.held]
    papers = [slot.paper_key for slot in held if slot.paper_key is not None]
    facts = _Facts(
        people={person.pk: person for person in workshop.people.all()},
        presenters={one.paper_id: one for one in Presenter.objects.filter(paper__in=papers).select_related("author")},
        slides=frozenset(_find_slides(papers)),
    )
    return {
        session.uid: (
            *(_tell_person(facts, person.key, person.name, person.kind) for person in session.people),
            *(_tell_slot(facts, slot) for slot in session.held if session.kind != POSTER),
        )
        for session in sessions
    }


@dataclass(frozen=True, slots=True)
class _Facts:
    people: dict[int, Person]
    presenters: dict[int, Presenter]
    slides: frozenset[int]


def _find_slides(papers: Iterable[int]) -> Iterable[int]:
    return FileVersion.objects.filter(paper__in=papers, kind=FileKind.SLIDES, withdrawn_at=None).values_list("paper", flat=True)


def _tell_person(facts: _Facts, key: int, name: str, part: str, slot: ListedSlot | None = None) -> Speaker:
    person = facts.people.get(key)
    is_speaking = part == "speaker"
    return Speaker(
        name=name,
        says=part.capitalize(),
        title=slot.title if slot else "",
        email=person.email if person else "",
        attends=person.get_attends_display() if person else "",
        has_slides=bool(person and (person.slides_file_id or person.slides_url)) if is_speaking else None,
        person=person.pk if person else None,
        minutes=slot.minutes if slot else None,
        clock=_tell_clock(slot),
    )


def _tell_slot(facts: _Facts, slot: ListedSlot) -> Speaker:
    if slot.paper is None:
        if slot.person is None:
            return Speaker(name="", says=KIND_WORDS.get(slot.kind, ""), title=slot.title, minutes=slot.minutes, clock=_tell_clock(slot))
        return _tell_person(facts, slot.person.key, slot.person.name, "speaker", slot)
    presenter = facts.presenters.get(slot.paper_key or 0)
    first = slot.paper.authors[0].name if slot.paper.authors else ""
    return Speaker(
        name=presenter.author.name if presenter else first,
        says="Presents" if presenter else "First author, nobody named",
        title=slot.paper.title,
        email=presenter.author.email if presenter else "",
        attends=presenter.get_mode_display() if presenter else "",
        has_slides=slot.paper_key in facts.slides,
        minutes=slot.minutes,
        clock=_tell_clock(slot),
    )


def _tell_clock(slot: ListedSlot | None) -> str:
    return f"{slot.starts_at.hour}:{slot.starts_at:%M}" if slot and slot.starts_at else ""
