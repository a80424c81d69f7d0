"""The pages that decide papers: one, many, by threshold; what others did meanwhile; who must not get in."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.decisions import decide_paper, digest_decision
from papers.models import (
    Award,
    Batch,
    ConflictOfInterest,
    Decision,
    HistoryLine,
    Paper,
    PresentationKind,
    Recommendation,
    Review,
    User,
    Workshop,
)
from tests.factories import accept, join_workshop, make_paper, make_user, reject
from tests.papers.tables.reports import tell_decision

DESK, PREVIEW, APPLY = (f"/w/counted26/decide/{place}" for place in ("", "preview/", "apply"))
WHAT_IF = "/w/counted26/what-if/"


@pytest.fixture
def organizer(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


@pytest.fixture
def otto(workshop: Workshop) -> User:
    user = make_user("otto@example.org", name="Otto Organizer")
    join_workshop(user, workshop)
    return user


@pytest.fixture
def papers(workshop: Workshop) -> list[Paper]:
    """Make papers 1 to 4: undecided, a poster, rejected, withdrawn."""
    made = [make_paper(workshop, number=number, title=f"Paper {number} <b>") for number in range(1, 5)]
    accept(made[1])
    reject(made[2])
    Paper.objects.filter(pk=made[3].pk).update(standing="withdrawn")
    return made


def read_text(response: Any) -> str:
    """Return what a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def read_hidden(response: Any, action: str) -> dict[str, str]:
    """Return the hidden values of the form that goes to `action`, without the token."""
    page = response.content.decode()
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    assert form is not None, page
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[0])
    return {name: value.replace("&lt;", "<").replace("&gt;", ">") for name, value in pairs if name != "csrfmiddlewaretoken"}


def list_messages(client: Client) -> list[tuple[str, str]]:
    return [(str(message), message.extra_tags) for message in client.get("/w/counted26/batches/").context["messages"]]


def place(paper: Paper, name: str = "decide-paper") -> str:
    return reverse(name, args=["counted26", paper.pk])


def test_decision_on_the_page_can_be_undone_at_once(organizer: Client, papers: list[Paper]) -> None:
    seen = digest_decision(None)
    answer = organizer.post(place(papers[0]), {"outcome": "reject", "comment": "No", "seen": seen})
    assert answer.status_code == 302
    batch = Batch.objects.get()
    page = organizer.get(answer["Location"])
    undo = reverse("batch-undo", args=["counted26", batch.pk])
    assert f'action="{undo}"' in page.content.decode()
    assert (batch.title, batch.paper_count, tell_decision(papers[0])) == ("Paper 1: reject", 1, "reject")
    back = organizer.post(undo, headers={"referer": f"http://testserver{place(papers[0], 'paper')}"})
    assert (back.status_code, back["Location"], tell_decision(papers[0])) == (302, f"http://testserver{place(papers[0], 'paper')}", "")
    assert list(HistoryLine.objects.order_by("pk").values_list("action", "batch", "by__email")) == [
        ("decided", batch.pk, "olga@example.org"),
        ("undone", batch.pk, "olga@example.org"),
    ]


def test_the_later_of_two_sees_what_the_first_decided(organizer: Client, papers: list[Paper], otto: User, olga: User) -> None:
    shown = re.search(r'name="seen" value="(\w+)"', organizer.get(place(papers[0], "paper")).content.decode())
    assert shown is not None
    poster = papers[0].workshop.presentation_kinds.get(slug="poster")
    decide_paper(papers[0], outcome="accept", presentation=poster, by=otto)
    answer = organizer.post(place(papers[0]), {"outcome": "reject", "comment": "", "seen": shown[1]})
    assert (answer.status_code, tell_decision(papers[0])) == (409, "accept poster")
    said = read_text(answer)
    assert "Otto Organizer decided accept, poster at" in said
    assert "You wanted reject" in said
    again = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    assert again is not None
    assert again[1] == digest_decision(Decision.objects.get(paper=papers[0]))
    assert organizer.post(place(papers[0]), {"outcome": "reject", "seen": again[1]}).status_code == 302
    assert tell_decision(papers[0]) == "reject"


def test_decision_that_somebody_changed_is_not_taken_back(organizer: Client, papers: list[Paper], otto: User) -> None:
    seen = digest_decision(Decision.objects.get(paper=papers[1]))
    decide_paper(papers[1], outcome="reject", by=otto)
    answer = organizer.post(place(papers[1], "revoke-decision"), {"seen": seen}, headers={"hx-request": "true"})
    assert (answer.status_code, tell_decision(papers[1])) == (409, "reject")
    assert "Otto Organizer decided reject at" in read_text(answer)


