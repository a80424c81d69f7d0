"""The paper table as hands and eyes meet it: keys, selection, decisions in a line, pictures, menus."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from papers.models import Decision, Paper, User, Workshop
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, find_faults_shown, open_as
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop
from tests.papers.paper_table.rated_papers import handle, recommend, review

pytestmark = IN_BROWSER
EVERY_COLUMN = "number,title,track,reviews,scores,mean,spread,confidence,handlers,recommendations,decision,presentation,award,proceedings"


@pytest.fixture
def workshop(db: None) -> Workshop:
    return make_workshop("table26")


@pytest.fixture
def olga(workshop: Workshop) -> User:
    user = make_user("olga@example.org", name="Olga Organizer")
    join_workshop(user, workshop)
    return user


def key_of(number: int) -> int:
    """Return the key of the paper with this number, by which its line is named."""
    return Paper.objects.get(number=number).pk


def fill(workshop: Workshop, user: User, count: int) -> None:
    """Make papers with ratings, handlers, recommendations, decisions."""
    for number in range(1, count + 1):
        paper = make_paper(workshop, number=number, title=f"A paper of some length, number {number}", authors=("Ada Author", "Bob Author"))
        review(paper, 3 + number % 5, 6, 8)
        if number <= 3:
            handle(paper, user)
            recommend(paper, user, "accept")
            accept(paper, "oral" if number == 1 else "poster")


def open_table(
    browser: Browser, live_server: Any, user: User, *, width: int = DESK, scheme: str = "light", query: str = ""
) -> tuple[Page, list[str]]:
    page, complaints = open_as(browser, live_server.url, user, width=width, scheme=scheme)
    page.goto(f"{live_server.url}/w/table26/papers/{query}")
    return page, complaints


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_table_is_sound(browser: Browser, live_server: Any, workshop: Workshop, olga: User, width: int, scheme: str) -> None:
    fill(workshop, olga, 4)
    page, complaints = open_as(browser, live_server.url, olga, width=width, scheme=scheme)
    places = ("", f"?columns={EVERY_COLUMN}&group=decision&sort=-mean,title", "?q=trakc:full", "?q=dec:reject", "figures/")
    faults = {place: find_faults(page, f"{live_server.url}/w/table26/papers/{place}", complaints) for place in places}
    assert {place: [fault for fault in found if "422" not in fault] for place, found in faults.items()} == {place: [] for place in places}
    page.goto(f"{live_server.url}/w/table26/papers/")
    complaints.clear()
    opened = {}
    for name in ("Columns", "Order", "View", "Export"):
        page.click(f"summary:has-text('{name}')")
        opened[name] = find_faults_shown(page, complaints)
        page.keyboard.press("Escape")
    page.locator("input[data-select]").first.check()
    page.locator(".cell-way").first.click()
    expect(page.locator("[data-inline]")).to_be_visible()
    opened["line"] = find_faults_shown(page, complaints)
    page.click(".figures-fold summary")
    expect(page.locator("#figure-means")).to_be_visible()
    opened["pictures"] = find_faults_shown(page, complaints)
    assert opened == {name: [] for name in opened}


def test_keys_walk_select_decide(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 6)
    page, complaints = open_table(browser, live_server, olga)
    bar = page.locator("#selection")
    expect(bar).to_be_hidden()
    for key in ("j", "j", "x", "j", "j", "X"):
        page.keyboard.press(key)
    expect(page.locator("[data-selection-count]")).to_have_text("3")
    page.keyboard.press("e")
    expect(page.locator(f"#decide-{key_of(4)} input[type=radio]").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-inline]")).to_have_count(0)
    page.keyboard.press("d")
    page.locator(f"#decide-{key_of(4)} input[value=reject]").check()
    page.keyboard.press("Enter")
    expect(page.locator(f"#paper-{key_of(4)} .badge.is-bad")).to_have_text("Reject, not released")
    assert Decision.objects.get(paper__number=4).outcome == "reject"
    expect(page.locator(f"#paper-{key_of(4)} input[data-select]")).to_be_checked()
    page.click("#messages button:has-text('Undo')")
    expect(page.locator(f"#paper-{key_of(4)} .cell-way .badge")).to_have_text("Undecided")
    assert not Decision.objects.filter(paper__number=4).exists()
    assert complaints == []


def test_two_people_decide_one_paper(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 2)
    page, _ = open_table(browser, live_server, olga)
    page.locator(f"#paper-{key_of(2)} .cell-way").click()
    page.locator(f"#decide-{key_of(2)} input[value=reject]").check()
    decision = Decision.objects.get(paper__number=2)
    decision.presentation = workshop.presentation_kinds.get(slug="oral")
    decision.save()
    page.locator(f"#decide-{key_of(2)} button[type=submit]").click()
    expect(page.locator(f"#decide-{key_of(2)} [data-refusal]")).to_contain_text("Look at it, then decide again.")
    decision.refresh_from_db()
    assert decision.outcome == "accept"


def test_rows_come_while_one_goes_on_and_stay_selected(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 130)
    page, complaints = open_table(browser, live_server, olga)
    rows = page.locator("[data-keys-row]")
    expect(rows).to_have_count(100)
    page.locator("input[data-select]").nth(1).check()
    page.locator("[data-select-found]").check()
    expect(page.locator("[data-selection-count]")).to_have_text("130")
    for _ in range(95):
        page.keyboard.press("j")
    expect(rows).to_have_count(130)
    expect(page.locator(f"#paper-{key_of(130)} input[data-select]")).to_be_checked()
    page.locator(f"#paper-{key_of(130)} input[data-select]").uncheck()
    expect(page.locator("[data-selection-count]")).to_have_text("129")
    page.reload()
    expect(page.locator("[data-selection-count]")).to_have_text("129")
    with page.expect_download() as download:
        page.click("#selection button[value=csv]")
    lines = download.value.path().read_text().splitlines()
    assert (len(lines), [line.split(",")[0] for line in lines[1:3]], lines[-1].split(",")[0]) == (130, ["1", "2"], "129")
    page.click("[data-select-none]")
    expect(page.locator("#selection")).to_be_hidden()
    assert complaints == []


def test_heading_with_shift_adds_to_the_order(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 3)
    page, _ = open_table(browser, live_server, olga)
    page.click("thead a:has-text('Mean')")
    page.wait_for_url("**/papers/?sort=-mean")
    page.click("thead a:has-text('Title')", modifiers=["Shift"])
    page.wait_for_url("**/papers/?sort=-mean,title")
    assert page.locator("thead .sort-place").all_inner_texts() == ["2", "1"]


def test_columns_move_and_stay_in_the_address(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 1)
    page, _ = open_table(browser, live_server, olga, query="?columns=number,title")
    page.click("summary:has-text('Columns')")
    page.click("[data-move='-1'][aria-label='Title further left']")
    page.check("input[name=column][value=spread]")
    page.click("button:has-text('Show these')")
    page.wait_for_url("**/papers/?columns=title,number,spread")


def test_table_works_without_scripts(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    fill(workshop, olga, 101)
    signed_in, _ = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(signed_in.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/w/table26/papers/")
    page.click("a[rel=next]")
    assert page.locator("[data-keys-open]").all_inner_texts() == ["A paper of some length, number 101"]
    page.check("input[data-select]")
    with page.expect_download() as download:
        page.click("#selection button[value=csv]")
    assert [line.split(",")[0] for line in download.value.path().read_text().splitlines()[1:]] == ["101"]
    page.click(".figures-fold summary")
    page.click("[data-figures] a")
    assert page.inner_text("h1") == "Pictures"
    page.goto(f"{live_server.url}/w/table26/papers/?page=2")
    page.click(".cell-way")
    assert page.inner_text("h1") == "A paper of some length, number 101"
