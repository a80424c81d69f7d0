"""Calendars of one's own: an author's, a person's, what somebody starred; a secret that works can be taken back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from papers.claims import claim_for_user
from papers.errors import Refusal
from papers.models import Paper, User, Workshop
from program.calendar_links import CalendarOwner, has_calendar_link, make_calendar_link, revoke_calendar_link
from program.models import CalendarLink, Person, Session, SessionPart, Slot
from program.moves import parse_moves
from program.scheduling import apply_moves
from program.versions import publish_schedule
from tests.factories import accept, make_paper, make_user, make_workshop

TEN = dt.datetime(2026, 6, 17, 17, tzinfo=dt.UTC)  # 10:00 at the workshop
pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(workshop: Workshop, olga: User) -> User:
    """Make a session with Ada's paper and another's, a panel with Ingrid; all published."""
    session = Session.objects.create(workshop=workshop, uid="orals", position=1, kind="mixed", title="Orals", starts_at=TEN, minutes=30)
    panel = Session.objects.create(
        workshop=workshop, uid="panel", position=2, kind="panel", title="Panel", starts_at=TEN + dt.timedelta(hours=1), minutes=20
    )
    for place, title in enumerate(("Talk A", "Talk B")):
        paper = make_paper(workshop, title=title)
        accept(paper, is_released=True)
        Slot.objects.create(uid=f"s{place}", session=session, paper=paper, position=place, minutes=15)
    SessionPart.objects.create(session=panel, person=Person.objects.create(workshop=workshop, name="Ingrid"), kind="panelist")
    ada = make_user("ada@example.org", name="Ada")
    first = Paper.objects.get(title="Talk A")
    claim_for_user(first, first.authors.get(), ada, by=olga)
    publish_schedule(workshop, by=olga)
    return ada


def move(workshop: Workshop, *moves: dict[str, Any]) -> None:
    apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=None)


def read(address: str) -> list[tuple[str, str, str, int]]:
    """Return key, name, local start and sequence of each entry, canceled ones with a mark."""
    response = Client().get(address.removeprefix("http://localhost:8000").removeprefix("http://testserver"))
    assert response.status_code == 200
    calendar: Any = Calendar.from_ical(response.content)
    return [
        (
            str(event["UID"]).partition("@")[0],
            ("canceled: " if event["STATUS"] == "CANCELLED" else "") + str(event["SUMMARY"]),
            f"{event['DTSTART'].dt:%H:%M}",
            int(event["SEQUENCE"]),
        )
        for event in calendar.walk("VEVENT")
    ]


def strip(address: str) -> str:
    return f"/p/{address.partition('/p/')[2]}"


def test_author_reads_their_papers_alone(workshop: Workshop, ada: User, olga: User) -> None:
    address = strip(make_calendar_link(CalendarOwner(workshop, user=ada)))
    assert read(address) == [("s0", "Talk A", "10:00", 0)]
    move(workshop, {"move": "place-session", "session": "orals", "starts": "2026-06-17T10:30"})
    assert read(address) == [("s0", "Talk A", "10:00", 0)]
    publish_schedule(workshop, by=olga)
    assert read(address) == [("s0", "Talk A", "10:30", 1)]
    move(workshop, {"move": "take-out", "slot": "s0"})
    publish_schedule(workshop, by=olga)
    assert read(address) == [("s0", "canceled: Talk A", "10:30", 2)]


def test_person_reads_their_sessions_alone(workshop: Workshop, ada: User) -> None:
    address = make_calendar_link(CalendarOwner(workshop, person=Person.objects.get()))
    assert [entry[:2] for entry in read(strip(address))] == [("panel", "Panel discussion: Panel (Ingrid)")]


def test_only_the_hash_is_kept_and_a_new_address_replaces_the_old(workshop: Workshop, ada: User) -> None:
    owner = CalendarOwner(workshop, user=ada)
    first, second = strip(make_calendar_link(owner)), strip(make_calendar_link(owner))
    assert [Client().get(address).status_code for address in (first, second)] == [404, 200]
    secret = second.rpartition("/")[2].removesuffix(".ics")
    assert secret not in str(list(CalendarLink.objects.values()))
    revoke_calendar_link(owner)
    assert (Client().get(second).status_code, has_calendar_link(owner)) == (404, False)
    with pytest.raises(Refusal, match="There is no calendar address that works"):
        revoke_calendar_link(owner)


def test_foreign_secret_gives_nothing_and_nothing_is_kept_on_the_way(workshop: Workshop, ada: User, olga: User) -> None:
    other = make_workshop("other26")
    Session.objects.create(workshop=other, position=1, title="Only")
    publish_schedule(other, by=None)
    address = strip(make_calendar_link(CalendarOwner(workshop, user=ada)))
    assert Client().get(address.replace(workshop.slug, "other26")).status_code == 404
    assert Client().get(f"/p/{workshop.slug}/program/no-such-token.ics").status_code == 404
    response = Client().get(address)
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_starred_items_need_no_account(workshop: Workshop, ada: User) -> None:
    address = reverse("program-ics", args=[workshop.slug])
    assert [entry[0] for entry in read(f"{address}?items=panel,s1,unknown")] == ["s1", "panel"]
    assert read(f"{address}?items=") == []
    assert [entry[0] for entry in read(address)] == ["orals", "panel"]


def test_author_subscribes_on_their_page(workshop: Workshop, ada: User, eve: User) -> None:
    client, address = Client(), reverse("author-calendar", args=[workshop.slug])
    client.force_login(ada)
    assert address in client.get(reverse("author-home", args=[workshop.slug])).content.decode()
    assert "Subscribe to my calendar" in client.get(address).content.decode()
    page = client.post(address).content.decode()
    assert (f"/p/{workshop.slug}/program/" in page, "webcal://" in page) == (True, True)
    assert "/program/" not in client.get(address).content.decode().partition("<main")[2]
    client.post(reverse("revoke-author-calendar", args=[workshop.slug]))
    assert not has_calendar_link(CalendarOwner(workshop, user=ada))
    client.force_login(eve)
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