def test_going_over_the_capacity_is_confirmed(organizer: Client, workshop: Workshop, papers: list[Paper]) -> None:
    PresentationKind.objects.filter(slug="poster").update(capacity=1)
    poster = workshop.presentation_kinds.get(slug="poster")
    assert "0 posters left of 1" in read_text(organizer.get(place(papers[0], "paper")))
    wanted = {"outcome": "accept", "presentation": poster.pk, "seen": digest_decision(None)}
    answer = organizer.post(place(papers[0]), wanted)
    assert (answer.status_code, tell_decision(papers[0])) == (409, "")
    assert "This makes 2 posters, 1 more than the 1 there can be. Tick “Go over capacity” if you mean it." in read_text(answer)
    assert organizer.post(place(papers[0]), {**wanted, "over_capacity": "on"}).status_code == 302
    assert tell_decision(papers[0]) == "accept poster"


def test_selection_is_previewed_and_applied(organizer: Client, papers: list[Paper]) -> None:
    chosen = organizer.post(DESK, {"paper": [papers[0].pk, papers[1].pk], "q": ""})
    assert "2 selected papers" in read_text(chosen)
    hidden = read_hidden(chosen, PREVIEW)
    assert hidden == {"by": "selection", "keys": f"{papers[0].pk},{papers[1].pk}"}
    preview = organizer.post(PREVIEW, {**hidden, "outcome": "accept", "presentation": "oral"})
    assert preview.status_code == 200
    assert [(group.before, group.after, len(group.changes)) for group in preview.context["plan"].groups] == [
        ("accept, poster", "accept, oral", 1),
        ("undecided", "accept, oral", 1),
    ]
    assert "Paper 1 &lt;b&gt;" in preview.content.decode()
    assert [tell_decision(paper) for paper in papers] == ["", "accept poster", "reject", ""]
    carried = read_hidden(preview, APPLY)
    done = organizer.post(APPLY, carried)
    batch = Batch.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/w/counted26/batches/{batch.pk}/")
    assert (batch.title, batch.paper_count) == ("Accepted 2: selection", 2)
    assert [tell_decision(paper) for paper in papers] == ["accept oral", "accept oral", "reject", ""]
    assert list_messages(organizer) == [
        ("Accepted 2. Authors see nothing until decisions are released.", f"/w/counted26/batches/{batch.pk}/undo")
    ]
    again = organizer.post(APPLY, carried)
    assert (again.status_code, again["Location"], Batch.objects.count()) == (302, done["Location"], 1)


def test_everything_found_is_decided_by_its_search(organizer: Client, papers: list[Paper]) -> None:
    chosen = organizer.post(DESK, {"everything": "on", "paper": [papers[0].pk], "q": "dec:none"})
    assert "1 found" in read_text(chosen)
    preview = organizer.get(PREVIEW, {"by": "search", "q": "dec:none", "outcome": "reject"})
    assert [change.paper.number for change in preview.context["plan"].changes] == [1]
    assert organizer.post(APPLY, read_hidden(preview, APPLY)).status_code == 302
    assert Batch.objects.get().title == "Rejected 1: dec:none"


def test_mistake_in_a_search_is_shown(organizer: Client, papers: list[Paper]) -> None:
    answer = organizer.get(PREVIEW, {"by": "search", "q": "nosuchterm:1", "outcome": "reject"})
    assert (answer.status_code, answer.context["mistake"] is not None) == (422, True)
    assert organizer.get(DESK, {"q": "(("}).status_code == 422


def test_what_changed_since_the_preview_is_told_and_nothing_is_written(organizer: Client, papers: list[Paper], otto: User) -> None:
    preview = organizer.get(PREVIEW, {"by": "selection", "keys": f"{papers[0].pk},{papers[1].pk}", "outcome": "reject"})
    carried = read_hidden(preview, APPLY)
    decide_paper(papers[0], outcome="accept", by=otto)
    answer = organizer.post(APPLY, carried)
    assert (answer.status_code, [tell_decision(paper) for paper in papers[:2]]) == (409, ["accept", "accept poster"])
    said = read_text(answer)
    assert "1 paper changed since you saw this preview; nothing was written. Look at the new one." in said
    assert "Paper 1 is now: accept. Otto Organizer changed it," in said
    assert organizer.post(APPLY, read_hidden(answer, APPLY)).status_code == 302
    assert [tell_decision(paper) for paper in papers[:2]] == ["reject", "reject"]


