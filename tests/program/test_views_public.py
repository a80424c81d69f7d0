"""The program as the world sees it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import User, Workshop
from program.live_marks import mark_started, tell_delay
from program.models import Room
from program.people import add_part
from program.schedules import release_schedule
from tests.factories import make_user, make_workshop
from tests.program.people import make_person
from tests.program.programs import START, add_paper, add_session, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop("things26")


def ask(query: str = "", **headers: str) -> Any:
    return Client().get(f"{reverse('public-program', args=['things26'])}{query}", headers=headers)


def list_shown(response: Any) -> list[str]:
    return [f"{one.session.uid}:{len(one.slots)}" for day in response.context["days"] for one in day.sessions]


def test_program_is_there_once_it_is_published(workshop: Workshop, olga: User) -> None:
    add_session(workshop, 0, title="Secret Talk")
    assert ask().status_code == 404
    release_schedule(workshop, by=olga)
    add_session(workshop, 30, title="Not published yet")
    response = ask()
    assert (response.status_code, "Secret Talk" in response.text, "Not published yet" in response.text) == (200, True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_however_long_it_is(
    workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_program(workshop, olga, count)
    with django_assert_num_queries(6):
        ask("?zone=Europe/Berlin&q=paper")


def test_visitor_filters_and_reads_another_zone_without_scripts(workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    assert [
        list_shown(ask(query)) for query in ("", "?q=author+2", "?items=s1,s3-1", "?kind=poster", "?day=2026-06-18", "?track=full")
    ] == [
        ["s1:1", "s2:1", "s3:1"],
        ["s2:1"],
        ["s1:1", "s3:1"],
        [],
        [],
        ["s1:1", "s2:1", "s3:1"],
    ]
    response = ask("?zone=europe/berlin")
    assert [one.also for day in response.context["days"] for one in day.sessions] == ["18:00", "18:30", "19:00"]
    assert "<span data-zone-name>Europe/Berlin</span>" in response.text
    assert ask("?zone=America/Los_Angeles").context["zone"] == ""


def test_unknown_zone_is_named_with_the_nearest(workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga, 1)
    response = ask("?zone=Berlin&q=paper")
    assert (response.status_code, list_shown(response)) == (422, ["s1:1"])
    assert "Did you mean “Europe/Berlin”?" in response.text


def test_browser_that_has_the_page_is_told_so_until_something_changes(workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga, 1)
    first = ask()
    again = ask(**{"If-None-Match": first["ETag"]})
    assert (first["Cache-Control"], again.status_code, again.content) == ("no-cache", 304, b"")
    workshop.papers.update(title="Another title")
    newer = ask(**{"If-None-Match": first["ETag"]})
    assert (newer.status_code, "Another title" in newer.text) == (200, True)


def test_page_shows_people_places_papers_and_ways(workshop: Workshop, olga: User) -> None:
    hall = Room.objects.create(workshop=workshop, name="Hall 3", uid="hall")
    talk = add_session(workshop, 0, room=hall, kind="invited-talk", title="", link="https://example.org/meet", is_streamed=True)
    ingrid = make_person(workshop, olga, affiliation="University of Oslo", talk_title="On sheep", bio="Counts sheep.")
    add_part(ingrid, session=talk, kind="speaker", by=olga)
    add_paper(add_session(workshop, 30, kind="oral"), 15, title="First", authors=("Ada Author", "Bo Both"), note_id="forum1")
    release_schedule(workshop, by=olga)
    text = ask().text
    told = ["Invited talk 1: On sheep", "University of Oslo", "Counts sheep.", "Hall 3", "30 min", "Streamed", "https://example.org/meet"]
    told += ["First", "Ada Author, Bo Both", 'id="session-s1"', 'id="item-s2-1"', "9:30", "https://openreview.net/forum?id=forum1"]
    assert [words for words in told if words not in text] == []


def test_titles_can_do_no_harm(workshop: Workshop, olga: User) -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    room = Room.objects.create(workshop=workshop, name=bad, uid="room1")
    add_paper(add_session(workshop, 0, room=room, title=bad, label=bad), title=bad, authors=(bad,))
    release_schedule(workshop, by=olga)
    text = ask(f"?q={bad}&zone={bad}&room={bad}&items={bad}").text + ask().text
    assert ("<script>alert" in text, "<img src=x" in text, "&lt;script&gt;alert(1)" in text) == (False, False, True)


def test_page_tells_of_delays_where_organizers_let_it(workshop: Workshop, olga: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_program(workshop, olga)
    monkeypatch.setattr("django.utils.timezone.now", lambda: START + dt.timedelta(minutes=9))
    mark_started(workshop, "s1", by=olga, at=START + dt.timedelta(minutes=8))
    assert "running 8 min late" not in ask().text
    tell_delay(workshop, "Room 1", by=olga)
    assert [one.late for day in ask().context["days"] for one in day.sessions] == [8, 8, 0]
    assert ask().text.count("running 8 min late") == 2
