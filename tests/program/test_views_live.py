"""The live page of the day."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Role, User, Workshop
from program.live.following import Mark
from program.live_marks import list_marks, list_told_rooms, mark_started
from program.models import ScheduleVersion
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.programs import START, make_program

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NOW = START + dt.timedelta(minutes=9)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("program.views.live.find_now", lambda: NOW)


@pytest.fixture
def olga() -> User:
    return make_user("olga@example.org")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    return workshop


@pytest.fixture
def desk(olga: User, workshop: Workshop) -> Client:
    client = Client()
    client.force_login(olga)
    return client


def ask(desk: Client, name: str = "live", query: str = "", **headers: str) -> Any:
    return desk.get(f"{reverse(name, args=['things26'])}{query}", headers=headers)


def say(desk: Client, name: str, values: dict[str, str], **headers: str) -> Any:
    return desk.post(reverse(name, args=["things26"]), values, headers=headers)


def test_nothing_published_says_what_to_do(desk: Client) -> None:
    assert "Nothing is published yet" in ask(desk).text
    assert "Nothing is published yet" in ask(desk, "chair-sheet").text


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_as_often_however_long_the_day_is(
    desk: Client, workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_program(workshop, olga, count)
    for number in range(count):
        mark_started(workshop, f"s{number + 1}", by=olga, at=NOW)
    with django_assert_num_queries(9):
        ask(desk, **HTMX)
    with django_assert_num_queries(13):
        ask(desk, "chair-sheet")


def test_start_is_said_and_the_delay_carried(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    assert say(desk, "live-start", {"item": "s1"}).status_code == 302
    assert list_marks(workshop) == {"s1": Mark(NOW)}
    (room,) = ask(desk).context["day"].rooms
    assert (room.delay, [one.session.uid for one in room.running], room.next.clocks[0]) == (9, ["s1"], "9:39")
    text = ask(desk).text
    assert [words for words in ("9 min late", "Shift the rest by 10 min…", "30 min left", "9:09–9:39") if words not in text] == []


def test_page_asks_for_the_part_that_changes(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    for response in (ask(desk, **HTMX), say(desk, "live-end", {"item": "s1"}, **HTMX), say(desk, "live-clear", {"item": "s1"}, **HTMX)):
        assert (response.status_code, response.text.strip().startswith('<div id="live"'), "<html" in response.text) == (200, True, False)
    assert list_marks(workshop) == {}


def test_what_is_gone_is_refused(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    response = say(desk, "live-start", {"item": "gone"}, **HTMX)
    assert (response.status_code, "holds this no more" in response.text) == (409, True)


def test_another_day_is_shown_on_demand(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    assert [ask(desk, query=query).context["day"].on for query in ("", "?day=2026-06-17", "?day=nonsense", "?day=2020-01-01")] == [
        dt.date(2026, 6, 17)
    ] * 4


def test_world_is_told_of_delays_and_no_more(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    say(desk, "live-tell", {"room": "Room 1"})
    assert (list_told_rooms(workshop), "Say it no more" in ask(desk).text) == (frozenset({"Room 1"}), True)
    say(desk, "live-hide", {"room": "Room 1"})
    assert (list_told_rooms(workshop), "Say how late" in ask(desk).text) == (frozenset(), True)


def test_assistant_says_what_begins_and_shifts_nothing(workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    helper = make_user("helper@example.org")
    join_workshop(helper, workshop, Role.ASSISTANT)
    client = Client()
    client.force_login(helper)
    assert say(client, "live-start", {"item": "s1"}).status_code == 302
    text = ask(client).text
    assert ("Shift the rest" in text, "Chair sheet" in text, ask(client, "live-shift").status_code) == (False, False, 404)


def test_shift_is_shown_then_published(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    shown = ask(desk, "live-shift", "?session=s2&minutes=10&scope=room")
    assert shown.context["preview"].moved == (("“Session 2”", "9:30", "9:40"), ("“Session 3”", "10:00", "10:10"))
    assert ScheduleVersion.objects.count() == 1
    values = {"session": "s2", "minutes": "10", "scope": "room", "edit": "0", "note": "Late."}
    assert say(desk, "live-publish", values).status_code == 302
    assert ScheduleVersion.objects.latest("pk").note == "Late."


SHIFTS = ["", "?session=s2&minutes=0&scope=room", "?session=s2&minutes=1000&scope=day", "?session=s2&minutes=5&scope=x"]


@pytest.mark.parametrize("query", SHIFTS)
def test_shift_that_can_not_be_read_is_shown_again(desk: Client, workshop: Workshop, olga: User, query: str) -> None:
    make_program(workshop, olga)
    response = ask(desk, "live-shift", query)
    assert (response.status_code, "preview" in response.context) == (422, False)
    assert say(desk, "live-publish", {"session": "s2"}).status_code == 422


def test_chair_sheet_names_everybody_who_speaks(desk: Client, workshop: Workshop, olga: User) -> None:
    make_program(workshop, olga)
    text = ask(desk, "chair-sheet", "?day=2026-06-17").text
    told = ["Speaker1 X", "speaker1@example.org", "Paper of Session 1", "Author 1", "Not here", "Room 1"]
    assert [words for words in told if words not in text] == []
