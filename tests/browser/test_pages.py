"""Pages in a real browser: nothing blocked, nothing wider than a phone, nothing that shuts people out; light and dark."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from papers.claims import claim_for_user
from papers.decisions import release_decisions
from papers.models import User, Workshop
from program.models import Session
from program.schedules import release_schedule
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, open_as
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

PUBLIC = ["/", "/accounts/login/", "/accounts/signup/", "/p/pages26/papers/", "/p/pages26/program/", "/p/nowhere/papers/"]
AUTHORS = ["/", "/me/", "/me/tokens/", "/w/pages26/me/"]
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
        "agreement/",
        "agreement/words/",
        "agreement/file/",
        "agreement/push/",
        "conflicts/",
        "people/",
        "history/",
        "history/?words=decided&since=2026-01-01",
        "papers/{paper}/history/",
        "release/",
        "decide/",
        "decide/preview/?by=search&q=&outcome=reject&drop=on",
        "what-if/",
        "batches/",
        "settings/",
        "settings/sessions/",
    )
]
pytestmark = IN_BROWSER


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = make_workshop(
        "pages26", decision_words={"accept:oral": "Accept (Oral)", "accept:poster": "Accept (Poster)", "reject": "Reject"}
    )
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
