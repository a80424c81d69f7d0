"""A day of a small workshop, made by the moves of its editor, and the editor opened on it."""

from typing import Any

from playwright.sync_api import Browser, Page

from papers.models import User, Workshop
from program.local_times import write_instant
from program.models import Session
from program.moves import parse_moves
from program.scheduling import apply_moves
from tests.browser.pages import DESK, open_as
from tests.factories import accept, join_workshop, make_paper, make_workshop

ON = "2026-06-17"


def do(workshop: Workshop, *moves: dict[str, Any], by: User | None = None) -> None:
    """Do moves as the endpoint does them."""
    apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=by)


def make_day(olga: User) -> Workshop:
    """Make a day with two rooms: opening, orals with two papers, a talk, posters, and a paper in the tray."""
    workshop = make_workshop("things26")
    join_workshop(olga, workshop)
    papers = [make_paper(workshop, title=title, authors=(name,)) for title, name in (("On sheep", "Ada"), ("On goats", "Bea"))]
    for paper in papers:
        accept(paper, "oral", is_released=True)
    accept(make_paper(workshop, title="On cows", authors=("Cleo Cattle",)), "poster", is_released=True)
    do(
        workshop,
        {"move": "add-day", "uid": "day", "on": ON, "starts": "08:30", "ends": "18:00"},
        {"move": "add-room", "uid": "hall", "name": "Hall", "capacity": 100},
        {"move": "add-room", "uid": "annex", "name": "Annex"},
        _add("opening", "opening", "09:00", 15),
        _add("orals", "oral", "09:15", 60),
        _add("talk", "invited-talk", "10:15", 30, title="Counting"),
        _add("posters", "poster", "10:45", 60),
        {"move": "place-paper", "uid": "sheep", "paper": papers[0].pk, "session": "orals", "minutes": 30},
        {"move": "place-paper", "uid": "goats", "paper": papers[1].pk, "session": "orals", "minutes": 30},
    )
    return workshop


def _add(uid: str, kind: str, clock: str, minutes: int, **more: Any) -> dict[str, Any]:
    return {"move": "add-session", "uid": uid, "kind": kind, "starts": f"{ON}T{clock}", "minutes": minutes, "room": "hall", **more}


def tell_places(workshop: Workshop) -> dict[str, str]:
    """Return of each session where it is: 09:00 hall 15."""
    sessions = Session.objects.filter(workshop=workshop).select_related("room").order_by("uid")
    return {session.uid: _tell_place(session, workshop) for session in sessions}


def _tell_place(session: Session, workshop: Workshop) -> str:
    starts = write_instant(session.starts_at, workshop.zone)[11:] if session.starts_at else "-"
    return f"{starts} {session.room.uid if session.room else '-'} {session.minutes}"


def tell_slots(workshop: Workshop) -> dict[str, list[str]]:
    """Return the titles that each session holds, in order."""
    sessions = Session.objects.filter(workshop=workshop).order_by("uid").prefetch_related("slots__paper")
    return {one.uid: [slot.paper.title if slot.paper else slot.title for slot in one.slots.order_by("position")] for one in sessions}


def open_editor(browser: Browser, url: str, person: User, *, query: str = "", width: int = DESK) -> tuple[Page, list[str]]:
    """Return the editor of the day, loaded, and what the browser complains of."""
    page, complaints = open_as(browser, url, person, width=width, scheme="light")
    page.goto(f"{url}/w/things26/schedule/{query}")
    page.locator("[data-editor][data-ready]").wait_for()
    return page, complaints


def find_item(page: Page, uid: str) -> Any:
    """Return the button of an item."""
    return page.locator(f'[data-item="{uid}"]')


def drag(page: Page, source: Any, x: float, y: float) -> None:
    """Press on something near its upper left corner and drop it at a place of the window."""
    source.scroll_into_view_if_needed()
    box = source.bounding_box()
    page.mouse.move(box["x"] + 12, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(x, y - 20, steps=3)
    page.mouse.move(x, y, steps=3)


def drop(page: Page) -> None:
    """Let go, and wait until it is kept."""
    page.mouse.up()
    wait_kept(page)


def wait_kept(page: Page) -> None:
    """Wait for the sentence on what was done."""
    page.locator("[data-told=done]").wait_for()


def await_words(page: Page, words: str) -> None:
    """Wait until the editor tells this."""
    page.locator("[data-told]").filter(has_text=words).wait_for()
