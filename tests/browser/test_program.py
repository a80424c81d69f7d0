"""A visitor reads the program, Olga follows the day."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from papers.models import User, Workshop
from program.models import LiveMark, Room, ScheduleVersion
from program.people import add_part
from program.schedules import release_schedule
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, find_faults_shown, open_as
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import make_person
from tests.program.programs import START, add_paper, add_session

pytestmark = IN_BROWSER
ADDRESS = "/p/things26/program/"


@pytest.fixture
def olga(db: None) -> User:
    return make_user("olga@example.org", name="Olga Organizer")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    """Publish two days, the first with orals, a talk, posters."""
    workshop = make_workshop("things26", place="Oslo")
    join_workshop(olga, workshop)
    hall, foyer = (
        Room.objects.create(workshop=workshop, name=name, uid=name.lower(), position=place) for place, name in enumerate(("Hall", "Foyer"))
    )
    orals = add_session(workshop, 0, 60, kind="oral", title="Orals", room=hall)
    for title, author in (("Zählen im Dunkeln", "José Núñez"), ("Counting sheep", "Ada Author")):
        add_paper(orals, 30, title=title, authors=(author,))
    talk = add_session(workshop, 60, 30, kind="invited-talk", title="On stars", room=hall)
    add_part(make_person(workshop, olga, bio="Counts.", affiliation="Bergen"), session=talk, kind="speaker", by=olga)
    posters = add_session(workshop, 90, 60, kind="poster", title="Posters", room=foyer)
    add_paper(posters, title="A poster on sheep", authors=("Bo Both",), uid="sheep-poster")
    add_session(workshop, 24 * 60, 30, kind="closing", title="Farewell", room=hall)
    release_schedule(workshop, by=olga)
    return workshop


def list_shown(page: Page) -> list[str]:
    return page.locator(".program-session:visible h3").all_inner_texts()


def list_items(page: Page) -> list[str]:
    return page.locator(".program-items > li:visible :is(a, .program-title):not(.program-file)").all_inner_texts()


def open_at(browser: Browser, url: str, *, zone: str = "America/Los_Angeles", script: bool = True) -> Page:
    """Return a visitor's page, in a zone, ten minutes after the start of the day."""
    context = browser.new_context(timezone_id=zone, java_script_enabled=script, viewport={"width": DESK, "height": 900})
    page = context.new_page()
    if script:
        page.clock.set_fixed_time(START + dt.timedelta(minutes=10))
    page.goto(f"{url}{ADDRESS}")
    return page


def test_visitor_finds_by_typing_and_choosing(browser: Browser, live_server: Any, workshop: Workshop) -> None:
    page = open_at(browser, live_server.url)
    page.get_by_label("Search titles and people").fill("SHEEP")
    assert (list_shown(page), list_items(page)) == (["Orals", "Posters"], ["Counting sheep", "A poster on sheep"])
    page.get_by_label("Room").select_option("Foyer")
    assert (list_shown(page), page.url.rpartition("/")[2]) == (["Posters"], "?q=SHEEP&room=Foyer")
    page.reload()
    assert list_shown(page) == ["Posters"]
    page.get_by_label("Room").select_option("")
    page.get_by_label("Search titles and people").fill("zahlen nunez")
    page.get_by_text("Zählen im Dunkeln").wait_for()
    assert list_items(page) == ["Zählen im Dunkeln"]
    page.get_by_label("Search titles and people").fill("nowhere")
    assert page.locator("[data-program-empty]").is_visible()


def test_visitor_sees_now_next_and_two_zones(browser: Browser, live_server: Any, workshop: Workshop) -> None:
    page = open_at(browser, live_server.url, zone="Europe/Berlin")
    assert page.locator("[data-now] p > *").all_inner_texts() == [
        "Now",
        "Orals",
        "Hall, 50 min left",
        "Next",
        "Invited talk 1: On stars",
        "Hall, in 50 min",
    ]
    assert page.locator(".program-session > .program-time .also").all_inner_texts() == ["18:00", "19:00", "19:30", "18:00"]
    assert page.locator("[data-day][aria-current]").all_inner_texts() == ["Wed, Jun 17"]
    zone = page.get_by_label("Time zone to show beside")
    zone.fill("Asia/Tokyo")
    zone.press("Enter")
    assert page.locator(".program-session > .program-time .also").first.inner_text() == "Thu 1:00"
    page.reload()
    assert page.locator(".program-session > .program-time .also").first.inner_text() == "Thu 1:00"
    page.get_by_label("Time zone to show beside").fill("Nowhere/Else")
    page.get_by_label("Time zone to show beside").press("Enter")
    assert "There is no time zone “Nowhere/Else”" in page.locator("[data-zone-mistake]").inner_text()


