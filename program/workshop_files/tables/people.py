"""People with their roles, organizations."""

import datetime as dt
from typing import Any

from papers.models import Workshop
from papers.texts import fold_text
from program.models import Organization, Person, PersonAvailability, PersonRole
from program.workshop_files.checks import ROLES
from program.workshop_files.fields import settle_line, settle_text
from program.workshop_files.tables.rows import Held, pair_rows, save_row, take_fields
from program.workshop_files.values import FreeTimeSettings, OrganizationSettings, PersonSettings, RolesSettings, WorkshopSettings

SECTIONS = {"sponsors": Organization.Kind.SPONSOR, "affiliations": Organization.Kind.AFFILIATION}


def read_people(workshop: Workshop) -> tuple[PersonSettings, ...]:
    """Return the people by name."""
    found = [_read_person(person) for person in workshop.people.prefetch_related("availability")]
    return tuple(sorted(found, key=lambda person: (fold_text(person.name), person.name)))


def read_roles(workshop: Workshop) -> RolesSettings:
    """Return the names in each role, in printed order."""
    names: dict[str, list[str]] = {role: [] for role in ROLES}
    for role in PersonRole.objects.filter(person__workshop=workshop).select_related("person"):
        names[role.kind].append(settle_line(role.person.name))
    return RolesSettings(**{role: tuple(found) for role, found in names.items()})


def save_people(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the people and their roles; somebody with another name but the same page or photo was renamed."""
    held = [Held(person, _read_person(person)) for person in workshop.people.prefetch_related("availability")]
    rows, unwanted = pair_rows(held, settings.people, lambda one: one.name, lambda one: one.url, lambda one: one.photo)
    for person in unwanted:
        person.delete()
    by_name: dict[str, Person] = {}
    for row, one in zip(rows, settings.people, strict=True):
        person = row or Person(workshop=workshop)
        save_row(person, **_list_columns(person, one))
        _save_free_times(person, one.availability)
        by_name[one.name] = person
    _save_roles(workshop, settings, by_name)


def read_organizations(workshop: Workshop) -> dict[str, tuple[OrganizationSettings, ...]]:
    """Return sponsors and affiliations in printed order."""
    found = list(workshop.organizations.all())
    return {
        section: tuple(take_fields(OrganizationSettings, one) for one in found if one.kind == kind) for section, kind in SECTIONS.items()
    }


def save_organizations(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write sponsors and affiliations."""
    for section, kind in SECTIONS.items():
        wanted: tuple[OrganizationSettings, ...] = getattr(settings, section)
        held = [Held(one, take_fields(OrganizationSettings, one)) for one in workshop.organizations.filter(kind=kind)]
        rows, unwanted = pair_rows(held, wanted, lambda one: (one.name, one.url), lambda one: one.name, lambda one: one.url)
        for row in unwanted:
            row.delete()
        for position, (found, one) in enumerate(zip(rows, wanted, strict=True), start=1):
            organization = found or Organization(workshop=workshop, kind=kind)
            save_row(organization, position=position, **{name: getattr(one, name) for name in OrganizationSettings.__dataclass_fields__})


def _read_person(person: Person) -> PersonSettings:
    times = tuple(FreeTimeSettings(starts_at=time.starts_at, ends_at=time.ends_at) for time in person.availability.all())
    return take_fields(PersonSettings, person, abstract=settle_text(person.abstract), bio=settle_text(person.bio), availability=times)


def _list_columns(person: Person, one: PersonSettings) -> dict[str, Any]:
    """Return what to write: slides are a link or a file, an answer is yes or no."""
    columns: dict[str, Any] = {name: getattr(one, name) for name in PersonSettings.__dataclass_fields__ if name != "availability"}
    if one.slides_url and person.slides_file_id:
        columns |= {"slides_file": None, "slides_name": ""}
    if one.confirmed_at and person.declined_at:
        columns |= {"declined_at": None, "decline_reason": ""}
    return columns


def _save_free_times(person: Person, times: tuple[FreeTimeSettings, ...]) -> None:
    held: dict[dt.datetime, PersonAvailability] = {time.starts_at: time for time in person.availability.all()}
    for one in times:
        row = held.pop(one.starts_at) if one.starts_at in held else PersonAvailability(person=person, starts_at=one.starts_at)
        save_row(row, ends_at=one.ends_at)
    for time in held.values():
        time.delete()


def _save_roles(workshop: Workshop, settings: WorkshopSettings, people: dict[str, Person]) -> None:
    held = {(role.kind, role.person_id): role for role in PersonRole.objects.filter(person__workshop=workshop)}
    for kind in ROLES:
        for position, name in enumerate(getattr(settings.roles, kind), start=1):
            person = people[name]
            row = held.pop((kind, person.pk), None) or PersonRole(person=person, kind=kind)
            save_row(row, position=position)
    for role in held.values():
        role.delete()
