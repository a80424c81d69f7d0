"""Letters to the people whom a new version of the schedule touches, and to nobody else."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from papers.history import record_change
from papers.letter_jobs import start_sending
from papers.letters.mailings import find_site_domain
from papers.letters.recipients import find_recipients, is_usable
from papers.models import Audience, Author, Letter, Mailing, Paper, Route, User, Workshop
from papers.texts import clean_line
from program.models import Person
from program.published.touched import TouchedItem, list_touched_papers, list_touched_people, tell_item
from program.published.values import VersionComparison

BATCH = 500
BODY = """Dear {name},

the program of {workshop} has changed. For you this means:

{items}

The whole program: {program}

The organizers of {short_name}
"""


@dataclass(frozen=True, slots=True)
class VersionLetter:
    """A letter as it would be sent, on a paper to an author or to a person of the program."""

    address: str
    name: str
    subject: str
    body: str
    paper: Paper | None = None
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class VersionLetters:
    """All letters on a version, and sentences on who is touched and can't be reached; `digest` marks them all."""

    letters: tuple[VersionLetter, ...]
    unreachable: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Return a mark of the letters; what reads otherwise has another."""
        told = "\0".join(f"{letter.address}\n{letter.subject}\n{letter.body}" for letter in self.letters)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def write_version_letters(workshop: Workshop, compared: VersionComparison) -> VersionLetters:
    """Return a letter for each author of a touched paper and each touched person, with old and new time in their own zone, too."""
    papers, people = list_touched_papers(compared), list_touched_people(compared)
    found = workshop.papers.filter(pk__in=papers).for_letters()
    recipients, missing = find_recipients(found, audience=Audience.ALL, route=Route.MAIL)
    letters = [
        VersionLetter(
            recipient.address,
            recipient.name,
            *_write(workshop, recipient.name, papers[recipient.paper.pk], recipient.zone),
            paper=recipient.paper,
            author=recipient.author,
        )
        for recipient in recipients
    ]
    unreachable = [f"{one.name or 'An author'} of “{one.paper.title}” {one.reason}." for one in missing]
    touched = list(workshop.people.filter(pk__in=people).order_by("name", "pk"))
    letters += _write_to_people(workshop, [person for person in touched if is_usable(person.email)], people)
    unreachable += [f"{person.name} has no mail address here that can be mailed." for person in touched if not is_usable(person.email)]
    return VersionLetters(tuple(letters), tuple(unreachable))


def queue_version_letters(workshop: Workshop, letters: VersionLetters, *, number: int, by: User | None) -> Mailing | None:
    """Put the letters into the outbox; call it inside the transaction that publishes. Of each version there is one mailing at most."""
    if not letters.letters:
        return None
    mailing = Mailing.objects.create(
        workshop=workshop,
        kind=Mailing.Kind.NOTICE,
        name=f"Changes of the schedule, version {number}",
        subject=_write_subject(workshop),
        body=BODY,
        nonce=f"schedule-version-{number}",
        by=by,
    )
    Letter.objects.bulk_create([_make_letter(mailing, letter) for letter in letters.letters], batch_size=BATCH)
    record_change(workshop, "queued letters", by=by, field="letter", after={"letters": len(letters.letters)}, note=mailing.name)
    start_sending(workshop, by=by)
    return mailing


def _write_to_people(workshop: Workshop, people: Iterable[Person], items: dict[int, list[TouchedItem]]) -> Iterator[VersionLetter]:
    for person in people:
        yield VersionLetter(person.email, person.name, *_write(workshop, person.name, items[person.pk], person.zone))


def _write(workshop: Workshop, name: str, items: Sequence[TouchedItem], zone: str) -> tuple[str, str]:
    body = BODY.format(
        name=clean_line(name),
        workshop=clean_line(workshop.name),
        items="\n\n".join(tell_item(item, workshop.zone, zone, room=workshop.room) for item in items),
        program=f"{settings.SITE_URL}{reverse('public-program', args=[workshop.slug])}",
        short_name=clean_line(f"{workshop.short_name} {workshop.year}"),
    )
    return _write_subject(workshop), body


def _write_subject(workshop: Workshop) -> str:
    return clean_line(f"[{workshop.short_name} {workshop.year}] The program has changed")[:300]


def _make_letter(mailing: Mailing, letter: VersionLetter) -> Letter:
    return Letter(
        mailing=mailing,
        paper=letter.paper,
        author=letter.author,
        address=letter.address,
        name=letter.name,
        subject=letter.subject,
        body=letter.body,
        message_id=f"<{uuid4().hex}@{find_site_domain()}>",
    )
