"""Olga and Otto edit a day by hand, by keys, by dialogs, at once; each act is in the database."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from papers.models import User, Workshop
from program.models import Day, Room, ScheduleEdit, Session, Slot
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults_shown, open_as
from tests.browser.schedule_days import await_words, do, drag, drop, find_item, make_day, open_editor, tell_places, tell_slots, wait_kept
from tests.factories import join_workshop, make_user

pytestmark = IN_BROWSER
MORNING = {"opening": "09:00 hall 15", "orals": "09:15 hall 60", "posters": "10:45 hall 60", "talk": "10:15 hall 30"}
FULL = {"opening": [], "orals": ["On sheep", "On goats"], "posters": [], "talk": []}


@pytest.fixture
def olga(db: None) -> User:
    return make_user("olga@example.org", name="Olga Organizer")


@pytest.fixture
def workshop(olga: User) -> Workshop:
    return make_day(olga)


def say(page: Page, words: str, act: Any) -> None:
    """Do something and wait for the sentence that it brings."""
    act()
    await_words(page, words)


def press(page: Page, uid: str, keys: str, words: str) -> None:
    """Press a key on an item and wait for the sentence that it brings."""
    find_item(page, uid).focus()
    say(page, words, lambda: page.keyboard.press(keys))


def test_sessions_and_papers_are_dragged(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, complaints = open_editor(browser, live_server.url, olga, query="?zoom=2")
    annex = page.locator('.grid-column[data-room="annex"]').bounding_box()
    opening = find_item(page, "opening").bounding_box()
    assert annex is not None and opening is not None
    hour = float(page.locator(".grid").evaluate("grid => parseFloat(grid.style.getPropertyValue('--hour'))"))
    drag(page, find_item(page, "opening"), annex["x"] + 60, opening["y"] + 6 + hour / 2)
    assert page.locator("[data-part=live] strong").inner_text() == "9:30–9:45, Annex"
    drop(page)
    assert tell_places(workshop) == MORNING | {"opening": "09:30 annex 15"}
    edge = page.locator('[data-edge="talk"]').bounding_box()
    assert edge is not None
    page.mouse.move(edge["x"] + 20, edge["y"] + 3)
    page.mouse.down()
    page.mouse.move(edge["x"] + 20, edge["y"] + 3 - hour / 6, steps=4)
    page.mouse.up()
    await_words(page, "20 min")
    posters = find_item(page, "posters").bounding_box()
    assert posters is not None
    drag(page, page.locator(".is-tray").first, posters["x"] + 80, posters["y"] + 8)
    page.mouse.up()
    await_words(page, "Placed “On cows” in “Poster session”.")
    goats = find_item(page, "goats")
    sheep = find_item(page, "sheep").bounding_box()
    assert sheep is not None
    drag(page, goats, sheep["x"] + 30, sheep["y"] + 2)
    page.mouse.up()
    await_words(page, "to place 1")
    tray = page.locator("[data-part=tray]").bounding_box()
    assert tray is not None
    drag(page, find_item(page, "sheep"), tray["x"] + 40, tray["y"] + 20)
    page.mouse.up()
    await_words(page, "Took “On sheep” out")
    assert tell_places(workshop) == MORNING | {"opening": "09:30 annex 15", "talk": "10:15 hall 20"}
    assert tell_slots(workshop) == {"opening": [], "orals": ["On goats"], "posters": ["On cows"], "talk": []}
    assert (page.locator("[data-part=tray-count]").inner_text(), complaints) == ("1", [])


def test_a_list_closes_up_when_a_session_changes_its_turn(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, complaints = open_editor(browser, live_server.url, olga, query="?shape=list")
    orals = find_item(page, "orals").bounding_box()
    assert orals is not None
    drag(page, find_item(page, "talk"), orals["x"] + 60, orals["y"] + 4)
    page.mouse.up()
    await_words(page, "to 9:15")
    assert tell_places(workshop) == MORNING | {"talk": "09:15 hall 30", "orals": "09:45 hall 60"}
    assert complaints == []


def test_everything_is_done_by_keys(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, complaints = open_editor(browser, live_server.url, olga)
    press(page, "talk", "]", "to 10:20")
    press(page, "talk", "+", "35 min")
    assert tell_places(workshop)["talk"] == "10:20 hall 35"
    press(page, "talk", "p", "Pinned")
    assert Session.objects.get(uid="talk").is_pinned
    press(page, "talk", "[", "is pinned, so it stays")
    press(page, "talk", "p", "Took the pin off")
    press(page, "goats", "[", "to place 1")
    assert tell_slots(workshop)["orals"] == ["On goats", "On sheep"]
    press(page, "goats", "Delete", "Took “On goats” out")
    assert tell_slots(workshop)["orals"] == ["On sheep"]
    say(page, "Undid: Took “On goats” out", lambda: page.keyboard.press("u"))
    assert tell_slots(workshop)["orals"] == ["On goats", "On sheep"]
    say(page, "Undid: Moved “On goats” to place 1", lambda: page.keyboard.press("Control+z"))
    assert tell_slots(workshop)["orals"] == ["On sheep", "On goats"]
    say(page, "Did again: Moved “On goats” to place 1", lambda: page.keyboard.press("Control+Shift+z"))
    say(page, "Did again: Took “On goats” out", lambda: page.keyboard.press("r"))
    assert tell_slots(workshop)["orals"] == ["On sheep"]
    find_item(page, "opening").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.item") == "orals"
    page.keyboard.press("/")
    page.keyboard.type("cattle")
    assert "On cows" in page.locator(".is-tray").first.inner_text()
    refused = "Failed to load resource: the server responded with a status of 409 (Conflict)"
    assert (page.locator(".is-tray").count(), complaints) == (1, [refused])


def test_dialogs_do_what_hands_do(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, complaints = open_editor(browser, live_server.url, olga)
    dialog = page.locator("dialog[open]").last
    press_move(page, "posters")
    dialog.get_by_label("Time", exact=True).fill("11:00")
    dialog.get_by_label("Room", exact=True).select_option("annex")
    dialog.get_by_label("Minutes").first.fill("45")
    say(page, "10:45, Hall to 11:00, Annex", lambda: dialog.get_by_role("button", name="Move", exact=True).click())
    assert tell_places(workshop)["posters"] == "11:00 annex 45"
    press_move(page, "orals")
    dialog.get_by_text("Shift what follows, swap").click()
    dialog.get_by_label("Shift by minutes").fill("10")
    say(page, "Shifted 2 sessions", lambda: dialog.get_by_role("button", name="Shift").click())
    assert tell_places(workshop) == MORNING | {"orals": "09:25 hall 60", "talk": "10:25 hall 30", "posters": "11:00 annex 45"}
    press_move(page, "opening")
    dialog.get_by_text("Shift what follows, swap").click()
    dialog.get_by_label("Swap time and room with").select_option("posters")
    say(page, "Swapped", lambda: dialog.get_by_role("button", name="Swap").click())
    assert {uid: tell_places(workshop)[uid] for uid in ("opening", "posters")} == {"opening": "11:00 annex 15", "posters": "09:00 hall 45"}
    page.get_by_role("link", name="Add", exact=True).click()
    dialog.get_by_text("Single oral block").click()
    dialog.locator("form[aria-label='Single oral block'] input[name=on]").fill("2026-06-18")
    say(page, "Added the 1 sessions", lambda: dialog.get_by_role("button", name="Add these 1").click())
    assert [str(day.on) for day in Day.objects.order_by("on")] == ["2026-06-17", "2026-06-18"]
    page.get_by_role("link", name="Days and rooms").click()
    dialog.get_by_text("Add a room", exact=True).first.click()
    room = dialog.locator("form[aria-label='Add a room']")
    room.get_by_label("Name").fill("Garden")
    say(page, "Added the room “Garden”", lambda: room.get_by_role("button").click())
    press_move(page, "opening")
    say(page, "Removed “Opening”", lambda: dialog.get_by_role("button", name="Remove the session").click())
    assert (Room.objects.count(), Session.objects.filter(uid="opening").exists(), complaints) == (3, False, [])


def press_move(page: Page, uid: str) -> None:
    """Open an item's dialog by its key."""
    find_item(page, uid).focus()
    page.keyboard.press("m")
    page.locator("dialog[open] #dialog-title").wait_for()


