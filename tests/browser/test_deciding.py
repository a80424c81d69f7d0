"""Two organizers at two browsers decide the same paper."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from papers.models import Decision, HistoryLine, Paper, Workshop
from tests.browser.pages import DESK, IN_BROWSER, open_as
from tests.factories import join_workshop, make_paper, make_user, make_workshop

pytestmark = IN_BROWSER


@pytest.fixture
def paper(db: None) -> Paper:
    return make_paper(make_workshop("both26"), title="Wanted by both")


def open_papers(browser: Browser, url: str, workshop: Workshop) -> list[Page]:
    """Return the paper table in two browsers, as Olga and as Mats."""
    pages = []
    for name in ("Olga Organizer", "Mats Member"):
        user = make_user(f"{name.split()[0].lower()}@example.org", name=name)
        join_workshop(user, workshop)
        page, _ = open_as(browser, url, user, width=DESK, scheme="light")
        page.goto(f"{url}/w/{workshop.slug}/papers/")
        pages.append(page)
    return pages


def tell_decision(paper: Paper) -> tuple[str, str, int]:
    """Return the outcome, who decided, how many decisions the history knows."""
    decision = Decision.objects.select_related("by").get(paper=paper)
    return decision.outcome, str(decision.by), HistoryLine.objects.filter(paper=paper, action="decided").count()


def test_later_of_two_sees_who_was_faster_on_the_page(browser: Browser, live_server: Any, paper: Paper) -> None:
    olga, mats = open_papers(browser, live_server.url, paper.workshop)
    for page, outcome in ((olga, "accept"), (mats, "reject")):
        page.click("text=Wanted by both")
        page.locator("#decide").wait_for()
        page.select_option("#id_outcome", outcome)
    for page in (olga, mats):
        page.get_by_role("button", name="Decide", exact=True).click()
        page.wait_for_load_state()
    expect(mats.get_by_role("alert")).to_contain_text("Olga Organizer decided accept")
    assert tell_decision(paper) == ("accept", "Olga Organizer", 1)
    assert mats.locator("#id_outcome").input_value() == "reject"
    mats.get_by_role("button", name="Decide again").click()
    mats.wait_for_load_state()
    expect(mats.locator("#messages")).to_contain_text("Undo")
    assert tell_decision(paper) == ("reject", "Mats Member", 2)


def test_later_of_two_sees_who_was_faster_in_the_table(browser: Browser, live_server: Any, paper: Paper) -> None:
    olga, mats = open_papers(browser, live_server.url, paper.workshop)
    line = f"#decide-{paper.pk}"
    for page, outcome in ((olga, "accept"), (mats, "reject")):
        page.locator(f"#paper-{paper.pk} .cell-way").click()
        page.locator(f"{line} input[value={outcome}]").check()
    olga.locator(f"{line} button[type=submit]").click()
    expect(olga.locator("#messages")).to_contain_text("Undo")
    mats.locator(f"{line} button[type=submit]").click()
    expect(mats.locator(f"{line} [data-refusal]")).to_contain_text("Olga Organizer decided accept")
    assert tell_decision(paper) == ("accept", "Olga Organizer", 1)
