"""Nothing of the draft reaches the world after a publication: no page, feed, export, photo."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from papers.author_steps import find_places
from papers.models import Paper, StoredFile, User, Workshop
from papers.stored_files import keep_content, measure_content
from program.calendar_links import CalendarOwner, make_calendar_link
from program.exports.registry import FORMATS, export_listing
from program.models import Person, Room, Session, SessionPart, Slot
from program.schedules import collect_listing
from program.versions import publish_schedule
from tests.factories import accept, make_paper

TEN = dt.datetime(2026, 6, 17, 17, tzinfo=dt.UTC)  # 10:00 at the workshop
SECRETS = ("Draftroom", "Draftpanel", "Draftsession", "Draftspeaker", "Drafttalk", "18:45", "T184500", "Draftlink")
pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(workshop: Workshop, olga: User) -> Workshop:
    """Publish one session with a paper and a chair, then change all of it in the draft and add to it."""
    session = Session.objects.create(workshop=workshop, uid="orals", position=1, kind="mixed", title="Orals", starts_at=TEN, minutes=30)
    paper = make_paper(workshop, title="Talk A")
    accept(paper, is_released=True)
    Slot.objects.create(uid="s0", session=session, paper=paper, minutes=15)
    SessionPart.objects.create(session=session, person=Person.objects.create(workshop=workshop, name="Ingrid"), kind="chair")
    publish_schedule(workshop, by=olga)
    late = TEN.replace(day=18, hour=1, minute=45)  # 18:45 on the 17th
    room = Room.objects.create(workshop=workshop, name="Draftroom")
    Session.objects.update(starts_at=late, title="Draftsession", room=room, link="https://example.org/Draftlink")
    panel = Session.objects.create(workshop=workshop, position=2, kind="panel", title="Draftpanel", starts_at=late, minutes=20)
    Slot.objects.create(session=panel, kind="winner-talk", title="Drafttalk", position=1)
    speaker = Person.objects.create(workshop=workshop, name="Draftspeaker", talk_title="Drafttalk", photo_file=keep_photo())
    SessionPart.objects.create(session=panel, person=speaker)
    Person.objects.filter(name="Ingrid").update(photo_file=keep_photo())
    return workshop


def keep_photo() -> StoredFile:
    file = ContentFile(b"\xff\xd8\xff a photo")
    return keep_content(file, measure_content(file), media_type="image/jpeg")


def find_secrets(told: str) -> list[str]:
    return [secret for secret in SECRETS if secret in told]


def test_secrets_are_in_the_draft(drafted: Workshop, olga: User) -> None:
    publish_schedule(drafted, by=olga, despite_conflicts=True)
    told = "".join(export_listing(name, collect_listing(drafted)).decode() for name in ("schedule-yaml", "schedule-html", "schedule-ics"))
    assert find_secrets(told) == list(SECRETS)


def test_exports_tell_the_last_version(drafted: Workshop) -> None:
    listing = collect_listing(drafted)
    assert {name: find_secrets(export_listing(name, listing).decode()) for name in FORMATS} == {name: [] for name in FORMATS}


def test_public_addresses_tell_the_last_version(drafted: Workshop) -> None:
    own = make_calendar_link(CalendarOwner(drafted, person=Person.objects.get(name="Ingrid")))
    addresses = [
        *(reverse(name, args=[drafted.slug]) for name in ("public-program", "program-ics", "public-papers")),
        f"{reverse('public-program', args=[drafted.slug])}?q=Draft",
        f"/p/{own.partition('/p/')[2]}",
    ]
    for address in addresses:
        response = Client().get(address)
        told = response.content.decode().replace("Draft&quot;", "").replace('value="Draft"', "")
        assert (address, response.status_code, find_secrets(told)) == (address, 200, [])


def test_photo_of_who_is_only_in_the_draft_is_hidden(drafted: Workshop) -> None:
    statuses = {
        person.name: Client().get(reverse("public-photo", args=[drafted.slug, person.pk])).status_code for person in drafted.people.all()
    }
    assert statuses == {"Ingrid": 200, "Draftspeaker": 404}


def test_authors_see_the_last_version(drafted: Workshop) -> None:
    (place,) = find_places(Paper.objects.all()).values()
    assert (place.words, place.starts_at) == ("Orals", TEN)
