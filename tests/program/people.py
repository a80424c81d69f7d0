"""People of a program as tests need them, made by the stage functions."""

import io
import re
from typing import Any
from uuid import uuid4

from PIL import Image

from papers.letters.links import fill_link
from papers.models import Letter, User, Workshop
from program.invitations import open_invitation, plan_invitations, send_invitations
from program.models import Person, PersonInvitation, Session
from program.people import add_part, add_person


def make_person(
    workshop: Workshop, by: User, name: str = "Ingrid Invited", *, roles: tuple[str, ...] = ("speaker",), **values: str
) -> Person:
    """Put somebody in with a mail address."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return add_person(workshop, values={"name": name, "email": email, **values}, roles=roles, by=by)


def invite(person: Person, by: User, *, is_reminder: bool = False) -> str:
    """Send somebody a mail; return the secret of its link."""
    plan = plan_invitations(person.workshop, [person.pk], is_reminder=is_reminder)
    send_invitations(person.workshop, [person.pk], is_reminder=is_reminder, digest=plan.digest, nonce=uuid4().hex, by=by)
    return read_token(Letter.objects.latest("pk"))


def read_token(letter: Letter) -> str:
    """Return the secret of the link that a mail will carry."""
    found = re.search(r"/people/([\w-]{43})/", fill_link(letter))
    assert found is not None
    return found[1]


def enter(person: Person, by: User) -> PersonInvitation:
    """Invite somebody who opens their page at once."""
    return open_invitation(invite(person, by))


def make_talk(workshop: Workshop, person: Person, by: User, **fields: Any) -> Session:
    """Make an invited talk of a person."""
    position = workshop.sessions.count() + 1
    values = {"kind": "invited-talk", "minutes": 30, "starts_at": "2026-06-17T16:00:00Z", "uid": f"session-{position}", **fields}
    session = Session.objects.create(workshop=workshop, position=position, **values)
    session.refresh_from_db()
    add_part(person, session=session, kind="speaker", by=by)
    return session


def draw_photo(form: str = "PNG") -> bytes:
    """Return a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (300, 300), (90, 120, 90)).save(buffer, form)
    return buffer.getvalue()
