"""The pages of versions: what would be published, the list, comparisons, letters."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import Letter, Paper, Role, User, Workshop
from program.models import Room, Session, Slot
from program.moves import parse_moves
from program.scheduling import apply_moves
from program.versions import publish_schedule
from tests.factories import accept, join_workshop, make_paper, make_user

TEN = dt.datetime(2026, 6, 17, 17, tzinfo=dt.UTC)  # 10:00 at the workshop
pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    """Make posters at 10:00 in Room 1 with one paper, whose author can be written to."""
    room = Room.objects.create(workshop=workshop, uid="r1", name="Room 1")
    session = Session.objects.create(
        workshop=workshop, uid="posters", position=1, kind="poster", title="Posters", starts_at=TEN, minutes=30, room=room
    )
    paper = make_paper(workshop, title="Talk A")
    paper.authors.update(email="ada@example.org")
    accept(paper, is_released=True)
    Slot.objects.create(uid="s1", session=session, paper=paper)
    return paper


@pytest.fixture
def client(olga: User) -> Client:
    client = Client()
    client.force_login(olga)
    return client


def move(workshop: Workshop, starts: str) -> None:
    moves = [{"move": "place-session", "session": "posters", "starts": f"2026-06-17T{starts}"}]
    apply_moves(workshop, parse_moves(moves, zone=workshop.zone), by=None)


def read(client: Client, name: str, workshop: Workshop, **query: Any) -> str:
    response = client.get(reverse(name, args=[workshop.slug]), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(client: Client, workshop: Workshop, name: str, *args: object, **data: Any) -> str:
    """Post, and return the page to which that leads."""
    response = client.post(reverse(name, args=[workshop.slug, *args]), data, follow=True)
    return " ".join(response.content.decode().split())


def test_page_tells_what_would_be_published(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    assert "Publish version 1" in read(client, "schedule-versions", workshop)
    publish_schedule(workshop, by=olga)
    assert "nothing changed since version 1" in read(client, "schedule-versions", workshop)
    move(workshop, "10:30")
    page = read(client, "schedule-versions", workshop)
    assert "“Posters” with its 1 paper moved from 10:00, Room 1 to 10:30, Room 1." in page
    assert "Publish version 2" in page


def test_publishing_leads_back_with_the_new_version(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    page = post(client, workshop, "publish-schedule", note="The first", seen="0")
    assert "Version 1 is published: the world sees it now." in page
    version = workshop.schedule_versions.get()
    assert (version.by, version.note) == (olga, "The first")
    move(workshop, "10:30")
    assert "was edited since you looked" in post(client, workshop, "publish-schedule", seen="0")
    assert workshop.schedule_versions.count() == 1
    response = client.post(reverse("publish-schedule", args=[workshop.slug]), {"seen": "-1"})
    assert response.status_code == 422


def test_conflicts_need_their_tick(client: Client, workshop: Workshop, paper: Paper) -> None:
    Session.objects.create(workshop=workshop, position=2, title="Coffee", starts_at=TEN, minutes=30, room=Room.objects.get())
    assert "can’t happen as planned" in read(client, "schedule-versions", workshop)
    assert "The schedule was not published" in post(client, workshop, "publish-schedule")
    assert "Version 1 is published" in post(client, workshop, "publish-schedule", despite_conflicts="on")


def test_any_two_versions_and_the_draft_compare(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    publish_schedule(workshop, by=olga)
    move(workshop, "10:30")
    publish_schedule(workshop, by=olga)
    move(workshop, "11:00")
    told = "“Posters” with its 1 paper moved from 10:00, Room 1 to 11:00, Room 1."
    assert told in read(client, "schedule-versions", workshop, before="1", after="draft")
    assert "moved from 10:30, Room 1 to 10:00, Room 1." in read(client, "schedule-versions", workshop, before="2", after="1")
    assert "The world would see no difference." in read(client, "schedule-versions", workshop, before="2", after="2")
    wrong = client.get(reverse("schedule-versions", args=[workshop.slug]), {"before": "7", "after": "draft"})
    assert wrong.status_code == 422


def test_draft_returns_to_a_version(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    publish_schedule(workshop, by=olga)
    move(workshop, "10:30")
    assert "The draft is what version 1 holds" in post(client, workshop, "return-version", 1)
    assert Session.objects.get().starts_at == TEN
    assert "The draft is what version 1 holds already" in post(client, workshop, "return-version", 1)
    assert client.post(reverse("return-version", args=[workshop.slug, 7])).status_code == 404


def test_letters_are_seen_before_they_leave(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    publish_schedule(workshop, by=olga)
    assert "Nobody to write to" in read(client, "version-letters", workshop)
    move(workshop, "10:30")
    page = read(client, "version-letters", workshop)
    assert "before: Jun 17, 2026, 10:00 AM PDT, Room 1" in page
    assert Letter.objects.count() == 0
    post(client, workshop, "publish-schedule", writes_letters="on")
    assert [(letter.address, letter.paper) for letter in Letter.objects.all()] == [("ada@example.org", paper)]


def test_publisher_publishes_without_letters(workshop: Workshop, paper: Paper, olga: User) -> None:
    publish_schedule(workshop, by=olga)
    move(workshop, "10:30")
    pia, client = make_user("pia@example.org"), Client()
    join_workshop(pia, workshop, Role.PUBLISHER)
    client.force_login(pia)
    page = read(client, "schedule-versions", workshop)
    assert ("Publish version 2" in page, "Return the draft" in page, "writes_letters" in page) == (True, False, False)
    post(client, workshop, "publish-schedule", writes_letters="on")
    assert (workshop.schedule_versions.count(), Letter.objects.count()) == (2, 0)


def test_stranger_finds_nothing(workshop: Workshop, paper: Paper, olga: User, eve: User) -> None:
    publish_schedule(workshop, by=olga)
    client = Client()
    client.force_login(eve)
    for name, args in (("schedule-versions", ()), ("publish-schedule", ()), ("version-letters", ()), ("return-version", (1,))):
        address = reverse(name, args=[workshop.slug, *args])
        response = client.post(address) if name.startswith(("publish", "return")) else client.get(address)
        assert (name, response.status_code) == (name, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_as_many_queries_whatever_its_length(
    client: Client, workshop: Workshop, paper: Paper, olga: User, django_assert_num_queries: Any, count: int
) -> None:
    for hour in range(count):
        move(workshop, f"{11 + hour}:00")
        publish_schedule(workshop, by=olga)
    with django_assert_num_queries(39):
        read(client, "schedule-versions", workshop)
