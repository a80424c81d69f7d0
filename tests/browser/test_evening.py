"""One organizer's evening: 400 papers from undecided to letters sent, in Chromium, in fewer than forty actions."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from papers.jobs import run_job
from papers.models import Decision, Handling, Job, Letter, User, Workshop
from program.demo.making import DemoOrder, create_demo
from program.demo.members import OWNER
from tests.browser.pages import DESK, IN_BROWSER, open_as
from tests.papers.smtp_server import MailServer, serve_mail

pytestmark = [*IN_BROWSER, pytest.mark.slow]

MOST_ACTIONS = 39
PICTURES = os.environ.get("SYNTAGEN_PICTURES", "")  # a folder; the pictures of docs/organizers.md are taken into it
COLORS = 256
PATIENCE = 60_000


class Evening:
    """Does what hands do, and counts it: a click, a key, a field filled in is an action each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions: list[str] = []
        page.set_default_timeout(PATIENCE)

    def click(self, target: Locator | str) -> None:
        """Click a control, by its name where a text is given."""
        control = (
            self.page.get_by_role("link", name=target).or_(self.page.get_by_role("button", name=target)).first
            if isinstance(target, str)
            else target
        )
        self.count(f"click {target if isinstance(target, str) else control.inner_text() or control.get_attribute('name')}")
        control.click()
        self.page.wait_for_load_state()

    def press(self, key: str) -> None:
        self.count(f"press {key}")
        self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    def fill(self, target: Locator, text: str) -> None:
        self.count(f"fill in {text}")
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        self.count(f"choose {label}")
        target.select_option(label=label)

    def search(self, text: str) -> None:
        """Search for papers in the table's box: the words, Enter."""
        self.fill(self.page.locator("input[name=q]").first, text)
        self.press("Enter")
        self.page.wait_for_url("**q=**")

    def count(self, action: str) -> None:
        self.actions.append(action)

    def take_picture(self, name: str) -> None:
        """Keep what the window shows, where pictures are asked for."""
        if PICTURES:
            shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
            small = shot.resize((1200, round(shot.height * 1200 / shot.width)), Image.Resampling.LANCZOS)
            small.quantize(COLORS, dither=Image.Dither.NONE).save(Path(PICTURES) / f"evening-{name}.png", optimize=True)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with serve_mail() as running:
        for name, value in running.settings().items():
            setattr(settings, name, value)
        yield running


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = create_demo(DemoOrder(size=400, slug="evening26"))
    workshop.letters_per_minute = 30_000  # the loopback server takes them all
    workshop.save(update_fields=["letters_per_minute"])
    return workshop


def send_waiting(workshop: Workshop) -> None:
    """Do what a worker does beside the web process, until no letter waits."""
    while waiting := Job.objects.filter(workshop=workshop, state=Job.State.QUEUED).order_by("pk").first():
        run_job(waiting.pk)


def test_evening_takes_fewer_than_forty_actions(browser: Browser, live_server: Any, workshop: Workshop, server: MailServer) -> None:
    olga = User.objects.get(email=OWNER)
    page, complaints = open_as(browser, live_server.url, olga, width=DESK, scheme="light")
    evening = Evening(page)
    page.goto(f"{live_server.url}/w/evening26/")
    evening.take_picture("overview")
    share_papers(evening, workshop)
    look_ahead(evening, workshop)
    correct_borderline_paper(evening, workshop)
    choose_orals(evening, workshop)
    choose_best_paper(evening, workshop)
    check_agreement(evening)
    write_letters(evening, server)
    release(evening, workshop)
    watch_outbox(evening, workshop, server)
    assert complaints == []
    assert len(evening.actions) <= MOST_ACTIONS, "\n".join(evening.actions)


def share_papers(evening: Evening, workshop: Workshop) -> None:
    page = evening.page
    evening.click("Handling")
    evening.click("Share papers")
    evening.click("Show what changes")
    evening.click(page.get_by_role("button", name="Assign"))
    page.get_by_text("It can be undone").first.wait_for()
    evening.take_picture("handling")
    handled = Handling.objects.filter(paper__workshop=workshop).values("paper").distinct().count()
    assert handled == workshop.papers.active().count()


