"""Handling in a real browser: its pages are sound, a discussion is read by looking at it, papers are shared in a few clicks."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from papers.discussion import add_remark
from papers.handling import assign_paper
from papers.models import ConflictOfInterest, Handling, Membership, Paper, ReadMark, Review, User, Workshop
from papers.recommendations import recommend_decision
from tests.browser.pages import DESK, IN_BROWSER, PHONE, find_faults, open_as
from tests.factories import join_workshop, make_paper, make_user, make_workshop

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
pytestmark = IN_BROWSER


@pytest.fixture
def owner(db: None) -> User:
    return make_user("olga@example.org", name="Olga Organizer")


@pytest.fixture
def members(owner: User) -> list[Membership]:
    """Make twelve members of a workshop, the owner first."""
    workshop = make_workshop("handled26")
    users = [owner, *(make_user(f"member{place}@lab{place}.example", name=f"Member Number{place}") for place in range(11))]
    return [join_workshop(user, workshop, "owner" if user == owner else "organizer") for user in users]  # type: ignore[arg-type]


@pytest.fixture
def paper(members: list[Membership]) -> Paper:
    """Make a paper with six reviews and a discussion of twelve remarks, and a dozen others."""
    paper = make_paper(members[0].workshop, title=f"Judged {LONG}", abstract="Counted.", number=1)
    for place in range(6):
        Review.objects.create(paper=paper, note_id=f"r{place}", kind="review", rating=place, content={"review": "x"})
    for place, member in enumerate(members):
        add_remark(paper, text=f"Remark {place}: {LONG} https://example.org/{LONG} @olga", by=member.user)
    recommend_decision(paper, outcome="accept", reason=f"Sound. {LONG}", by=members[1].user)
    for number in range(2, 14):
        other = make_paper(paper.workshop, number=number)
        ConflictOfInterest.objects.create(paper=other, member=members[number % 12], ground="declared", evidence=f"both at {LONG}")
    assign_paper(paper, members[0], by=members[0].user)
    return paper


@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_pages_are_sound(browser: Browser, live_server: Any, paper: Paper, owner: User, width: int, scheme: str) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=width, scheme=scheme)
    bound = paper.workshop.papers.get(interest_conflicts__member__user=owner)
    dismissed = ConflictOfInterest.objects.exclude(member__user=owner).first()
    own = paper.remarks.get(by=owner)
    assert dismissed is not None
    addresses = (
        "handling/",
        "handling/waiting/",
        "handling/assign/",
        f"handling/assign/?q=&member={dismissed.member_id}&way=add",
        "handling/balance/",
        f"handling/balance/?q=&per_paper=1&members={dismissed.member_id}",
        "interests/",
        "interests/?q=(",
        "interests/declare/",
        "interests/mine/",
        f"interests/{dismissed.pk}/dismiss/",
        f"remarks/{own.pk}/",
        f"papers/{paper.pk}/",
        f"papers/{bound.pk}/",
    )
    faults = {place: find_faults(page, f"{live_server.url}/w/handled26/{place}", complaints) for place in addresses}
    allowed = {"interests/?q=(": ["Failed to load resource: the server responded with a status of 422 (Unprocessable Entity)"]}
    assert {place: found for place, found in faults.items() if found != allowed.get(place, [])} == {}


def test_a_discussion_is_read_by_looking_at_it(browser: Browser, live_server: Any, paper: Paper, owner: User) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=DESK, scheme="light")
    page.goto(f"{live_server.url}/w/handled26/papers/{paper.pk}/")
    expect(page.get_by_text("11 new")).to_be_visible()
    with page.expect_response(lambda response: response.url.endswith("/read")) as answered:
        page.locator("#discussion").scroll_into_view_if_needed()
    assert (answered.value.status, complaints) == (204, [])
    assert ReadMark.objects.get(paper=paper, user=owner).at == paper.remarks.latest("pk").at
    page.reload()
    expect(page.get_by_text("11 new")).to_have_count(0)
    page.get_by_label("Remark", exact=True).fill("Then it is settled.")
    page.get_by_text("Mention members").click()
    page.get_by_label("Member Number3", exact=True).check()
    page.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Mentions Member Number3", exact=True)).to_be_visible()


def test_papers_are_shared_in_a_few_clicks(browser: Browser, live_server: Any, paper: Paper, owner: User) -> None:
    page, complaints = open_as(browser, live_server.url, owner, width=DESK, scheme="dark")
    page.goto(f"{live_server.url}/w/handled26/handling/")
    page.get_by_role("link", name="Share papers").click()
    page.get_by_label("Member Number3", exact=True).uncheck()
    page.get_by_role("button", name="Show what changes").click()
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()
    expect(page.get_by_text("1 paper was left out because you have a conflict of interest")).to_be_visible()
    page.get_by_role("button", name="Assign 11 papers").click()
    expect(page.get_by_text("11 papers changed. It can be undone for 30 days.")).to_be_visible()
    assert (Handling.objects.count(), complaints) == (12, [])
    assert Workshop.objects.get().batches.get().paper_count == 11
