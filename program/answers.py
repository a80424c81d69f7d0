"""What people of the program say on their own page: whether they come, what is to be printed, when they can, photo, slides."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.file_names import clean_file_name
from papers.file_rules import sniff_media_type
from papers.models import StoredFile
from papers.stored_files import keep_content, measure_content
from papers.texts import clean_text
from program.invitation_words import read_settings
from program.models import Person, PersonInvitation, PersonProposal
from program.people import LABELS, lock_person, record_person, set_times
from program.photos import MEDIA_TYPE, settle_photo

PROPOSED = ("talk_title", "abstract", "bio", "affiliation", "url")
OWN = ("zone", "attends", "slides_url")
ASKED = (*PROPOSED, *OWN)
MEGABYTE = 1024 * 1024
MOST_SLIDES = 100 * MEGABYTE
PDF = "application/pdf"
MOST_TIMES = 60


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that was changed elsewhere since the page was shown, with what stands there now."""

    field: str
    label: str
    held: str


def read_answers(person: Person) -> dict[str, str]:
    """Return what a person's page shows: what they proposed, else what is in force."""
    proposal: PersonProposal | None = getattr(person, "proposal", None)
    proposed = proposal.values if proposal else {}
    return {name: str(proposed.get(name, getattr(person, name))) for name in ASKED}


