"""What a workshop keeps of its schedule where a file does not speak of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from program.local_times import NoSuchTime
from program.workshop_files.frames import add_named_rooms, move_frame
from program.workshop_files.mistakes import Mistake, WorkshopFileRefused
from program.workshop_files.places import PaperPlace, Place, TalkPlace
from program.workshop_files.tables.rows import Held, pair_rows
from program.workshop_files.values import SessionSettings, WorkshopSettings

DETAILS = ("question_minutes", "board", "is_pinned")  # of a place in a session, beyond what early files knew


def complete_settings(settings: WorkshopSettings, before: WorkshopSettings | None) -> WorkshopSettings:
    """Return the settings with what stays as it was: sessions under their keys, days, rooms and boards that are left out.

    A file that knows nothing of streams, pins, boards, questions or talks without a paper leaves those alone, too.
    Refuses another zone in which clocks never show a time of what stays.
    """
    named = [session.room for session in settings.sessions]
    if before is None:
        rooms = add_named_rooms(settings.rooms or (), named)
        return replace(settings, days=settings.days or (), rooms=rooms, boards=settings.boards or ())
    kept = _keep_frame(settings, before)
    is_plain = before.rooms == add_named_rooms((), [session.room for session in before.sessions])
    rooms = kept["rooms"] if settings.rooms is None else settings.rooms
    return replace(
        settings,
        days=kept["days"] if settings.days is None else settings.days,
        rooms=add_named_rooms(() if settings.rooms is None and is_plain else rooms or (), named),
        boards=before.boards if settings.boards is None else settings.boards,
        sessions=_keep_sessions(settings, before),
    )


def keep_details(session: SessionSettings, before: SessionSettings, people: set[str]) -> SessionSettings:
    """Return a session with the details that another had: its pin, those of its papers, its talks without a paper at their places."""
    held = {place.name: place for place in before.papers if isinstance(place, PaperPlace)}
    papers: list[Place] = [
        replace(place, **{name: getattr(held[place.name], name) for name in DETAILS}) if place.name in held else place
        for place in session.papers
    ]
    for index, place in enumerate(before.papers):
        if isinstance(place, TalkPlace):
            papers.insert(index, place if place.person in people else replace(place, person=""))
    return replace(session, is_streamed=before.is_streamed, is_pinned=before.is_pinned, papers=tuple(papers))


def pair_sessions(before: Sequence[SessionSettings], after: Sequence[SessionSettings]) -> list[SessionSettings | None]:
    """Return for each session the one that it was: by its key, else by what it is, where it is called or when it is."""
    by_key = {one.uid: one for one in before}
    found = [by_key.get(one.uid) if one.uid else None for one in after]
    taken = {one.uid for one in found if one}
    held = [Held(one, replace(one, uid="")) for one in before if one.uid not in taken]
    open_places = [index for index, one in enumerate(found) if one is None]
    rows, _ = pair_rows(
        held,
        [replace(after[index], uid="") for index in open_places],
        lambda one: one,
        lambda one: (one.title or one.label) and (one.kind, one.label, one.title),
        lambda one: one.title or one.label,
        lambda one: one.starts_at and (one.starts_at, one.kind),
    )
    for index, row in zip(open_places, rows, strict=True):
        found[index] = row
    return found


def _keep_frame(settings: WorkshopSettings, before: WorkshopSettings) -> dict[str, Any]:
    values = {"days": before.days, "rooms": before.rooms}
    if settings.zone == before.zone:
        return values
    try:
        return move_frame(values, settings.zone)
    except NoSuchTime as problem:
        raise WorkshopFileRefused([Mistake("$.zone", f"days or rooms can't stay as they are: {problem}")]) from None


def _keep_sessions(settings: WorkshopSettings, before: WorkshopSettings) -> tuple[SessionSettings, ...]:
    speaks = _speaks_of_details(settings)
    people = {person.name for person in settings.people}
    kept = []
    for session, held in zip(settings.sessions, pair_sessions(before.sessions, settings.sessions), strict=True):
        named = replace(session, uid=held.uid) if held else session
        kept.append(named if speaks or held is None else keep_details(named, held, people))
    return tuple(kept)


def _speaks_of_details(settings: WorkshopSettings) -> bool:
    """Tell whether a file knows of what early files did not."""
    if any(section is not None for section in (settings.days, settings.rooms, settings.boards)):
        return True
    places = [place for session in settings.sessions for place in session.papers]
    has_flags = any(session.is_streamed or session.is_pinned for session in settings.sessions)
    return has_flags or any(isinstance(place, TalkPlace) or any(getattr(place, name) for name in DETAILS) for place in places)
