"""The search box in a real browser: ways to go on by keyboard and by hand, mistakes, no script at all."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults_shown, open_as
from tests.papers.search.cast import Desk, make_desk

pytestmark = IN_BROWSER


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def offered(page: Page) -> list[str]:
    """Return the ways to go on, once they are there."""
    page.locator("[role=option]").first.wait_for()
    return page.locator(".search-label").all_inner_texts()


def test_box_is_worked_by_keyboard(browser: Browser, live_server: Any, desk: Desk) -> None:
    page, complaints = open_as(browser, live_server.url, desk.olga, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/search26/papers/")
    box = page.locator("[data-search] input")
    page.keyboard.press("/")
    page.keyboard.type("a (de")
    assert offered(page) == ["dec:", "decided-since:", "is:desk-rejected", "is:deleted", "has:decision"]
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert box.input_value() == "a (dec:"
    assert offered(page) == ["accept", "reject", "none", "any"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    assert box.input_value() == "a (dec:any "
    page.keyboard.type("or tr")
    assert offered(page)[0] == "track:"
    page.keyboard.press("Escape")
    assert (page.locator("[role=listbox]").is_visible(), box.get_attribute("aria-expanded")) == (False, "false")
    assert page.evaluate("document.activeElement.id") == box.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/?*")
    assert "A parenthesis opens here without an end." in page.inner_text(".search-mistake")
    assert page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd]") == [2, 3]
    assert [text for text in complaints if "422" not in text] == []


def test_box_is_worked_by_hand(browser: Browser, live_server: Any, desk: Desk) -> None:
    page, complaints = open_as(browser, live_server.url, desk.olga, width=PHONE, scheme="dark")
    page.goto(f"{live_server.url}/w/search26/papers/")
    page.locator("[data-search] input").press_sequentially("handled-by:b")
    page.locator("[role=option]", has_text="bob@").click()
    assert page.locator("[data-search] input").input_value() == "handled-by:bob@search26.example "
    page.keyboard.press("Enter")
    page.wait_for_url("**q=handled-by*")
    assert page.locator("[data-keys-row]").count() == 1
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_open_box_and_mistake_shut_nobody_out(browser: Browser, live_server: Any, desk: Desk, width: int, scheme: str) -> None:
    page, complaints = open_as(browser, live_server.url, None, width=width, scheme=scheme)
    address = f"{live_server.url}/p/search26/papers/"

    page.goto(address)
    page.locator("[data-search] input").press_sequentially("trac")
    offered(page)
    page.keyboard.press("ArrowDown")
    assert find_faults_shown(page, complaints) == []
    page.keyboard.press("Escape")
    page.locator(".search-help > summary").click()
    assert find_faults_shown(page, complaints) == []
    page.goto(f"{address}?q=track:ful")
    assert [text for text in find_faults_shown(page, complaints) if "422" not in text] == []
    assert page.locator(".search-marked").inner_text() == "track:ful"
    page.locator("[data-search-suggestion]").click()
    page.wait_for_url("**q=track%3Afull")
    assert page.locator("[data-keys-row]").count() == 1


def test_box_is_a_plain_field_without_scripts(browser: Browser, live_server: Any, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/p/search26/papers/")
    page.fill("#search", "nothing like it")
    page.press("#search", "Enter")
    assert "No paper fits" in page.inner_text("main")
    assert page.locator("#search").get_attribute("role") is None
    context.close()
