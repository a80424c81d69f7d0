"""What authors see: their own, and nothing before its release."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.attendance import confirm_attendance, name_presenter
from papers.claims import claim_for_user
from papers.decisions import decide_paper, release_decisions
from papers.editing import edit_paper
from papers.metadata import confirm_metadata, digest_metadata
from papers.models import Paper, User, Workshop
from program.models import Room, Session, Slot
from program.schedules import release_schedule
from tests.factories import make_paper, make_workshop
from tests.papers.handed_in import BEFORE, DUE, ask, hand_in, make_owing_paper
from tests.papers.test_corrections import freeze

LAST_DAY = dt.datetime(2026, 6, 18, 6, 59, tzinfo=dt.UTC)  # the last minute of June 17 in the workshop's zone
ACTIONS = ("name-presenter", "confirm-attendance", "withdraw-attendance", "choose-proceedings", "confirm-metadata")


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    paper = make_paper(workshop, title="Ada's Paper", number=7)
    claim_for_user(paper, paper.authors.get(), ada, by=olga)
    return paper


def read(client: Client, paper: Paper) -> str:
    return client.get(reverse("author-paper", args=[paper.workshop.slug, paper.pk])).content.decode()


def test_author_sees_own_papers_only(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    make_paper(workshop, title="Somebody else's")
    client.force_login(ada)
    response = client.get(reverse("author-home", args=[workshop.slug]))
    assert [row["paper"].title for row in response.context["rows"]] == ["Ada's Paper"]


def test_unreleased_decision_leaves_no_trace(client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User) -> None:
    client.force_login(ada)
    undecided = read(client, paper)
    oral = workshop.presentation_kinds.get(slug="oral")
    decide_paper(paper, outcome="accept", presentation=oral, comment="Well done", by=olga)
    assert read(client, paper) == undecided
    release_decisions(workshop, by=olga)
    released = read(client, paper)
    assert [word in released for word in ("Accepted", "Oral", "Well done")] == [True, True, True]


@pytest.mark.parametrize(
    ("standing", "outcome", "expected"),
    [
        ("withdrawn", None, "Withdrawn"),
        ("active", None, "Under review"),
        ("active", "reject", "Not accepted"),
        ("active", "accept", "Accepted"),
    ],
)
def test_page_says_where_the_paper_stands(
    client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User, standing: str, outcome: str | None, expected: str
) -> None:
    if outcome:
        decide_paper(paper, outcome=outcome, by=olga)
        release_decisions(workshop, by=olga)
    Paper.objects.filter(pk=paper.pk).update(standing=standing)
    client.force_login(ada)
    response = client.get(reverse("author-home", args=[workshop.slug]))
    assert [row["standing"].word for row in response.context["rows"]] == [expected]


def test_stranger_finds_nothing(client: Client, workshop: Workshop, paper: Paper, eve: User, olga: User) -> None:
    for user in (eve, olga):
        client.force_login(user)
        assert client.get(reverse("author-home", args=[workshop.slug])).status_code == 404
        assert client.get(reverse("author-paper", args=[workshop.slug, paper.pk])).status_code == 404


def test_published_place_says_nothing_before_the_release(client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User) -> None:
    client.force_login(ada)
    unplaced = read(client, paper)
    room = Room.objects.create(workshop=workshop, name="Hall B")
    session = Session.objects.create(workshop=workshop, position=1, kind="oral", title="Morning talks", room=room)
    Slot.objects.create(session=session, paper=paper)
    decide_paper(paper, outcome="accept", by=olga)
    release_schedule(workshop, by=olga)
    assert read(client, paper) == unplaced
    release_decisions(workshop, by=olga)
    page, ways = reverse("author-paper", args=[workshop.slug, paper.pk]), []
    for moment in (LAST_DAY, LAST_DAY + dt.timedelta(days=1)):
        with time_machine.travel(moment, tick=False):
            ways.append([(step.title, step.state, step.note) for step in client.get(page).context["standing"].steps])
    way = [
        ("Submitted", "done", ""),
        ("Reviewed", "done", ""),
        ("Accepted", "done", ""),
        ("Camera-ready", "now", "2 things left to do"),
        ("Scheduled", "done", "Morning talks, Hall B"),
    ]
    assert ways == [[*way, ("Presented", "next", "")], [*way, ("Presented", "done", "")]]


def test_place_is_told_in_the_reader_s_zone_with_the_clock_on_site(
    client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User
) -> None:
    nine = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)
    session = Session.objects.create(workshop=workshop, position=1, kind="oral", title="Morning talks", starts_at=nine, minutes=60)
    Slot.objects.create(session=session, paper=paper)
    decide_paper(paper, outcome="accept", by=olga)
    release_decisions(workshop, by=olga)
    release_schedule(workshop, by=olga)
    User.objects.filter(pk=ada.pk).update(zone="Europe/Berlin")
    client.force_login(ada)
    with time_machine.travel(nine + dt.timedelta(minutes=30), tick=False):
        for page in (reverse("author-paper", args=[workshop.slug, paper.pk]), reverse("my-papers")):
            text = client.get(page).content.decode()
            told = ("Jun 17, 2026, 6:00 PM CEST</time>", "Morning talks; Jun 17, 2026, 9:00 AM PDT on site")
            assert [part in text for part in told] == [True, True]
    with time_machine.travel(nine + dt.timedelta(minutes=61), tick=False):
        steps = client.get(reverse("author-paper", args=[workshop.slug, paper.pk])).context["standing"].steps
    assert [(step.title, step.state, step.at) for step in steps[-2:]] == [("Scheduled", "done", nine), ("Presented", "done", nine)]


@pytest.mark.parametrize("action", ACTIONS)
def test_unreleased_decision_opens_no_action(client: Client, paper: Paper, ada: User, olga: User, action: str) -> None:
    client.force_login(ada)
    address = reverse(action, args=[paper.workshop.slug, paper.pk])
    author = paper.authors.get().pk
    told = {"author": author, "mode": "remote", "is_in": "yes", "digest": "0" * 64}
    undecided = client.post(address, told)
    decide_paper(paper, outcome="accept", by=olga)
    decided = client.post(address, told)
    assert (undecided.status_code, decided.status_code) == (409, 409)
    assert decided.content == undecided.content
    assert "owes nothing" in undecided.content.decode()


def test_whole_list_of_an_author(client: Client, workshop: Workshop, ada: User, olga: User) -> None:
    paper = make_owing_paper(workshop, ada, by=olga, title="Counted", authors=("Ada Author", "Bob Builder"))
    ask(workshop)
    client.force_login(ada)
    page = reverse("author-paper", args=[workshop.slug, paper.pk])
    with time_machine.travel(BEFORE, tick=False):
        duties = client.get(page).context["duties"]
        assert [(duty.title, duty.note, duty.is_done, duty.due_at) for duty in duties] == [
            ("Paper PDF", "Not handed in yet", False, DUE),
            ("Metadata", "Not confirmed yet", False, None),
            ("Proceedings", "Nothing chosen yet", False, None),
            ("Presenter", "Nobody named yet", False, None),
            ("Attendance", "At least one author must attend", False, None),
        ]
        said = {
            "name-presenter": {"author": paper.authors.get(position=2).pk, "mode": "remote"},
            "confirm-attendance": {"author": paper.authors.get(position=1).pk},
            "choose-proceedings": {"is_in": "yes"},
            "confirm-metadata": {"digest": digest_metadata(paper)},
        }
        for name, values in said.items():
            assert client.post(reverse(name, args=[workshop.slug, paper.pk]), values).headers["Location"] == page
        hand_in(paper, ada)
        answer = client.get(page)
    assert [(duty.title, duty.note, duty.is_done) for duty in answer.context["duties"]] == [
        ("Paper PDF", "Received, not approved yet", True),
        ("Metadata", f"Confirmed by {ada}", True),
        ("Proceedings", "In the proceedings", True),
        ("Presenter", "Bob Builder, remote, live", True),
        ("Attendance", "Ada Author", True),
    ]
    assert answer.context["standing"].steps[3].note == "All that was asked is here"
    client.post(reverse("withdraw-attendance", args=[workshop.slug, paper.pk]), {"author": paper.authors.get(position=1).pk})
    assert [duty.title for duty in client.get(reverse("my-papers")).context["rows"][0]["due"]] == ["Attendance"]


def test_metadata_page_asks_again_after_a_change(client: Client, workshop: Workshop, ada: User, olga: User) -> None:
    paper = make_owing_paper(workshop, ada, by=olga)
    client.force_login(ada)
    page = reverse("author-metadata", args=[workshop.slug, paper.pk])
    confirm_metadata(paper, digest=digest_metadata(paper), by=ada)
    assert client.get(page).context["confirmation"].by == ada
    edit_paper(paper, field="title", value="Another Title", by=olga)
    assert client.get(page).context["confirmation"] is None
    [row] = client.get(reverse("author-home", args=[workshop.slug])).context["rows"]
    assert row["due"][0].note == "Changed since it was confirmed"
    stale = client.post(reverse("confirm-metadata", args=[workshop.slug, paper.pk]), {"digest": digest_metadata(paper)})
    assert (stale.status_code, "has changed since you opened the page" in stale.content.decode()) == (409, True)


def test_choice_of_proceedings_shows_no_form_after_its_date(client: Client, workshop: Workshop, ada: User, olga: User) -> None:
    paper = make_owing_paper(workshop, ada, by=olga)
    client.force_login(ada)
    page, action = (reverse(name, args=[workshop.slug, paper.pk]) for name in ("author-paper", "choose-proceedings"))
    assert action in client.get(page).content.decode()
    freeze(workshop)
    response = client.get(page)
    answer = response.content.decode()
    assert (action in answer, "The date for this choice is over" in answer) == (False, True)
    [duty] = [duty for duty in response.context["duties"] if duty.code == "proceedings"]
    assert (duty.is_done, duty.note, duty.action) == (True, "Not in the proceedings", "See it")


@pytest.mark.parametrize("action", ["name-presenter", "confirm-attendance", "withdraw-attendance", "choose-proceedings"])
def test_malformed_form_comes_back(client: Client, workshop: Workshop, ada: User, olga: User, action: str) -> None:
    paper = make_owing_paper(workshop, ada, by=olga)
    other = make_paper(workshop, authors=("Eve Elsewhere",)).authors.get()
    client.force_login(ada)
    response = client.post(reverse(action, args=[workshop.slug, paper.pk]), {"author": other.pk, "mode": "flying", "is_in": "perhaps"})
    assert response.status_code == 422
    assert "Select a valid choice" in response.content.decode()


def test_my_papers_are_those_of_all_workshops(client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User, eve: User) -> None:
    elsewhere = make_paper(make_workshop("elsewhere25", year=2025), title="Older")
    claim_for_user(elsewhere, elsewhere.authors.get(), ada, by=olga)
    make_paper(workshop, title="Somebody else's")
    client.force_login(ada)
    rows = client.get(reverse("my-papers")).context["rows"]
    assert [row["paper"].title for row in rows] == ["Ada's Paper", "Older"]
    client.force_login(eve)
    assert client.get(reverse("my-papers")).context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_accepted_papers_ask_a_fixed_number_of_times(
    client: Client, workshop: Workshop, ada: User, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(workshop)
    for _ in range(count):
        paper = make_owing_paper(workshop, ada, by=olga)
        name_presenter(paper, author=paper.authors.get(position=1), mode="remote", by=ada)
        confirm_attendance(paper, author=paper.authors.get(position=1), by=ada)
        confirm_metadata(paper, digest=digest_metadata(paper), by=ada)
    client.force_login(ada)
    with django_assert_num_queries(11):
        client.get(reverse("my-papers"))
    with django_assert_num_queries(12):
        client.get(reverse("author-home", args=[workshop.slug]))


@pytest.mark.parametrize("count", [1, 3])
def test_author_page_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, ada: User, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        paper = make_paper(workshop)
        claim_for_user(paper, paper.authors.get(), ada, by=olga)
    client.force_login(ada)
    with django_assert_num_queries(9):
        client.get(reverse("author-home", args=[workshop.slug]))
