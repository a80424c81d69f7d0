"""People of the program put in, changed, taken out, given parts in sessions by organizers."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import HistoryLine, User, Workshop
from program.models import Person, PersonAvailability, PersonRole, Session, SessionPart

LABELS = {
    "name": "Name",
    "program_name": "Name in the schedule",
    "title": "Position",
    "affiliation": "Affiliation",
    "url": "Home page",
    "photo": "Photo on the site",
    "email": "Mail address",
    "zone": "Time zone",
    "attends": "Takes part",
    "talk_title": "Title of the talk",
    "abstract": "Abstract",
    "bio": "Bio",
    "slides_url": "Link to the slides",
}
PRINTED = frozenset({"name", "program_name", "title", "affiliation", "url", "photo", "talk_title", "abstract", "bio"})


def add_person(workshop: Workshop, *, values: dict[str, str], roles: Iterable[str] = (), by: User) -> Person:
    """Put somebody into a workshop; refuses a name that is taken."""
    with transaction.atomic():
        _refuse_taken_name(workshop, values["name"])
        person = Person.objects.create(workshop=workshop, **values)
        _set_roles(person, roles)
        record_person(person, "added person", by=by, after={"name": person.name, "roles": sorted(roles)}, is_printed=True)
    return person


def change_person(person: Person, *, values: dict[str, str], roles: Iterable[str] | None = None, by: User) -> bool:
    """Write what differs and tell whether anything did; refuses a name that is taken. None leaves the roles alone."""
    with transaction.atomic():
        held = lock_person(person)
        after = {name: value for name, value in values.items() if getattr(held, name) != value}
        before: dict[str, Any] = {name: getattr(held, name) for name in after}
        if "name" in after:
            _refuse_taken_name(held.workshop, after["name"])
        if after.get("slides_url"):
            held.slides_file, held.slides_name = None, ""
        for name, value in after.items():
            setattr(held, name, value)
        held.save()
        had, told = sorted(role.kind for role in held.roles.all()), sorted(roles or ())
        if roles is not None and had != told:
            _set_roles(held, told)
            before["roles"], after["roles"] = had, told  # type: ignore[assignment]
        if after:
            record_person(
                held, "changed person", by=by, before=before, after=after, is_printed=bool(PRINTED & after.keys() or "roles" in after)
            )
    return bool(after)


def remove_person(person: Person, *, by: User) -> None:
    """Take somebody out with their roles; refuses while they have a part in a session."""
    with transaction.atomic():
        held = lock_person(person)
        parts = list(held.parts.select_related("session"))
        if parts:
            told = ", ".join(f"“{part.session}”" for part in parts)
            raise Refusal(f"{held.name} has a part in {told}; take it away first.", subject=held)
        record_person(held, "removed person", by=by, before={"name": held.name}, is_printed=True)
        held.delete()


def add_part(person: Person, *, session: Session, kind: str, by: User) -> SessionPart:
    """Give somebody a part in a session, as the last of its kind; refuses one that they have."""
    with transaction.atomic():
        held = lock_person(person)
        if session.parts.filter(person=held, kind=kind).exists():
            raise Refusal(f"{held.name} is {SessionPart.Kind(kind).label.lower()} of “{session}” already.", subject=held)
        last = session.parts.order_by("-position").first()
        part = SessionPart.objects.create(session=session, person=held, kind=kind, position=last.position + 1 if last else 1)
        record_person(held, "gave part", by=by, after=f"{part.get_kind_display()}, {session}", is_printed=True)
    return part


def remove_part(part: SessionPart, *, by: User) -> None:
    """Take a part away."""
    with transaction.atomic():
        record_person(part.person, "took part away", by=by, before=f"{part.get_kind_display()}, {part.session}", is_printed=True)
        part.delete()


def confirm_for_person(person: Person, *, by: User) -> None:
    """Note that somebody said by other means that they take part; refuses who has said so."""
    with transaction.atomic():
        held = lock_person(person)
        if held.confirmed_at:
            raise Refusal(f"{held.name} has confirmed already.", subject=held)
        held.confirmed_at, held.declined_at, held.decline_reason = timezone.now(), None, ""
        held.save(update_fields=["confirmed_at", "declined_at", "decline_reason"])
        record_person(held, "confirmed for person", by=by)


def set_times(person: Person, times: Iterable[tuple[Any, Any]]) -> bool:
    """Write when a person can, in a transaction that holds the person; tell whether it differed."""
    wanted = dict(times)
    held = {time.starts_at: time for time in person.availability.all()}
    if {start: time.ends_at for start, time in held.items()} == wanted:
        return False
    person.availability.all().delete()
    PersonAvailability.objects.bulk_create(
        [PersonAvailability(person=person, starts_at=start, ends_at=end) for start, end in sorted(wanted.items())]
    )
    return True


def lock_person(person: Person) -> Person:
    """Return a person as they stand now, so that another change waits; refuses who was taken out meanwhile."""
    held = Person.objects.select_for_update(of=("self",)).select_related("workshop").filter(pk=person.pk).first()
    if held is None:
        raise Refusal(f"{person.name} was taken out of the workshop in the meantime.", subject=person)
    return held


def record_person(
    person: Person, action: str, *, by: User | None, before: Any = None, after: Any = None, note: str = "", is_printed: bool = False
) -> HistoryLine:
    """Append a line about a person; what is printed counts as a change of the schedule, by which calendars see that they are old."""
    field = f"{'people' if is_printed else 'person'} {person.name}"[:60]
    actor = "" if by else person.name[:120]
    return record_change(person.workshop, action, by=by, actor=actor, field=field, before=before, after=after, note=note)


def _refuse_taken_name(workshop: Workshop, name: str) -> None:
    if workshop.people.filter(name=name).exists():
        raise Refusal(f"{name} is in {workshop} already; each name stands once.", subject=workshop)


def _set_roles(person: Person, kinds: Iterable[str]) -> None:
    """Give just these roles; a new one comes last in its list."""
    wanted = set(kinds)
    person.roles.exclude(kind__in=wanted).delete()
    held = {role.kind for role in person.roles.all()}
    for kind in sorted(wanted - held):
        last = PersonRole.objects.filter(person__workshop=person.workshop, kind=kind).order_by("-position").first()
        PersonRole.objects.create(person=person, kind=kind, position=last.position + 1 if last else 1)
