"""What the addresses of people take: somebody with a part, files, a proposal, an invitation."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from papers.models import StoredFile
from papers.stored_files import keep_content, measure_content
from program.models import Person, PersonInvitation, PersonProposal, Session, SessionPart

ON_PERSON = ("person", "edit-person", "remove-person", "add-part", "confirm-person", "revoke-person", "take-over-person", "dismiss-person")
OF_ONESELF = (
    *("own-person", "accept-own-person", "decline-own-person", "write-own-person", "times-own-person", "photo-own-person"),
    *("own-person-photo", "slides-own-person", "own-person-slides", "person-calendar", "revoke-person-calendar"),
)


def name_people_arguments(person: Person, session: Session) -> dict[str, list[Any]]:
    """Return what each address takes; everything of the person that organizers alone may know is there."""
    slug, now = person.workshop.slug, timezone.now()
    person.email, person.zone = "speaker@secret.example", "Asia/Tokyo"
    person.photo_file = person.slides_file = _keep(b"\xff\xd8\xff a photo")
    person.save()
    PersonProposal.objects.create(person=person, values={"bio": "Secret Proposal"}, photo_file=_keep(b"\xff\xd8\xff other"), changed_at=now)
    part = SessionPart.objects.create(session=session, person=person)
    PersonInvitation.objects.create(
        person=person, email=person.email, token_hash="person", sent_at=now, opened_at=now, expires_at=now + dt.timedelta(days=9)
    )
    return (
        {name: [slug, person.pk] for name in (*ON_PERSON, "person-slides", "public-photo")}
        | {name: [person.pk] for name in OF_ONESELF}
        | {"person-photo": [slug, person.pk, "printed"], "remove-part": [slug, part.pk], "person-link": ["no-such-token"]}
    )


def _keep(content: bytes) -> StoredFile:
    file = ContentFile(content)
    return keep_content(file, measure_content(file), media_type="image/jpeg")
