"""From the text of a workshop file to its values and back to its normal form."""

import json
from dataclasses import replace
from typing import Any

from papers.texts import fold_text
from program.local_times import list_zones
from program.workshop_files.checks import check_settings
from program.workshop_files.documents import read_document
from program.workshop_files.entries import read_entry, write_entry
from program.workshop_files.file_settings import sort_required_files
from program.workshop_files.frames import add_named_rooms, sort_frame
from program.workshop_files.mistakes import Mistake, Reader, WorkshopFileRefused, show_value
from program.workshop_files.values import FORMAT, PersonSettings, SessionSettings, WorkshopSettings


def parse_workshop_file(data: bytes | str) -> WorkshopSettings:
    """Return what a workshop file says; refuses with every mistake by its JSON path."""
    document, mistakes = read_document(data)
    if not (mistakes and document is None):
        settings, found = read_settings(document)
        mistakes = [*mistakes, *found]
    if mistakes:
        raise WorkshopFileRefused(mistakes)
    return settings


def read_settings(document: Any) -> tuple[WorkshopSettings, list[Mistake]]:
    """Return the values of a document in their order, with every mistake; with mistakes, the values are not to be used."""
    reader = Reader()
    if not isinstance(document, dict):
        reader.refuse("$", f"a workshop file is one object, not {show_value(document)}.")
        document = {}
        return read_entry(WorkshopSettings, Reader(), document, "$"), reader.mistakes
    document = dict(document)
    stated = document.pop("format", FORMAT)
    if stated != FORMAT or isinstance(stated, bool):
        reader.refuse("$.format", f"this is format {FORMAT}; {show_value(stated)} can't be read here.")
    zone = document.get("zone")
    is_known = isinstance(zone, str) and zone in list_zones()
    settings = read_entry(WorkshopSettings, reader.in_zone(str(zone)) if is_known else reader, document, "$")
    return sort_settings(settings), [*reader.mistakes, *check_settings(settings)]


def sort_settings(settings: WorkshopSettings) -> WorkshopSettings:
    """Put people in the order of their names, required files by kind, days and sessions in the order of time, boards by number."""
    return replace(
        settings,
        required_files=sort_required_files(settings.required_files),
        people=tuple(sorted(settings.people, key=_order_of_person)),
        **sort_frame({name: getattr(settings, name) for name in ("days", "rooms", "boards")}),
        sessions=tuple(sorted(settings.sessions, key=_order_of_session)),
    )


def write_workshop_file(settings: WorkshopSettings) -> bytes:
    """Return the normal form: two spaces, UTF-8, NFC, one order of keys, nothing that is left out anyway, a last newline."""
    document = {"format": FORMAT, **write_settings(settings)}
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode()


def write_settings(settings: WorkshopSettings, *, has_keys: bool = True) -> dict[str, Any]:
    """Return the settings as plain JSON values, without rooms that say no more than sessions do, or keys that places say."""
    named = [session.room for session in settings.sessions]
    rooms = settings.rooms if settings.rooms is None else add_named_rooms(settings.rooms, named)
    sessions = tuple(
        replace(session, uid="") if not has_keys or session.uid == name_place(place) else session
        for place, session in enumerate(settings.sessions, start=1)
    )
    return write_entry(replace(settings, rooms=None if rooms == add_named_rooms((), named) else rooms, sessions=sessions))


def name_place(place: int) -> str:
    """Return the key of a session that a file gives none, by its place counted from 1."""
    return f"session-{place}"


def normalize_workshop_file(data: bytes | str) -> bytes:
    """Return the normal form of a workshop file; refuses with every mistake."""
    return write_workshop_file(parse_workshop_file(data))


def _order_of_person(person: PersonSettings) -> tuple[str, str]:
    return fold_text(person.name), person.name


def _order_of_session(session: SessionSettings) -> tuple[bool, float]:
    return session.starts_at is None, session.starts_at.at.timestamp() if session.starts_at else 0.0
