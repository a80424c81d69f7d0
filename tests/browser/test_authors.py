"""The pages of authors in a real browser: sound on a telephone, usable without a mouse in sight."""

import datetime as dt
import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from papers.attendance import confirm_attendance
from papers.change_requests import refuse_request, request_authors, request_title
from papers.models import ImportantDate, Paper, Presenter, User, Workshop
from papers.personal_links import copy_link
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, open_as
from tests.factories import join_workshop, make_user, make_workshop
from tests.papers.handed_in import ask, make_owing_paper

pytestmark = IN_BROWSER


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = make_workshop("authors26", contact_email="chairs@example.org")
    ask(workshop, due_at=None)
    ask(workshop, "supplement", is_optional=True)
    at = dt.datetime(2026, 4, 15, 6, 59, tzinfo=dt.UTC)
    ImportantDate.objects.create(workshop=workshop, kind="camera-ready", name="Camera-ready", at=at, zone="AoE")
    return workshop


@pytest.fixture
def olga(workshop: Workshop) -> User:
    user = make_user("olga@example.org", name="Olga Organizer")
    join_workshop(user, workshop, "owner")  # type: ignore[arg-type]
    return user


@pytest.fixture
def ada(workshop: Workshop) -> User:
    return make_user("ada@example.org", name="Ada Author", zone="Europe/Berlin")


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    authors = ("Ada Author", "Bob-Without-A-Space-In-A-Name-That-Is-Too-Long-For-A-Telephone")
    fields = {"abstract": "A few words. " * 40, "keywords": ["one", "two"], "imported": {"title": "Another title upstream"}}
    paper = make_owing_paper(workshop, ada, by=olga, number=7, authors=authors, **fields)
    confirm_attendance(paper, author=paper.authors.get(position=1), by=ada)
    return paper


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_pages_are_sound(browser: Browser, live_server: Any, paper: Paper, ada: User, olga: User, width: int, scheme: str) -> None:
    own = f"/w/authors26/me/papers/{paper.pk}/"
    title = request_title(paper, title="Another Title", reason="Shorter.", by=ada)
    refuse_request(title, answer="It is printed already.", by=olga)
    authors = [{"name": "Cat Coder", "email": "cat@example.org"}, {"name": "Ada Author"}]
    request_authors(paper, authors=authors, reason="Cat wrote the code.", by=ada)
    _, token = copy_link(paper.authors.get(position=1), by=olga)
    links = [f"/w/authors26/papers/{paper.pk}/links/", f"/links/{token}/"]
    faults: dict[str, list[str]] = {}
    for user, places in ((ada, ["/me/papers/", "/w/authors26/me/", own, f"{own}metadata/"]), (olga, ["/w/authors26/requests/", *links])):
        page, complaints = open_as(browser, live_server.url, user, width=width, scheme=scheme)
        faults |= {place: find_faults(page, f"{live_server.url}{place}", complaints) for place in places}
        page.context.close()
    assert {place: found for place, found in faults.items() if found} == {}


def test_author_does_what_is_owed(browser: Browser, live_server: Any, paper: Paper, ada: User) -> None:
    page, complaints = open_as(browser, live_server.url, ada, width=PHONE, scheme="light")
    page.goto(f"{live_server.url}/me/papers/")
    page.get_by_role("link", name=re.compile("Presenter")).click()
    page.locator("#presenter").get_by_label("Author", exact=True).select_option(label="Ada Author")
    page.get_by_label("How").select_option(label="Pre-recorded")
    page.get_by_role("button", name="Name the presenter").click()
    page.get_by_text("Ada Author presents, pre-recorded.").wait_for()
    page.get_by_role("link", name=re.compile("Read and confirm")).click()
    page.get_by_role("button", name="Confirm").click()
    page.get_by_text("Confirmed. If anything of it changes, you are asked again.").wait_for()
    assert Presenter.objects.get(paper=paper).mode == "recorded"
    assert complaints == []
    page.context.close()
