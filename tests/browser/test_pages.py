"""Pages in a real browser: nothing blocked, nothing wider than a phone, nothing that shuts people out; light and dark."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from papers.claims import claim_for_user
from papers.decisions import release_decisions
from papers.models import User, Workshop
from program.models import Session
from program.schedules import release_schedule
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

CHROMIUM = shutil.which("chromium") or ""
PHONE, DESK = 390, 1440
PUBLIC = ["/", "/accounts/login/", "/accounts/signup/", "/p/pages26/papers/", "/p/pages26/program/", "/p/nowhere/papers/"]
AUTHORS = ["/", "/me/", "/w/pages26/me/"]
ORGANIZERS = [
    f"/w/pages26/{place}"
    for place in (
        "",
        "papers/",
        "papers/{paper}/",
        "schedule/",
        "site/",
        "imports/",
        "imports/table/",
        "mapping/",
        "conflicts/",
        "people/",
        "history/",
        "release/",
        "settings/",
        "settings/sessions/",
    )
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = make_workshop("pages26")
    for number in range(1, 4):
        accept(make_paper(workshop, title=f"A paper with a title of quite some length, number {number}", abstract="Counted."), "oral")
    make_paper(workshop, title="Undecided", authors=tuple(f"Author Number{number}" for number in range(30)))
    Session.objects.create(workshop=workshop, position=1, kind="opening", title="Introduction", starts_at=workshop.created_at, minutes=30)
    return workshop


def make_cast(workshop: Workshop) -> tuple[User, User]:
    """Return the owner and an author; decisions and schedule are released."""
    owner, author = make_user("olga@example.org", name="Olga Organizer"), make_user("ada@example.org", name="Ada Author")
    join_workshop(owner, workshop, "owner")  # type: ignore[arg-type]
    paper = workshop.papers.get(number=workshop.papers.order_by("number").values_list("number", flat=True)[0])
    claim_for_user(paper, paper.authors.get(), author, by=owner)
    release_decisions(workshop, by=owner)
    release_schedule(workshop, by=owner)
    return owner, author


def open_as(browser: Browser, url: str, user: User | None, *, width: int, scheme: str) -> tuple[Page, list[str]]:
    """Return a page signed in as `user`, and what the browser complains of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    if user:
        client = Client()
        client.force_login(user)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": url}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def find_faults(page: Page, address: str, complaints: list[str]) -> list[str]:
    """Return what is wrong with the page at `address`."""
    complaints.clear()
    page.goto(address)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    faults = [f"{overflow} px too wide"] if overflow > 0 else []
    found = Axe().run(page).response
    assert found["passes"]
    faults += [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found["violations"]]
    return faults + [text for text in complaints if "404" not in text]


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
@pytest.mark.parametrize(("who", "places"), [("stranger", PUBLIC), ("author", AUTHORS), ("owner", ORGANIZERS)])
def test_pages_are_sound(
    browser: Browser, live_server: Any, workshop: Workshop, who: str, places: list[str], width: int, scheme: str
) -> None:
    owner, author = make_cast(workshop)
    page, complaints = open_as(
        browser, live_server.url, {"stranger": None, "author": author, "owner": owner}[who], width=width, scheme=scheme
    )
    paper = workshop.papers.order_by("number").first()
    assert paper is not None
    faults = {place: find_faults(page, live_server.url + place.replace("{paper}", str(paper.pk)), complaints) for place in places}
    assert {place: found for place, found in faults.items() if found} == {}


def test_list_answers_to_the_keyboard(browser: Browser, live_server: Any, workshop: Workshop) -> None:
    owner, _ = make_cast(workshop)
    page, complaints = open_as(browser, live_server.url, owner, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/pages26/papers/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*/")
    assert page.inner_text("h1").endswith("number 2")
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    assert complaints == []