def look_ahead(evening: Evening, workshop: Workshop) -> None:
    page = evening.page
    evening.click("Papers")
    evening.click(page.get_by_text("Pictures of these"))
    page.get_by_text("Rating against confidence").wait_for()
    evening.take_picture("papers")
    evening.click("What if…")
    evening.choose(page.get_by_label("Accepted as"), "Poster")
    with page.expect_response("**/what-if/**level=5.5**"):
        evening.fill(page.get_by_label("Accept from").first, "5.5")
    page.locator("input[name=level][type=hidden][value='5.500']").wait_for(state="attached")
    evening.take_picture("what-if")
    evening.click("Preview as decisions")
    evening.take_picture("preview")
    evening.press("a")
    page.wait_for_url("**/batches/**")
    decided = Decision.objects.filter(paper__workshop=workshop)
    assert decided.count() == workshop.papers.active().count()
    assert decided.filter(outcome="accept").count() > 100


def correct_borderline_paper(evening: Evening, workshop: Workshop) -> None:
    """Accept a paper that misses the threshold by little and is hotly disputed."""
    page = evening.page
    evening.click("Papers")
    evening.search("dec:reject rating>5 spread>=3")
    evening.click(page.locator("[data-row-key]").first)
    form = page.locator(".inline-decision")
    evening.click(form.get_by_label("Accept"))
    evening.choose(form.get_by_label("Presentation"), "Poster")
    evening.take_picture("inline")
    evening.click(form.get_by_role("button", name="Decide"))
    page.get_by_text("Authors see it once it is released.").first.wait_for()
    line = workshop.history.filter(action="decided").order_by("-pk").first()
    assert line is not None
    assert ((line.before or {})["outcome"], (line.after or {})["outcome"]) == ("reject", "accept")


def choose_orals(evening: Evening, workshop: Workshop) -> None:
    page = evening.page
    evening.click("Decide")
    evening.fill(page.locator("input[name=q]").first, "dec:accept track:full rating>=7.5")
    evening.click(page.get_by_label("Accept", exact=True).first)
    evening.choose(page.get_by_label("Presentation").first, "Oral")
    evening.click("Preview")
    evening.take_picture("capacity")
    evening.press("a")
    page.wait_for_url("**/batches/**")
    orals = Decision.objects.filter(paper__workshop=workshop, presentation__slug="oral").count()
    assert 2 <= orals <= (workshop.presentation_kinds.get(slug="oral").capacity or 0)


def choose_best_paper(evening: Evening, workshop: Workshop) -> None:
    page = evening.page
    evening.click("Papers")
    evening.search("pres:oral rating>8")
    evening.click(page.locator("[data-row-key]").first)
    form = page.locator(".inline-decision")
    evening.choose(form.get_by_label("Award"), "Best Paper")
    evening.click(form.get_by_role("button", name="Decide"))
    page.get_by_text("Authors see it once it is released.").first.wait_for()
    best = Decision.objects.get(paper__workshop=workshop, award__slug="best-paper")
    assert best.presentation and best.presentation.slug == "oral"


def check_agreement(evening: Evening) -> None:
    evening.click("Agreement")
    evening.page.get_by_text("Opposite decisions").first.wait_for()
    evening.take_picture("agreement")


def write_letters(evening: Evening, server: MailServer) -> None:
    page = evening.page
    evening.click("Letters")
    evening.click("Add starting letters")
    evening.click("Accepted: Poster")
    page.locator("#preview").get_by_text("Invented 2").first.wait_for()
    evening.take_picture("letter")
    evening.click("Send me a test")
    page.get_by_text(f"Sent to {OWNER}").wait_for()
    assert [mail.recipient for mail in server.mails] == [OWNER]


def release(evening: Evening, workshop: Workshop) -> None:
    page = evening.page
    evening.click("Release with letters")
    evening.take_picture("release")
    evening.click(page.get_by_label("I have seen this"))
    evening.click(page.get_by_role("button", name="Release", exact=False).last)
    page.wait_for_url("**/outbox/**")
    assert not Decision.objects.filter(paper__workshop=workshop, released_at__isnull=True).exists()


def watch_outbox(evening: Evening, workshop: Workshop, server: MailServer) -> None:
    """Look on while the page counts by itself, until all letters have left; each once, to whom it is meant for."""
    letters = Letter.objects.filter(mailing__workshop=workshop)
    count = letters.count()
    assert count > 1000
    send_waiting(workshop)
    sent = evening.page.locator(".tile", has_text="Sent").locator(".tile-value")
    evening.page.wait_for_function("text => document.querySelector('#states').innerText.includes(text)", arg=f"{count}")
    assert sent.inner_text().replace(",", "") == f"{count}"
    evening.take_picture("outbox")
    mailed = sorted((mail.recipient, mail.message_id) for mail in server.mails[1:])
    assert mailed == sorted(letters.values_list("address", "message_id"))
    assert set(letters.values_list("state", flat=True)) == {Letter.State.SENT}
