"""Olga invites a speaker, who answers on a telephone."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from papers.models import Letter, User, Workshop
from program.models import Person
from program.schedules import release_schedule
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, find_faults_shown, open_as
from tests.factories import join_workshop, make_user, make_workshop
from tests.program.people import draw_photo, enter, make_person, make_talk, read_token

pytestmark = IN_BROWSER


@pytest.fixture
def olga(db: None) -> User:
    return make_user("olga@example.org", name="Olga Organizer")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    workshop = make_workshop("things26", contact_email="things@example.org", place="Oslo")
    join_workshop(olga, workshop)
    return workshop


def test_olga_invites_and_ingrid_answers(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    ingrid = make_person(workshop, olga)
    make_talk(workshop, ingrid, olga)
    desk, complaints = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    desk.goto(f"{live_server.url}/w/things26/people/")
    desk.get_by_label("Choose Ingrid Invited").check()
    desk.get_by_role("button", name="Invite the chosen…").click()
    desk.get_by_role("button", name="Send 1 mail").click()
    desk.get_by_text("is on its way").wait_for()
    phone, faults = open_as(browser, live_server.url, None, width=PHONE, scheme="dark")
    phone.goto(f"{live_server.url}{reverse('person-link', args=[read_token(Letter.objects.get())])}")
    phone.get_by_role("button", name="Open my page").click()
    phone.get_by_role("button", name="I take part").click()
    phone.get_by_text("Thank you").wait_for()
    phone.get_by_label("Title of the talk").fill("On sheep")
    phone.get_by_label("Abstract").fill("One, two, three.")
    phone.get_by_label("Time zone").fill("Asia/Tokyo")
    phone.get_by_role("button", name="Save", exact=True).click()
    phone.locator("input[name='from-2026-06-18-0']").fill("09:00")
    phone.locator("input[name='to-2026-06-18-0']").fill("12:00")
    phone.get_by_role("button", name="Save the times").click()
    photo = {"name": "me.png", "mimeType": "image/png", "buffer": draw_photo()}
    phone.locator("#photo-file").set_input_files(photo)  # type: ignore[arg-type]
    phone.get_by_role("button", name="Hand in the photo").click()
    phone.get_by_alt_text("Your photo").wait_for()
    assert find_faults_shown(phone, faults) == []
    desk.goto(f"{live_server.url}/w/things26/people/{ingrid.pk}/")
    desk.get_by_role("button", name="Take over").click()
    desk.get_by_text("Taken over: 3 fields").wait_for()
    held = Person.objects.get(pk=ingrid.pk)
    assert (held.talk_title, held.abstract, held.zone, held.availability.count(), complaints) == (
        "On sheep",
        "One, two, three.",
        "Asia/Tokyo",
        1,
        [],
    )


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_pages_are_sound(browser: Browser, live_server: Any, workshop: Workshop, olga: User, width: int, scheme: str) -> None:
    ingrid = make_person(workshop, olga, bio="Counts sheep.", abstract="One, two.", talk_title="On sheep")
    make_talk(workshop, ingrid, olga)
    enter(ingrid, olga)
    release_schedule(workshop, by=olga)
    page, complaints = open_as(browser, live_server.url, olga, width=width, scheme=scheme)
    people = "/w/things26/people/"
    addresses = [people, f"{people}?gap=any", f"{people}?kind=advisor", f"{people}add", f"{people}mails", f"{people}table"]
    addresses += [f"{people}{ingrid.pk}/", f"{people}{ingrid.pk}/edit", f"{people}{ingrid.pk}/remove"]
    addresses += [f"{people}invite?person={ingrid.pk}&kind=reminder", f"{people}invite", "/p/things26/program/"]
    found = {address: find_faults(page, f"{live_server.url}{address}", complaints) for address in addresses}
    assert {address: faults for address, faults in found.items() if faults} == {}