def test_refused_papers_are_named_and_can_be_left_out(organizer: Client, workshop: Workshop, papers: list[Paper], olga: User) -> None:
    bound = make_paper(workshop, number=5)
    ConflictOfInterest.objects.create(paper=bound, member=workshop.memberships.get(user=olga), ground="declared")
    asked = {"by": "selection", "keys": ",".join(str(paper.pk) for paper in (*papers, bound)), "outcome": "reject"}
    preview = organizer.get(PREVIEW, asked)
    assert [one.sentence for one in preview.context["plan"].refused] == [
        "Paper 4 is withdrawn; it can't be decided.",
        "You have a conflict of interest with paper 5 (declared); leave it to somebody else.",
    ]
    assert APPLY not in preview.content.decode()
    assert organizer.post(APPLY, {**asked, "seen": preview.context["plan"].seen, "nonce": "n"}).status_code == 409
    assert Batch.objects.count() == 0
    left = organizer.post(PREVIEW, read_hidden(preview, PREVIEW))
    assert [one.paper.number for one in left.context["plan"].left_out] == [4, 5]
    assert organizer.post(APPLY, read_hidden(left, APPLY)).status_code == 302
    assert [tell_decision(paper) for paper in papers] == ["reject", "reject", "reject", ""]


def test_pasted_and_uploaded_tables_are_previewed(organizer: Client, papers: list[Paper]) -> None:
    pasted = organizer.post(f"{DESK}table", {"text": "number\toutcome\n1\taccept\n2\trevoke\n"})
    assert pasted.status_code == 302
    preview = organizer.get(pasted["Location"])
    assert [(group.before, group.after) for group in preview.context["plan"].groups] == [
        ("accept, poster", "undecided"),
        ("undecided", "accept"),
    ]
    file = SimpleUploadedFile("bad.csv", b"number,outcome\n99,accept\n4,accept\n")
    wrong = organizer.get(organizer.post(f"{DESK}table", {"file": file})["Location"])
    said = read_text(wrong)
    assert "2 can't be decided so" in said
    assert "The workshop has no such paper." in said
    assert "Paper 4 is withdrawn; it can't be decided." in said
    assert organizer.post(APPLY, read_hidden(preview, APPLY)).status_code == 302
    assert [tell_decision(paper) for paper in papers] == ["accept", "", "reject", ""]


@pytest.mark.parametrize("data", [{}, {"text": "   "}])
def test_table_that_brings_nothing_gets_the_form_again(organizer: Client, data: dict[str, str]) -> None:
    answer = organizer.post(f"{DESK}table", data)
    assert answer.status_code == 422
    assert "Paste rows or choose a file." in read_text(answer)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"by": "nothing"}, ""),
        ({}, ""),
        ({"by": "selection", "outcome": "reject"}, "No paper is selected."),
        ({"by": "search", "q": ""}, "This field is required."),
        ({"by": "search", "outcome": "reject", "presentation": "oral"}, "Only accepted papers have a presentation"),
        ({"by": "search", "outcome": "revoke", "comment": "Sorry"}, "A decision that is taken back has no comment"),
        ({"by": "search", "outcome": "accept", "presentation": "dance"}, "Select a valid choice"),
        ({"by": "table", "table": "0" * 64}, "This table is no longer kept."),
    ],
)
def test_malformed_questions_get_the_form_again(organizer: Client, papers: list[Paper], asked: dict[str, str], sentence: str) -> None:
    for answer in (organizer.get(PREVIEW, asked), organizer.post(APPLY, asked)):
        assert answer.status_code == 422
        assert sentence in read_text(answer)
    assert Batch.objects.count() == 0


def test_recommendations_that_agree_are_taken_over(
    organizer: Client, workshop: Workshop, papers: list[Paper], otto: User, olga: User
) -> None:
    oral = workshop.presentation_kinds.get(slug="oral")
    for user in (otto, olga):
        Recommendation.objects.create(paper=papers[0], by=user, outcome="accept", presentation=oral)
    Recommendation.objects.create(paper=papers[1], by=otto, outcome="reject")
    Recommendation.objects.create(paper=papers[1], by=olga, outcome="accept")
    preview = organizer.get(PREVIEW, {"by": "recommended", "q": ""})
    plan = preview.context["plan"]
    assert [(change.paper.number, change.after["presentation"]) for change in plan.changes] == [(1, "oral")]
    assert [sentence for _, sentence in plan.untouched] == ["Paper 2: Otto Organizer recommends reject; Olga Organizer recommends accept."]
    assert plan.notices == ["2 papers without a recommendation stay as they are."]
    own = organizer.get(PREVIEW, {"by": "recommended", "q": "", "handler": str(otto.pk)})
    assert [(change.paper.number, change.after["outcome"]) for change in own.context["plan"].changes] == [(1, "accept"), (2, "reject")]
    assert organizer.post(APPLY, read_hidden(own, APPLY)).status_code == 302
    assert Batch.objects.get().title == "Accepted 1, rejected 1: recommendations of Otto Organizer"


