"""Single entries of a workshop's settings put in, taken out, moved."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from papers.errors import Refusal
from papers.zones import find_zone
from program.local_times import place_in_zone
from program.workshop_files.checks import PARTS, ROLES
from program.workshop_files.frames import move_frame
from program.workshop_files.moments import Moment
from program.workshop_files.parsing import sort_settings
from program.workshop_files.places import TalkPlace
from program.workshop_files.values import (
    DateSettings,
    EarlierDate,
    PersonSettings,
    RolesSettings,
    SessionSettings,
    SiteSettings,
    WorkshopSettings,
)

SORTED_SECTIONS = frozenset({"people", "sessions", "days", "boards"})


def list_entries(settings: WorkshopSettings, section: str) -> tuple[Any, ...]:
    """Return the entries of a section; the blocks are those of the site."""
    if section == "blocks":
        return settings.site.blocks if settings.site else ()
    entries: tuple[Any, ...] = getattr(settings, section)
    return entries


def put_entry(settings: WorkshopSettings, section: str, index: int | None, entry: Any) -> WorkshopSettings:
    """Return the settings with an entry in place of another, or at the end; a person's new name counts everywhere."""
    entries = list(list_entries(settings, section))
    if index is None:
        return _replace_entries(settings, section, [*entries, entry])
    if section == "people" and entries[index].name != entry.name:
        settings = rename_person(settings, entries[index].name, entry.name)
    entries[index] = entry
    return _replace_entries(settings, section, entries)


def drop_entry(settings: WorkshopSettings, section: str, index: int) -> WorkshopSettings:
    """Return the settings without an entry; refuses one that others name."""
    entries = list(list_entries(settings, section))
    dropped = entries.pop(index)
    if section == "people":
        _refuse_busy_person(settings, dropped)
        settings = map_role_names(settings, lambda names: tuple(name for name in names if name != dropped.name))
    return _replace_entries(settings, section, entries)


def move_entry(settings: WorkshopSettings, section: str, index: int, step: int) -> WorkshopSettings:
    """Return the settings with an entry moved up (-1) or down (1); at the end of the list it stays."""
    entries = list(list_entries(settings, section))
    target = index + step
    if section in SORTED_SECTIONS or not 0 <= target < len(entries):
        return settings
    entries[index], entries[target] = entries[target], entries[index]
    return _replace_entries(settings, section, entries)


def rename_person(settings: WorkshopSettings, old: str, new: str) -> WorkshopSettings:
    """Return the settings with a name replaced in every role and session."""

    def change(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new if name == old else name for name in names)

    def change_session(session: SessionSettings) -> SessionSettings:
        parts: dict[str, Any] = {part: change(getattr(session, part)) for part in PARTS}
        papers = (replace(one, person=new) if isinstance(one, TalkPlace) and one.person == old else one for one in session.papers)
        return replace(session, **parts, papers=tuple(papers))

    return replace(map_role_names(settings, change), sessions=tuple(map(change_session, settings.sessions)))


def map_role_names(settings: WorkshopSettings, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> WorkshopSettings:
    """Return the settings with the names of each role changed."""
    return replace(settings, roles=RolesSettings(**{role: change(getattr(settings.roles, role)) for role in ROLES}))


def set_roles(settings: WorkshopSettings, name: str, roles: list[str]) -> WorkshopSettings:
    """Return the settings with a person in just these roles, at the end of those that are new."""
    held: dict[str, tuple[str, ...]] = {role: getattr(settings.roles, role) for role in ROLES}
    for role, names in held.items():
        if role in roles and name not in names:
            held[role] = (*names, name)
        elif role not in roles:
            held[role] = tuple(one for one in names if one != name)
    return replace(settings, roles=RolesSettings(**held))


def add_people(settings: WorkshopSettings, names: list[str]) -> WorkshopSettings:
    """Return the settings with a person for each name that is not known yet."""
    known = {person.name for person in settings.people}
    added = [PersonSettings(name=name) for name in dict.fromkeys(names) if name and name not in known]
    return sort_settings(replace(settings, people=(*settings.people, *added)))


def keep_old_value(old: DateSettings, new: DateSettings, *, changed_at: dt.datetime) -> DateSettings:
    """Return a date with the value it had before at the end of its history, where day, time or zone changed."""
    if old.at is None or (old.at, old.until) == (new.at, new.until):
        return new
    days = f"or {old.until:%B} {old.until.day}" if old.until else ""
    given_up = EarlierDate(at=old.at, zone=old.zone, note=days or old.note, changed_at=changed_at)
    return replace(new, earlier=(*new.earlier, given_up))


def change_zone(settings: WorkshopSettings, zone: str) -> WorkshopSettings:
    """Return the settings in another zone; days, rooms and sessions keep the times that clocks show, deadlines of files the instants.

    Raises NoSuchTime where clocks never show a time.
    """

    def move(session: SessionSettings) -> SessionSettings:
        if session.starts_at is None:
            return session
        wall = session.starts_at.at.astimezone(find_zone(settings.zone)).replace(tzinfo=None)
        return replace(session, starts_at=Moment(place_in_zone(wall, zone), zone))

    asked = (replace(one, due_at=replace(one.due_at, zone=zone)) if one.due_at else one for one in settings.required_files)
    moved = move_frame({"days": settings.days, "rooms": settings.rooms}, zone)
    changed = replace(settings, zone=zone, sessions=tuple(map(move, settings.sessions)), required_files=tuple(asked), **moved)
    return sort_settings(changed)


def list_session_names(session: SessionSettings) -> set[str]:
    """Return the names of those who have a part in a session or give a talk in it."""
    speakers = {place.person for place in session.papers if isinstance(place, TalkPlace)}
    return speakers.union(*(getattr(session, part) for part in PARTS))


def name_session(session: SessionSettings) -> str:
    """Return how sentences call a session."""
    return session.title or session.label or session.kind


def _replace_entries(settings: WorkshopSettings, section: str, entries: list[Any]) -> WorkshopSettings:
    if section == "blocks":
        return replace(settings, site=replace(settings.site or SiteSettings(), blocks=tuple(entries)))
    changed: dict[str, Any] = {section: tuple(entries)}
    return sort_settings(replace(settings, **changed))


def _refuse_busy_person(settings: WorkshopSettings, person: PersonSettings) -> None:
    busy = [session for session in settings.sessions if person.name in list_session_names(session)]
    if busy:
        told = ", ".join(f"“{name_session(session)}”" for session in busy)
        raise Refusal(f"{person.name} has a part in {told}; change the session first.", subject=person)