def mark_value(value: str) -> str:
    """Return a mark of a value, by which a page knows whether it was changed since."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def save_answers(invitation: PersonInvitation, *, values: Mapping[str, str], seen: Mapping[str, str]) -> tuple[Clash, ...]:
    """Keep what a person changed; where another window changed the same field, keep nothing and return those fields.

    `seen` holds for each field the mark of what was shown. What is printed waits for an organizer, unless the workshop
    prints at once; the rest is in force.
    """
    with transaction.atomic():
        person = _lock(invitation)
        held = read_answers(person)
        changed = {name: value for name, value in values.items() if mark_value(value) != seen.get(name) and value != held[name]}
        clashes = tuple(Clash(name, LABELS[name], held[name]) for name in changed if mark_value(held[name]) != seen.get(name))
        if clashes:
            return clashes
        if changed:
            _write_answers(person, changed)
        _note_answer(invitation)
    return ()


def accept_invitation(invitation: PersonInvitation) -> None:
    """Note that a person takes part; said twice, it counts once."""
    with transaction.atomic():
        person = _lock(invitation)
        if person.confirmed_at is None:
            person.confirmed_at, person.declined_at, person.decline_reason = timezone.now(), None, ""
            person.save(update_fields=["confirmed_at", "declined_at", "decline_reason"])
            record_person(person, "confirmed", by=None)
        _note_answer(invitation)


def decline_invitation(invitation: PersonInvitation, *, reason: str) -> None:
    """Note that a person does not take part, with why; their parts in sessions stay until an organizer takes them away."""
    with transaction.atomic():
        person = _lock(invitation)
        person.confirmed_at, person.declined_at, person.decline_reason = None, timezone.now(), clean_text(reason)
        person.save(update_fields=["confirmed_at", "declined_at", "decline_reason"])
        record_person(person, "declined", by=None, note=person.decline_reason)
        _note_answer(invitation)


def save_times(invitation: PersonInvitation, *, times: Iterable[tuple[dt.datetime, dt.datetime]], seen: str) -> None:
    """Keep when a person can, touching times joined; none means any time. Refuses what another window changed since `seen`."""
    joined = join_times(times)
    if len(joined) > MOST_TIMES:
        raise Refusal(f"{len(joined)} times are too many; name {MOST_TIMES} at most.", subject=invitation)
    with transaction.atomic():
        person = _lock(invitation)
        before = list_times(person)
        if mark_times(person) != seen and before != joined:
            raise Refusal("Your times were changed in another window since you opened this one. Look at them below, then save again.")
        if set_times(person, joined):
            record_person(person, "said when", by=None, before=_tell(before), after=_tell(joined))
        _note_answer(invitation)


def hand_in_photo(invitation: PersonInvitation, *, content: bytes) -> None:
    """Keep a photo, drawn anew; it waits for an organizer, unless the workshop prints at once. Refuses bad pictures in words."""
    stored = _keep(io.BytesIO(settle_photo(content)), MEDIA_TYPE)
    with transaction.atomic():
        person = _lock(invitation)
        if read_settings(person.workshop).prints_at_once:
            person.photo_file = stored
            person.save(update_fields=["photo_file"])
        else:
            proposal = _find_proposal(person)
            proposal.photo_file, proposal.changed_at = stored, timezone.now()
            proposal.save()
        record_person(person, "handed in photo", by=None, after=stored.sha256, is_printed=True)
        _note_answer(invitation)


def hand_in_slides(invitation: PersonInvitation, *, content: IO[bytes], name: str) -> None:
    """Keep a PDF as the slides, whole or not at all; a link that stood there goes. Refuses what is no PDF, empty or too large."""
    measured = measure_content(content)
    if not measured.size:
        raise Refusal("The file is empty. Choose it again.")
    if measured.size > MOST_SLIDES:
        raise Refusal(
            f"The slides have {measured.size / MEGABYTE:.1f} MB; they may have {MOST_SLIDES // MEGABYTE} MB. Give a link instead."
        )
    if sniff_media_type(measured.start) != PDF:
        raise Refusal("This is not a PDF, whatever its name says. Save the slides as PDF, or give a link.")
    stored = _keep(content, PDF)
    with transaction.atomic():
        person = _lock(invitation)
        person.slides_file, person.slides_name, person.slides_url = stored, clean_file_name(name), ""
        person.save(update_fields=["slides_file", "slides_name", "slides_url"])
        record_person(person, "handed in slides", by=None, after=person.slides_name)
        _note_answer(invitation)


def join_times(times: Iterable[tuple[dt.datetime, dt.datetime]]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return times in order, with those that touch or overlap made one."""
    joined: list[tuple[dt.datetime, dt.datetime]] = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def list_times(person: Person) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when a person can, in order."""
    return [(time.starts_at, time.ends_at) for time in person.availability.all()]


def mark_times(person: Person) -> str:
    """Return a mark of the times, by which a page knows whether they were changed since."""
    return mark_value("\n".join(_tell(list_times(person))))


def _write_answers(person: Person, changed: Mapping[str, str]) -> None:
    """Write what is in force, keep the rest as a proposal; what equals what is in force is proposed no more."""
    at_once = read_settings(person.workshop).prints_at_once
    before = {name: value for name, value in read_answers(person).items() if name in changed}
    written = [name for name in changed if name in OWN or at_once]
    for name in written:
        setattr(person, name, changed[name])
    if changed.get("slides_url"):
        person.slides_file, person.slides_name = None, ""
    person.save()
    proposal = _find_proposal(person)
    kept = {name: value for name, value in {**proposal.values, **changed}.items() if name in PROPOSED}
    proposal.values = {name: value for name, value in kept.items() if value != getattr(person, name)}
    settle_proposal(proposal)
    record_person(person, "answered", by=None, before=before, after=dict(changed), is_printed=any(name in PROPOSED for name in written))


def settle_proposal(proposal: PersonProposal) -> None:
    """Keep a proposal as long as it proposes something."""
    if proposal.values or proposal.photo_file_id:
        proposal.changed_at = timezone.now()
        proposal.save()
    elif proposal.pk:
        proposal.delete()


def _find_proposal(person: Person) -> PersonProposal:
    held: PersonProposal | None = PersonProposal.objects.filter(person=person).first()
    return held or PersonProposal(person=person)


def _keep(content: IO[bytes], media_type: str) -> StoredFile:
    return keep_content(content, measure_content(content), media_type=media_type)


def _lock(invitation: PersonInvitation) -> Person:
    """Return the person as they stand now; refuses a link that was taken back or ran out meanwhile."""
    held = PersonInvitation.objects.get(pk=invitation.pk)
    if held.revoked_at or held.expires_at <= timezone.now():
        raise Refusal("Your link does not work any more; nothing was kept. Write to the organizers for a new one.", subject=invitation)
    return lock_person(invitation.person)


def _note_answer(invitation: PersonInvitation) -> None:
    PersonInvitation.objects.filter(pk=invitation.pk, answered_at__isnull=True).update(answered_at=timezone.now())


def _tell(times: list[tuple[dt.datetime, dt.datetime]]) -> list[str]:
    return [f"{start:%Y-%m-%dT%H:%MZ} to {end:%Y-%m-%dT%H:%MZ}" for start, end in times]


def describe_changes(person: Person) -> list[dict[str, Any]]:
    """Return what waits to be taken over: field, label, what is in force, what is proposed."""
    proposal: PersonProposal | None = getattr(person, "proposal", None)
    values = proposal.values if proposal else {}
    return [
        {"field": name, "label": LABELS[name], "before": getattr(person, name), "after": values[name]}
        for name in PROPOSED
        if name in values
    ]