def test_stars_stay_and_are_shared(browser: Browser, live_server: Any, workshop: Workshop) -> None:
    page = open_at(browser, live_server.url)
    page.get_by_role("button", name="Star: A poster on sheep").click()
    page.get_by_role("button", name="Star: Farewell").click()
    page.reload()
    assert page.get_by_text("2 starred").is_visible()
    assert str(page.get_by_role("link", name="My calendar").get_attribute("href")).endswith("/p/things26/program.ics?items=sheep-poster,s4")
    page.get_by_label("Only starred").check()
    assert (list_shown(page), list_items(page)) == (["Posters", "Farewell"], ["A poster on sheep"])
    page.goto(f"{live_server.url}{ADDRESS}?items=s1,sheep-poster")
    assert list_shown(page) == ["Orals", "Posters"]
    page.get_by_role("button", name="Star all of it").click()
    assert page.get_by_text("3 starred").is_visible()


def test_page_works_without_scripts_and_prints_clean(browser: Browser, live_server: Any, workshop: Workshop) -> None:
    page = open_at(browser, live_server.url, script=False)
    page.get_by_label("Search titles and people").fill("stars")
    page.get_by_label("Time zone to show beside").fill("Asia/Tokyo")
    page.get_by_role("button", name="Show").click()
    assert (list_shown(page), page.locator(".also").all_inner_texts()) == (["Invited talk 1: On stars"], ["Thu 2:00"])
    page.goto(f"{live_server.url}{ADDRESS}")
    page.emulate_media(media="print")
    assert page.locator("main :is(button, input, select, nav):visible").count() == 0
    assert list_shown(page) == ["Orals", "Invited talk 1: On stars", "Posters", "Farewell"]


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_pages_are_sound(browser: Browser, live_server: Any, workshop: Workshop, olga: User, width: int, scheme: str) -> None:
    LiveMark.objects.create(workshop=workshop, item="s1", started_at=START)
    page, complaints = open_as(browser, live_server.url, olga, width=width, scheme=scheme)
    live = "/w/things26/schedule/live/"
    addresses = [ADDRESS, f"{ADDRESS}?q=nowhere", live, f"{live}shift?session=s2&minutes=10&scope=room", f"{live}chairs"]
    found = {address: find_faults(page, f"{live_server.url}{address}", complaints) for address in addresses}
    page.goto(f"{live_server.url}{ADDRESS}")
    page.get_by_role("button", name="Star: Farewell").click()
    page.locator(".program-person summary").click()
    found["starred"] = find_faults_shown(page, complaints)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_olga_says_what_begins_and_shifts_the_rest(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    late = timezone.now() - dt.timedelta(minutes=12) - START
    for session in workshop.sessions.all():
        assert session.starts_at
        session.starts_at += late
        session.save()
    release_schedule(workshop, by=olga)
    page, complaints = open_as(browser, live_server.url, olga, width=PHONE, scheme="light")
    page.goto(f"{live_server.url}/w/things26/schedule/live/")
    hall = page.get_by_role("region", name="Hall")
    hall.locator("#live-start-s1").click()
    hall.locator("#live-clear-s1").wait_for()
    hall.get_by_role("link", name="Shift the rest by 15 min…").click()
    page.locator("#id_scope").select_option("day")
    page.get_by_role("button", name="Show what moves").click()
    page.get_by_role("button", name="Shift and publish").click()
    page.get_by_text("Shifted and published as version 3").wait_for()
    assert (
        ScheduleVersion.objects.count(),
        page.get_by_role("region", name="Hall").get_by_role("link", name="Shift the rest…").count(),
    ) == (3, 1)
    assert complaints == []
