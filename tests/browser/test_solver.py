"""The solver's page: a contradiction is given up by a button, a search is drawn, taken over, undone; a closed browser loses nothing."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from papers.jobs import run_job
from papers.models import Job, User, Workshop
from program.filling import searching
from program.models import FillRules
from program.scheduling import undo_edit
from program.solver.searching import Effort
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults_shown, open_as
from tests.program.filling.drafts import list_places, make_conference, make_olga, play

pytestmark = IN_BROWSER


@pytest.fixture
def olga(db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(searching, "repeat_effort", lambda seconds, seed: Effort(300, seed=seed, moves=5_000))
    return make_olga(make_conference())


def search(page: Page, workshop: Workshop) -> None:
    """Begin a search, see that it goes on, close the page; do what a worker does meanwhile."""
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="Searching")).to_be_visible()
    address = page.url
    page.goto("about:blank")
    run_job(Job.objects.unfinished().get(workshop=workshop).pk)
    page.goto(address)


def test_a_schedule_is_filled_from_the_page(browser: Browser, live_server: Any, olga: User) -> None:
    workshop = Workshop.objects.get()
    for uid in ("beside", "late"):
        play(workshop, {"move": "remove-session", "session": uid})
    FillRules.objects.create(workshop=workshop, minutes={"oral": 10})
    page, complaints = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/things/schedule/solver/")
    search(page, workshop)
    expect(page.get_by_text("No such schedule exists")).to_be_visible()
    assert find_faults_shown(page, complaints) == []
    page.get_by_role("button", name="Let it run over").click()
    expect(page.get_by_text("“Early”: let it run over")).to_be_visible()
    search(page, workshop)
    expect(page.get_by_text("7 placed")).to_be_visible()
    expect(page.locator(".fill-box")).to_have_count(2)
    assert find_faults_shown(page, complaints) == []
    assert list_places(workshop) == {}
    page.get_by_role("button", name="Take over").first.click()
    expect(page.get_by_text("Took over what the solver found")).to_be_visible()
    assert len(list_places(workshop)) == 7
    undo_edit(workshop.schedule_edits.order_by("-number")[0], by=olga)
    assert list_places(workshop) == {}


def test_a_search_is_stopped_on_a_phone(browser: Browser, live_server: Any, olga: User) -> None:
    page, complaints = open_as(browser, live_server.url, olga, width=PHONE, scheme="dark")
    page.goto(f"{live_server.url}/w/things/schedule/solver/")
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Ended without a schedule")).to_be_visible()
    assert find_faults_shown(page, complaints) == []
    page.get_by_label("Like beside like").fill("9")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("It counts from the next search on.")).to_be_visible()
    assert FillRules.objects.get().weights == {"cohesion": 9}