def test_recommendation_on_a_hidden_paper_is_not_seen(
    organizer: Client, workshop: Workshop, papers: list[Paper], otto: User, olga: User
) -> None:
    ConflictOfInterest.objects.create(paper=papers[0], member=workshop.memberships.get(user=olga), ground="declared")
    Recommendation.objects.create(paper=papers[0], by=otto, outcome="accept")
    plan = organizer.get(PREVIEW, {"by": "recommended", "q": ""}).context["plan"]
    assert (plan.changes, plan.refused, plan.notices) == ([], [], ["4 papers without a recommendation stay as they are."])


def test_awards_and_released_decisions_are_warned_of(organizer: Client, workshop: Workshop, papers: list[Paper]) -> None:
    oral = workshop.presentation_kinds.get(slug="oral")
    Award.objects.create(workshop=workshop, slug="best", name="Best Paper", presentation=oral)
    accept(make_paper(workshop, number=6), is_released=True)
    preview = organizer.get(PREVIEW, {"by": "search", "q": "#1 or #2 or #6", "outcome": "accept", "award": "best"})
    assert preview.context["plan"].warnings == [
        "1 of these decisions has been released: the authors see the change at once.",
        "Best Paper goes to 3 papers: 1, 2, 6.",
    ]


def test_bulk_over_the_capacity_is_confirmed(organizer: Client, papers: list[Paper]) -> None:
    PresentationKind.objects.filter(slug="oral").update(capacity=1)
    preview = organizer.get(PREVIEW, {"by": "search", "q": "#1 or #2", "outcome": "accept", "presentation": "oral"})
    carried = read_hidden(preview, APPLY)
    refused = organizer.post(APPLY, carried)
    assert (refused.status_code, Batch.objects.count()) == (409, 0)
    assert "This makes 2 orals, 1 more than the 1 there can be." in read_text(refused)
    digest = preview.context["plan"].overflow_digest
    assert organizer.post(APPLY, {**carried, "over_capacity": digest}).status_code == 302
    assert [tell_decision(paper) for paper in papers[:2]] == ["accept oral", "accept oral"]


def test_what_if_counts_and_leads_to_the_preview(organizer: Client, workshop: Workshop, papers: list[Paper]) -> None:
    workshop.tracks.filter(slug="full").update(target_percent=50)
    for paper, ratings in zip(papers, ([8, 7, 9], [3, 3, 3], [6, 5, 7], [9, 9, 9]), strict=True):
        for place_, rating in enumerate(ratings):
            Review.objects.create(paper=paper, note_id=f"r{paper.pk}-{place_}", kind="review", rating=rating, confidence=3)
    page = organizer.get(WHAT_IF, {"measure": "mean", "level": "6", "scope": "all", "presentation": "oral"})
    outlook = page.context["outlook"]
    assert (outlook.whole.accepted, outlook.whole.rejected, outlook.whole.changed) == (2, 1, 3)
    assert [(track.name, track.total, track.accepted, track.percent, track.target, track.advice) for track in outlook.tracks] == [
        ("Full papers", 3, 2, 67, 50, 6.0)
    ]
    assert [paper.number for paper in outlook.near] == [3]
    fragment = organizer.get(WHAT_IF, {"level": "9.5"}, headers={"hx-request": "true"})
    assert "<html" not in fragment.content.decode()
    hidden = read_hidden(page, PREVIEW)
    preview = organizer.get(PREVIEW, hidden)
    assert [(change.paper.number, change.after["outcome"]) for change in preview.context["plan"].changes] == [
        (1, "accept"),
        (2, "reject"),
        (3, "accept"),
    ]
    assert organizer.post(APPLY, read_hidden(preview, APPLY)).status_code == 302
    assert Batch.objects.get().title == "Accepted 2, rejected 1: mean rating from 6"


def test_desk_and_preview_ask_a_fixed_number_of_times(
    organizer: Client, workshop: Workshop, papers: list[Paper], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    preview = {"by": "search", "q": "", "outcome": "reject", "drop": "on"}
    for _ in range(2):
        with django_assert_num_queries(20):
            organizer.get(DESK)
        with django_assert_num_queries(21):
            organizer.get(PREVIEW, preview)
        with django_assert_num_queries(17):
            organizer.get(WHAT_IF)
        for number in range(3):
            accept(make_paper(workshop, title=f"More {number}"))


def test_assistants_look_ahead_but_do_not_decide(client: Client, workshop: Workshop, papers: list[Paper]) -> None:
    assistant = make_user()
    join_workshop(assistant, workshop, "assistant")  # type: ignore[arg-type]
    client.force_login(assistant)
    page = client.get(WHAT_IF)
    assert (page.status_code, "Preview as decisions" in read_text(page)) == (200, False)
    assert [client.get(address).status_code for address in (DESK, PREVIEW)] == [404, 404]
    assert client.post(APPLY, {"by": "search", "outcome": "reject"}).status_code == 404
