"""The page of one's own, entered by a mailed link."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import User, Workshop
from program.answers import mark_times, read_answers
from program.forms.person_page import ProfileForm
from program.invitations import revoke_invitation
from program.models import Person, PersonInvitation
from program.people import change_person
from program.schedules import release_schedule
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import draw_photo, invite, make_person, make_talk

pytestmark = pytest.mark.django_db
POSTS = ("accept-own-person", "decline-own-person", "write-own-person", "times-own-person", "photo-own-person", "slides-own-person")
SEEN = ("own-person", "own-person-photo", "own-person-slides")


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def ingrid(workshop: Workshop, olga: User) -> Person:
    return make_person(workshop, olga)


def enter_browser(person: Person, olga: User) -> Client:
    client = Client()
    client.post(reverse("person-link", args=[invite(person, olga)]))
    return client


def reload(person: Person) -> Person:
    return Person.objects.for_person_page().get(pk=person.pk)


def fill(person: Person, **changes: str) -> dict[str, str]:
    values = read_answers(reload(person))
    return {**values, **{f"seen-{name}": mark for name, mark in ProfileForm(values=values).marks.items()}, **changes}


def test_looking_at_the_link_opens_nothing(ingrid: Person, olga: User) -> None:
    client, address = Client(), reverse("person-link", args=[invite(ingrid, olga)])
    response = client.get(address)
    assert (response.status_code, "This link is for Ingrid Invited." in response.text) == (200, True)
    assert (PersonInvitation.objects.get().opened_at, dict(client.session)) == (None, {})
    assert client.get(reverse("own-person", args=[ingrid.pk])).status_code == 404


def test_button_opens_one_page_and_signs_nobody_in(workshop: Workshop, ingrid: Person, olga: User) -> None:
    other = make_person(workshop, olga, "Other Person")
    client = enter_browser(ingrid, olga)
    page = client.get(reverse("own-person", args=[ingrid.pk]))
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "max-age=0, no-cache, no-store, must-revalidate, private")
    assert [client.get(reverse(name, args=[other.pk])).status_code for name in SEEN] == [404, 404, 404]
    assert [client.post(reverse(name, args=[other.pk])).status_code for name in POSTS] == [404] * len(POSTS)
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("people", args=["things26"])).status_code == 302
    assert reload(other).confirmed_at is None


def test_strangers_find_nothing(ingrid: Person, olga: User) -> None:
    stranger = Client()
    assert stranger.get(reverse("person-link", args=["guessed"])).status_code == 409
    assert stranger.post(reverse("person-link", args=["guessed"])).status_code == 409
    stranger.force_login(olga)  # an organizer has a page of their own for this
    assert [stranger.get(reverse(name, args=[ingrid.pk])).status_code for name in SEEN] == [404, 404, 404]
    assert [stranger.post(reverse(name, args=[ingrid.pk])).status_code for name in POSTS] == [404] * len(POSTS)


def test_link_taken_back_closes_the_page(ingrid: Person, olga: User) -> None:
    client = enter_browser(ingrid, olga)
    revoke_invitation(ingrid, by=olga)
    assert client.get(reverse("own-person", args=[ingrid.pk])).status_code == 404
    assert client.post(reverse("accept-own-person", args=[ingrid.pk])).status_code == 404


def test_person_answers(ingrid: Person, olga: User) -> None:
    client = enter_browser(ingrid, olga)
    assert client.post(reverse("accept-own-person", args=[ingrid.pk])).status_code == 302
    words = fill(ingrid, talk_title="On sheep", abstract="One.\r\nTwo.", zone="Asia/Tokyo", attends="remote")
    assert client.post(reverse("write-own-person", args=[ingrid.pk]), words).status_code == 302
    times = {"seen": mark_times(reload(ingrid)), "from-2026-06-18-0": "09:00", "to-2026-06-18-0": "12:30"}
    assert client.post(reverse("times-own-person", args=[ingrid.pk]), times).status_code == 302
    photo = SimpleUploadedFile("me.png", draw_photo(), "image/png")
    assert client.post(reverse("photo-own-person", args=[ingrid.pk]), {"file": photo}).status_code == 302
    slides = SimpleUploadedFile("talk.pdf", b"%PDF-1.7", "application/pdf")
    assert client.post(reverse("slides-own-person", args=[ingrid.pk]), {"file": slides}).status_code == 302
    person = reload(ingrid)
    assert (person.proposal.values, person.zone) == ({"talk_title": "On sheep", "abstract": "One.\nTwo."}, "Asia/Tokyo")
    assert [f"{time.starts_at:%d %H:%M} {time.ends_at:%d %H:%M}" for time in person.availability.all()] == ["18 00:00 18 03:30"]
    assert client.get(reverse("own-person-photo", args=[ingrid.pk])).headers["Content-Type"] == "image/jpeg"
    sent: Any = client.get(reverse("own-person-slides", args=[ingrid.pk]))
    assert (sent.getvalue(), sent.headers["Content-Disposition"]) == (b"%PDF-1.7", 'attachment; filename="talk.pdf"')
    assert client.post(reverse("decline-own-person", args=[ingrid.pk]), {"reason": "Ill"}).status_code == 302
    assert reload(ingrid).decline_reason == "Ill"


def test_mistakes_are_shown_where_they_are(ingrid: Person, olga: User) -> None:
    client = enter_browser(ingrid, olga)
    answers = {
        "write-own-person": (fill(ingrid, zone="Mars/Base"), "There is no time zone “Mars/Base”"),
        "times-own-person": ({"from-2026-06-17-0": "09:00"}, "Write both times, or none."),
        "photo-own-person": ({}, "Choose a photo first."),
        "slides-own-person": ({}, "Choose a PDF first."),
        "decline-own-person": ({"reason": "x" * 2001}, "at most 2000 characters"),
    }
    for name, (data, sentence) in answers.items():
        response = client.post(reverse(name, args=[ingrid.pk]), data)
        assert (name, response.status_code, sentence in response.text) == (name, 422, True)


def test_bad_photo_is_refused_in_words(ingrid: Person, olga: User) -> None:
    client = enter_browser(ingrid, olga)
    photo = SimpleUploadedFile("me.png", b"MZ no picture", "image/png")
    response = client.post(
        reverse("photo-own-person", args=[ingrid.pk]),
        {"file": photo},
        follow=True,
        headers={"referer": f"http://testserver/people/page/{ingrid.pk}/"},
    )
    assert "This is not a JPEG, PNG or WebP picture, whatever its name says." in response.text


def test_second_window_shows_both(ingrid: Person, olga: User) -> None:
    client = enter_browser(ingrid, olga)
    first, second = fill(ingrid, bio="From the first"), fill(ingrid, bio="From the second")
    client.post(reverse("write-own-person", args=[ingrid.pk]), first)
    response = client.post(reverse("write-own-person", args=[ingrid.pk]), second)
    told = [part in response.text for part in ("Nothing was kept", "From the first", "From the second")]
    assert (response.status_code, told) == (422, [True, True, True])
    again = fill(ingrid, bio="From the second")  # the page now carries the marks of what is kept
    assert [f'name="seen-bio" value="{again["seen-bio"]}"' in response.text] == [True]
    assert client.post(reverse("write-own-person", args=[ingrid.pk]), again).status_code == 302
    assert read_answers(reload(ingrid))["bio"] == "From the second"


def test_times_of_night_and_of_other_zones(ingrid: Person, olga: User) -> None:
    change_person(ingrid, values={"zone": "Asia/Tokyo"}, by=olga)
    client = enter_browser(ingrid, olga)
    page = client.get(reverse("own-person", args=[ingrid.pk])).text
    assert ["Wednesday, June 17" in page, "Thursday, June 18" in page, "Friday, June 19" in page] == [True, True, False]
    assert "12:00 PM here is Jun 17, 8:00 PM PDT at the workshop." in page
    times = {
        "seen": mark_times(reload(ingrid)),
        "from-2026-06-17-0": "22:00",
        "to-2026-06-17-0": "00:00",
        "from-2026-06-18-0": "00:00",
        "to-2026-06-18-0": "01:00",
    }
    client.post(reverse("times-own-person", args=[ingrid.pk]), times)
    assert [f"{time.starts_at:%d %H:%M} {time.ends_at:%d %H:%M}" for time in reload(ingrid).availability.all()] == ["17 13:00 17 16:00"]


def test_session_shows_once_released(workshop: Workshop, ingrid: Person, olga: User) -> None:
    make_talk(workshop, ingrid, olga, title="On sheep")
    change_person(ingrid, values={"zone": "Asia/Tokyo"}, by=olga)
    client = enter_browser(ingrid, olga)
    assert "On sheep" not in client.get(reverse("own-person", args=[ingrid.pk])).text
    release_schedule(workshop, by=olga)
    page = client.get(reverse("own-person", args=[ingrid.pk])).text
    assert ["On sheep" in page, "Jun 18, 2026, 1:00 AM JST" in page, "Jun 17, 2026, 9:00 AM PDT" in page] == [True, True, True]


def test_photo_of_a_released_program_is_public(workshop: Workshop, ingrid: Person, olga: User) -> None:
    client, world = enter_browser(ingrid, olga), Client()
    make_talk(workshop, ingrid, olga)
    address = reverse("public-photo", args=["things26", ingrid.pk])
    client.post(reverse("photo-own-person", args=[ingrid.pk]), {"file": SimpleUploadedFile("me.png", draw_photo(), "image/png")})
    release_schedule(workshop, by=olga)
    assert world.get(address).status_code == 404  # proposed, not taken over
    person = reload(ingrid)
    Person.objects.filter(pk=person.pk).update(photo_file=person.proposal.photo_file)
    assert world.get(address).headers["Content-Type"] == "image/jpeg"
    workshop.schedule_release.delete()
    assert world.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_own_page_asks_as_often_however_much_there_is(
    workshop: Workshop, ingrid: Person, olga: User, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_talk(workshop, ingrid, olga)
    client = enter_browser(ingrid, olga)
    with django_assert_max_num_queries(14):
        client.get(reverse("own-person", args=[ingrid.pk]))
