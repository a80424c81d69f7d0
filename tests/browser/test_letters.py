"""Letters in a real browser: written with a live preview, released with the decisions, followed in the outbox."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from papers.jobs import run_job
from papers.letters.templates import make_starting_templates
from papers.models import Decision, Letter, User, Workshop
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, find_faults_shown, open_as
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop, reject
from tests.papers.letter_making import find_job

pytestmark = IN_BROWSER


@pytest.fixture
def workshop(db: None) -> Workshop:
    workshop = make_workshop("letters26", contact_email="chairs@example.org", letters_per_minute=30_000)
    for number in range(1, 5):
        paper = make_paper(workshop, number=number, title=f"A paper with a title of quite some length, number {number}")
        paper.authors.update(email=f"author{number}@example.org")
        accept(paper, "oral" if number == 1 else "poster") if number < 4 else reject(paper)
    return workshop


@pytest.fixture
def owner(workshop: Workshop) -> User:
    user = make_user("olga@example.org", name="Olga Organizer")
    join_workshop(user, workshop, "owner")  # type: ignore[arg-type]
    make_starting_templates(workshop, by=user)
    return user


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_letter_pages_are_sound(browser: Browser, live_server: Any, workshop: Workshop, owner: User, width: int, scheme: str) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=width, scheme=scheme)
    template = workshop.letter_templates.get(name="Accepted: Poster")
    here = f"{live_server.url}/w/letters26"
    workshop.papers.get(number=3).authors.update(email="")
    own = f"letters/{template.pk}/"
    places = ["letters/", "letters/new/", own, f"{own}send/", f"{own}delete", "outbox/", "release/"]
    faults = {place: find_faults(page, f"{here}/{place}", complaints) for place in places}
    page.get_by_label("I have seen this").check()
    page.get_by_role("button", name="Release 4 decisions, send 3 letters").click()
    page.wait_for_url("**/outbox/")
    faults["queued"] = find_faults_shown(page, complaints)
    letter = Letter.objects.earliest("pk")
    Letter.objects.filter(pk=letter.pk).update(state="unclear", trouble="no answer")
    queued = f"outbox/{letter.mailing_id}/"
    late = [f"{own}send/", queued, f"{queued}cancel", f"outbox/letters/{letter.pk}/"]
    faults |= {place: find_faults(page, f"{here}/{place}", complaints) for place in late}
    assert {place: found for place, found in faults.items() if found} == {}


def test_preview_follows_the_words(browser: Browser, live_server: Any, workshop: Workshop, owner: User) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=DESK, scheme="light")
    template = workshop.letter_templates.get(name="Accepted: Poster")
    page.goto(f"{live_server.url}/w/letters26/letters/{template.pk}/")
    page.get_by_label("Letter", exact=True).fill("Hello {{ recipient.name }}, paper {{ paper.number }}.")
    preview = page.locator("#preview .letter-text")
    expect(preview).to_have_text("Hello Ada Author, paper 2.")
    page.get_by_role("button", name="Next").click()
    expect(preview).to_have_text("Hello Ada Author, paper 3.")
    page.get_by_label("Letter", exact=True).fill("{{ paper.nummer }}")
    expect(page.locator("#preview")).to_contain_text("Line 1, column 4: paper.nummer is no field. Did you mean paper.number?")
    page.get_by_label("Letter", exact=True).fill("On {{ paper.number }}.")
    expect(preview).to_have_text("On 3.")
    page.get_by_role("button", name="Send me a test").click()
    expect(page.locator("#messages")).to_have_text("Sent to olga@example.org.")
    page.get_by_role("button", name="Keep").click()
    page.wait_for_load_state()
    assert workshop.letter_templates.get(pk=template.pk).body == "On {{ paper.number }}."
    assert complaints == []


def test_release_with_letters_to_the_outbox(browser: Browser, live_server: Any, workshop: Workshop, owner: User) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/letters26/release/")
    page.get_by_label("Rejected").uncheck()
    expect(page.locator("#release")).to_contain_text("1 paper of this release gets no letter: 4.")
    page.get_by_label("Rejected").check()
    expect(page.locator("#release")).not_to_contain_text("gets no letter")
    page.get_by_role("button", name="Release 4 decisions, send 4 letters").click()
    page.wait_for_url("**/outbox/")
    assert Decision.objects.filter(released_at__isnull=True).count() == 0
    expect(page.locator("#letter-rows tbody tr")).to_have_count(4)
    page.get_by_label("Search").fill("still typing")
    run_job(find_job(workshop).pk)
    expect(page.locator("#letter-rows .badge.is-good")).to_have_count(4, timeout=10_000)
    expect(page.get_by_label("Search")).to_have_value("still typing")
    assert complaints == []