def test_a_conflict_offers_its_ways_out(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    do(workshop, {"move": "place-session", "session": "talk", "starts": "2026-06-17T10:10"})
    page, complaints = open_editor(browser, live_server.url, olga)
    conflict = page.locator('.conflict[data-code="overlap"]')
    conflict.locator(".conflict-words").click()
    assert page.evaluate("document.activeElement.dataset.item") in {"orals", "talk"}
    say(page, "Moved", lambda: conflict.get_by_role("button", name="Start “Invited talk 1: Counting” at 10:15").click())
    conflict.wait_for(state="detached")
    assert (tell_places(workshop), complaints) == (MORNING, [])


def test_two_editors_lose_nothing(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    otto = make_user("otto@example.org", name="Otto Organizer")
    join_workshop(otto, workshop)
    page, _ = open_editor(browser, live_server.url, olga)
    other, _ = open_editor(browser, live_server.url, otto)
    other.route("**/schedule/edits*", lambda route: route.abort())
    press(page, "talk", "]", "to 10:20")
    press(other, "talk", "[", "Olga Organizer changed this")
    assert tell_places(workshop)["talk"] == "10:20 hall 30"
    assert "10:20" in find_item(other, "talk").inner_text()
    say(other, "to 10:10", lambda: other.get_by_role("button", name="Try again").click())
    await_words(page, "Otto Organizer: Moved")
    assert tell_places(workshop)["talk"] == "10:10 hall 30"
    assert "10:10" in find_item(page, "talk").inner_text()
    assert [str(edit.by) for edit in ScheduleEdit.objects.exclude(by=None).order_by("number")] == ["Olga Organizer", "Otto Organizer"]


def test_what_did_not_get_through_is_sent_again(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, _ = open_editor(browser, live_server.url, olga)
    page.route("**/schedule/moves", lambda route: route.fulfill(status=500, body="Broken"))
    press(page, "opening", "]", "It waits here until you try it again.")
    page.get_by_role("button", name="Let it go").click()
    page.unroute("**/schedule/moves")
    page.route("**/schedule/moves", lambda route: route.abort())
    press(page, "talk", "]", "Not kept yet")
    assert tell_places(workshop) == MORNING
    page.unroute("**/schedule/moves")
    await_words(page, "to 10:20")
    assert tell_places(workshop) == MORNING | {"talk": "10:20 hall 30"}


def test_a_telephone_has_a_list(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    page, complaints = open_editor(browser, live_server.url, olga, width=PHONE)
    assert [text.split("\n")[0] for text in page.locator(".track .block-head").all_inner_texts()] == [
        "9:00–9:15 15 min",
        "9:15–10:15 1 h",
        "10:15–10:45 30 min",
        "10:45–11:45 1 h",
    ]
    find_item(page, "goats").click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Session", exact=True).select_option("posters")
    dialog.get_by_role("button", name="Move", exact=True).click()
    wait_kept(page)
    page.locator(".is-tray").click()
    dialog.get_by_label("Session", exact=True).select_option("orals")
    dialog.get_by_label("Place in it").fill("1")
    dialog.get_by_role("button", name="Place", exact=True).click()
    await_words(page, "Placed “On cows”")
    assert tell_slots(workshop) == {"opening": [], "orals": ["On cows", "On sheep"], "posters": ["On goats"], "talk": []}
    assert complaints == []


def test_without_scripts_forms_do_it(browser: Browser, live_server: Any, workshop: Workshop, olga: User) -> None:
    context = browser.new_context(java_script_enabled=False)
    signed, _ = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    context.add_cookies(signed.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{live_server.url}/w/things26/schedule/")
    page.wait_for_url("**/schedule/?view=table")
    page.get_by_role("link", name="Move… Counting").or_(page.locator('a[href$="/items/talk/"]')).first.click()
    page.get_by_label("Time", exact=True).fill("12:00")
    page.get_by_role("button", name="Move", exact=True).click()
    page.get_by_text("from 10:15, Hall to 12:00, Hall").wait_for()
    page.goto(f"{live_server.url}/w/things26/schedule/items/sheep/")
    page.get_by_role("button", name="Back to the tray").click()
    page.get_by_text("Took “On sheep” out").wait_for()
    page.goto(f"{live_server.url}/w/things26/schedule/items/goats/")
    page.get_by_role("button", name="Pin", exact=True).click()
    page.get_by_text("Pinned “On goats”").wait_for()
    assert tell_places(workshop) == MORNING | {"talk": "12:00 hall 30"}
    assert tell_slots(workshop) == FULL | {"orals": ["On goats"]}
    assert Slot.objects.get(uid="goats").is_pinned


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_the_editor_is_sound(browser: Browser, live_server: Any, workshop: Workshop, olga: User, width: int, scheme: str) -> None:
    do(workshop, {"move": "place-session", "session": "talk", "starts": "2026-06-17T10:10"})
    page, complaints = open_as(browser, live_server.url, olga, width=width, scheme=scheme)
    page.goto(f"{live_server.url}/w/things26/schedule/")
    page.locator("[data-editor][data-ready]").wait_for()
    faults = {"editor": find_faults_shown(page, complaints)}
    find_item(page, "talk").click()
    page.locator("dialog[open] #dialog-title").wait_for()
    faults["dialog"] = find_faults_shown(page, complaints)
    for name in ("items/sheep/", "add", "frame", "?view=table"):
        page.goto(f"{live_server.url}/w/things26/schedule/{name}")
        faults[name] = find_faults_shown(page, complaints)
    assert {name: found for name, found in faults.items() if found} == {}
