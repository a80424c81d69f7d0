"""Both editions are rebuilt from their data in the editor, by hand and by its moves, and exported byte for byte."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from papers.models import User, Workshop
from program.exports.registry import export_listing
from program.moves import parse_moves
from program.schedules import collect_draft_sessions, collect_listing
from program.scheduling import apply_moves
from tests.browser.pages import DESK, IN_BROWSER, open_as
from tests.browser.schedule_days import await_words
from tests.factories import join_workshop, make_user
from tests.program.published_editions import GOLDEN, publish_edition

pytestmark = IN_BROWSER
FIELDS = ("kind", "label", "title", "starts", "minutes", "link", "note", "is_parallel", "is_streamed", "people")
SLOT_FIELDS = ("minutes", "question_minutes")


@pytest.fixture
def olga(db: None) -> User:
    return make_user("olga@example.org", name="Olga Organizer")


def export_draft(workshop: Workshop) -> bytes:
    """Return the schedule table of the draft as it stands."""
    listing = replace(collect_listing(workshop), sessions=collect_draft_sessions(workshop))
    return export_listing("schedule-html", listing, {"dialect": "syntagen"})


def read_draft(client: Client, workshop: Workshop) -> dict[str, Any]:
    """Return the draft as the editor gets it."""
    told: dict[str, Any] = client.get(f"/w/{workshop.slug}/schedule/draft").json()
    return told


def empty(workshop: Workshop, draft: dict[str, Any], by: User) -> None:
    """Remove every session and day, as the editor does."""
    moves = [{"move": "remove-session", "session": session["uid"]} for session in draft["sessions"]]
    moves += [{"move": "remove-day", "day": day["uid"]} for day in draft["days"]]
    apply_moves(workshop, parse_moves(moves, zone=workshop.zone), by=by)
    assert (workshop.sessions.count(), workshop.days.count()) == (0, 0)


def add_session(session: dict[str, Any]) -> dict[str, Any]:
    """Return the move that makes a session as it was."""
    return {"move": "add-session", "uid": session["uid"], **{name: session[name] for name in FIELDS if session[name] is not None}}


def place_slot(slot: dict[str, Any]) -> dict[str, Any]:
    """Return the move that puts back what a session held."""
    given = {name: slot[name] for name in SLOT_FIELDS if slot[name]}
    if slot["paper"]:
        return {"move": "place-paper", "paper": slot["paper"], "session": slot["session"], **given}
    named = {"person": slot["person"]} if slot["person"] else {}
    return {"move": "add-talk", "session": slot["session"], "kind": slot["kind"], "title": slot["title"], **named, **given}


@pytest.mark.parametrize("edition", ["syntagen24", "syntagen25"])
def test_moves_rebuild_a_program(edition: str, olga: User, client: Client) -> None:
    workshop = publish_edition(edition)
    join_workshop(olga, workshop)
    client.force_login(olga)
    draft = read_draft(client, workshop)
    empty(workshop, draft, olga)
    golden = (GOLDEN / f"{edition}_schedule.html").read_bytes()
    assert export_draft(workshop) != golden
    moves = [*map(add_session, draft["sessions"]), *map(place_slot, draft["slots"])]
    answer = client.post(f"/w/{edition}/schedule/moves", json.dumps({"moves": moves}), content_type="application/json")
    assert (answer.status_code, export_draft(workshop)) == (200, golden)


def test_hands_rebuild_the_program_of_2025(browser: Browser, live_server: Any, olga: User, client: Client) -> None:
    workshop = publish_edition("syntagen25")
    join_workshop(olga, workshop)
    client.force_login(olga)
    draft = read_draft(client, workshop)
    empty(workshop, draft, olga)
    page, complaints = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/syntagen25/schedule/")
    page.locator("[data-editor][data-ready]").wait_for()
    add_day(page)
    for session in draft["sessions"]:
        fill_session(page, session)
    names = {session["uid"]: session["name"] for session in draft["sessions"]}
    numbers = {paper["id"]: paper["number"] for paper in draft["papers"]}
    for slot in draft["slots"]:
        place_paper(page, numbers[slot["paper"]], names[slot["session"]])
    assert export_draft(workshop) == (GOLDEN / "syntagen25_schedule.html").read_bytes()
    overlap = "“Introduction” (8:30, 10 min) lasts until 8:40 and overlaps “Oral presentation” (8:35, 25 min)."
    told = page.locator('[data-code="overlap"] .conflict-words').all_inner_texts()
    assert [text.removeprefix("hard:").strip() for text in told] == [overlap]
    assert complaints == []


def add_day(page: Page) -> None:
    """Add the day of the workshop by the dialog."""
    page.get_by_role("link", name="Days and rooms").click()
    form = page.locator("dialog[open] form[aria-label='Add a day']")
    form.get_by_label("Date").fill("2025-06-12")
    form.get_by_label("From").fill("08:30")
    form.get_by_role("button").click()
    await_words(page, "Added June 12")


def fill_session(page: Page, session: dict[str, Any]) -> None:
    """Add a session by the dialog."""
    before = page.locator(".track .block, .grid .block").count()
    page.get_by_role("link", name="Add", exact=True).click()
    form = page.locator("dialog[open] form[aria-label='A session']")
    form.get_by_label("Kind").select_option(session["kind"])
    form.get_by_label("Label").fill(session["label"])
    form.get_by_label("Title").fill(session["title"])
    form.get_by_label("Time", exact=True).fill(session["starts"][11:])
    form.get_by_label("Minutes").fill(str(session["minutes"] or ""))
    form.get_by_label("Room", exact=True).select_option(session["room"] or "")
    form.get_by_label("Link").fill(session["link"])
    form.get_by_label("Note").fill(session["note"])
    for number, row in enumerate(session["people"], start=1):
        form.get_by_label(f"Person {number}", exact=True).select_option(str(row["person"]))
        form.get_by_label(f"Part of person {number}").select_option(row["part"])
    form.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_function("count => document.querySelectorAll('.track .block, .grid .block').length > count", arg=before)
    page.locator("dialog[open]").wait_for(state="detached")


def place_paper(page: Page, number: int, session: str) -> None:
    """Place a paper of the tray by its dialog."""
    page.locator(".is-tray").filter(has=page.get_by_text(f"#{number}", exact=True)).click()
    form = page.locator("dialog[open] form[aria-label='Place']")
    option = form.locator("option").filter(has_text=session)
    form.get_by_label("Session", exact=True).select_option(option.get_attribute("value"))
    form.get_by_role("button", name="Place", exact=True).click()
    page.locator("dialog[open]").wait_for(state="detached")
