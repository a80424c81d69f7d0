"""Who speaks on a day, how they are reached, whether their slides are here."""

import datetime as dt

import pytest
from django.utils import timezone

from papers.models import FileVersion, Presenter, User, Workshop
from program.listings import ListedPerson
from program.live_day import read_live_day
from program.live_speakers import Speaker, list_sheets
from program.models import Person, Room, Slot
from program.people import add_part
from program.schedules import release_schedule
from tests.factories import make_user, make_workshop
from tests.program.people import make_person
from tests.program.programs import START, add_paper, add_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things26")


def list_speakers(workshop: Workshop, olga: User) -> dict[str, tuple[Speaker, ...]]:
    release_schedule(workshop, by=olga)
    sheets = list_sheets(workshop, read_live_day(workshop, now=START).rooms)
    return {one.live.session.uid: one.speakers for sheet in sheets for one in sheet.sessions}


def test_people_are_told_with_address_way_and_slides(workshop: Workshop, olga: User) -> None:
    talk = add_session(workshop, 0, room=Room.objects.create(workshop=workshop, name="Hall"))
    ingrid = make_person(workshop, olga, attends="remote", slides_url="https://example.org/slides")
    chair = make_person(workshop, olga, "Cleo Chair")
    add_part(ingrid, session=talk, kind="speaker", by=olga)
    add_part(chair, session=talk, kind="chair", by=olga)
    assert list_speakers(workshop, olga)["s1"] == (
        Speaker("Ingrid Invited", "Speaker", email="ingrid@example.org", attends="Remote", has_slides=True, person=ingrid.pk),
        Speaker("Cleo Chair", "Chair", email="cleo@example.org", person=chair.pk),
    )


def test_papers_are_told_with_who_presents_them(workshop: Workshop, olga: User) -> None:
    oral = add_session(workshop, 0, kind="oral")
    named = add_paper(oral, 10, title="On sheep", authors=("Ada Author", "Bo Both"))
    add_paper(oral, 15, title="On stars", authors=("Cy Star",))
    add_paper(add_session(workshop, 30, kind="poster"), title="A poster")
    author = named.authors.get(name="Bo Both")
    author.email = "bo@example.org"
    author.save()
    Presenter.objects.create(paper=named, author=author, mode="in-person", at=timezone.now())
    FileVersion.objects.create(paper=named, kind="slides", number=1, link="https://example.org/s", at=timezone.now())
    assert list_speakers(workshop, olga) == {
        "s1": (
            Speaker("Bo Both", "Presents", "On sheep", "bo@example.org", "In person", has_slides=True, minutes=10, clock="9:00"),
            Speaker("Cy Star", "First author, nobody named", "On stars", has_slides=False, minutes=15, clock="9:10"),
        ),
        "s2": (),
    }


def test_talks_without_a_paper_are_told_with_or_without_a_person(workshop: Workshop, olga: User) -> None:
    session = add_session(workshop, 0, kind="competition")
    wim = make_person(workshop, olga, "Wim Winner")
    for position, person in enumerate((wim, None), start=1):
        Slot.objects.create(session=session, kind="winner-talk", title=f"Talk {position}", person=person, position=position, minutes=5)
    assert list_speakers(workshop, olga)["s1"] == (
        Speaker("Wim Winner", "Speaker", "Talk 1", "wim@example.org", has_slides=False, person=wim.pk, minutes=5, clock="9:00"),
        Speaker("", "Winner's talk", "Talk 2", minutes=5, clock="9:05"),
    )


def test_person_who_is_gone_by_now_is_not_told(workshop: Workshop, olga: User) -> None:
    talk = add_session(workshop, 0)
    add_part(make_person(workshop, olga), session=talk, kind="speaker", by=olga)
    release_schedule(workshop, by=olga)
    Person.objects.all().delete()
    (sheet,) = list_sheets(workshop, read_live_day(workshop, now=START + dt.timedelta(minutes=5)).rooms)
    assert [one.speakers for one in sheet.sessions] == [()]
    assert [one.live.session.people for one in sheet.sessions] == [tuple[ListedPerson, ...]()]
