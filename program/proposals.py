"""What people propose for print, taken over or dismissed by organizers."""

import hashlib
import json
from collections.abc import Iterable

from django.db import transaction

from papers.errors import Refusal
from papers.models import User
from program.answers import PROPOSED, settle_proposal
from program.models import Person, PersonProposal
from program.people import lock_person, record_person

PHOTO = "photo_file"
FIELDS = (*PROPOSED, PHOTO)


def mark_proposal(person: Person) -> str:
    """Return a mark of what is proposed, by which a page knows that it is out of date; empty when nothing is."""
    proposal: PersonProposal | None = getattr(person, "proposal", None)
    if proposal is None:
        return ""
    told = json.dumps([proposal.values, proposal.photo_file_id], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def take_over(person: Person, *, fields: Iterable[str], seen: str, by: User) -> list[str]:
    """Put proposed values into force and return their fields; refuses what the organizer has not seen, and nothing chosen."""
    with transaction.atomic():
        held, proposal, chosen = _lock(person, fields, seen)
        before: dict[str, object] = {}
        after: dict[str, object] = {}
        for name in chosen:
            value = proposal.photo_file if name == PHOTO else proposal.values[name]
            before[name], after[name] = _tell(getattr(held, name)), _tell(value)
            setattr(held, name, value)
        held.save()
        _drop(proposal, chosen)
        record_person(held, "took over", by=by, before=before, after=after, is_printed=True)
    return chosen


def dismiss(person: Person, *, fields: Iterable[str], seen: str, by: User) -> list[str]:
    """Forget proposed values; what is in force stays."""
    with transaction.atomic():
        held, proposal, chosen = _lock(person, fields, seen)
        before = {name: _tell(proposal.photo_file if name == PHOTO else proposal.values[name]) for name in chosen}
        _drop(proposal, chosen)
        record_person(held, "dismissed", by=by, before=before)
    return chosen


def _lock(person: Person, fields: Iterable[str], seen: str) -> tuple[Person, PersonProposal, list[str]]:
    held = lock_person(person)
    if not seen or mark_proposal(held) != seen:
        raise Refusal(f"What {held.name} proposes has changed since you looked; look again.", subject=held)
    proposal = held.proposal
    chosen = [name for name in FIELDS if name in set(fields) and (name in proposal.values or (name == PHOTO and proposal.photo_file_id))]
    if not chosen:
        raise Refusal("Choose at least one of the proposed texts.", subject=held)
    return held, proposal, chosen


def _drop(proposal: PersonProposal, chosen: Iterable[str]) -> None:
    proposal.values = {name: value for name, value in proposal.values.items() if name not in chosen}
    if PHOTO in chosen:
        proposal.photo_file = None
    settle_proposal(proposal)


def _tell(value: object) -> object:
    return getattr(value, "sha256", value)
