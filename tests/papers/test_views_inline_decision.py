"""A decision in the line of the table."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.decisions import digest_decision
from papers.models import Batch, Decision, Paper, User, Workshop
from tests.factories import accept, make_paper
from tests.papers.paper_table.rated_papers import conflict

HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client: Client, olga: User) -> Client:
    client.force_login(olga)
    return client


def address(paper: Paper, query: str = "?columns=title,decision,presentation") -> str:
    return reverse("inline-decision", args=[paper.workshop.slug, paper.pk]) + query


def decide(client: Client, paper: Paper, headers: dict[str, str] | None = None, **values: Any) -> Any:
    held = Decision.objects.filter(paper=paper).first()
    return client.post(address(paper), {"seen": digest_decision(held), **values}, headers=HTMX if headers is None else headers)


def test_line_opens_a_form(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    decision = accept(paper, "oral")
    response = signed_in.get(address(paper), headers=HTMX)
    assert (response.status_code, response.context["width"]) == (200, 4)
    assert response.context["form"].initial == {
        "outcome": "accept",
        "presentation": decision.presentation,
        "award": None,
        "seen": digest_decision(decision),
    }


def test_without_htmx_the_line_leads_to_the_page(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    expected = reverse("paper", args=[workshop.slug, paper.pk])
    assert signed_in.get(address(paper))["Location"] == expected
    assert decide(signed_in, paper, {}, outcome="reject")["Location"] == expected
    assert Decision.objects.get(paper=paper).outcome == "reject"


def test_decision_comes_back_as_the_line(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop, number=12, title="Decided")
    oral = workshop.presentation_kinds.get(slug="oral")
    response = decide(signed_in, paper, outcome="accept", presentation=oral.pk)
    page = response.content.decode()
    batch = Batch.objects.get()
    assert response.status_code == 200
    assert response.context["told"] == "Paper 12: accept, oral. Authors see it once it is released."
    assert [line.row.paper.title for line in response.context["table"].lines] == ["Decided"]
    assert f'<tr id="decide-{paper.pk}" hx-swap-oob="delete">' in page
    assert f'action="{reverse("batch-undo", args=[workshop.slug, batch.pk])}"' in page
    assert "<html" not in page


def test_reject_takes_the_presentation_away(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    decision = accept(paper, "oral")
    decide(signed_in, paper, outcome="reject", presentation=decision.presentation_id)
    decision.refresh_from_db()
    assert (decision.outcome, decision.presentation) == ("reject", None)


def test_comment_stays(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    decision = accept(paper, "oral")
    Decision.objects.filter(pk=decision.pk).update(comment="To the authors")
    decide(signed_in, paper, outcome="reject")
    decision.refresh_from_db()
    assert (decision.outcome, decision.comment) == ("reject", "To the authors")


def test_same_decision_changes_nothing(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    decision = accept(paper, "oral")
    response = decide(signed_in, paper, outcome="accept", presentation=decision.presentation_id)
    assert response.context["told"] == "Nothing changed: it was decided so already."
    assert not Batch.objects.exists()


def test_change_of_a_released_decision_says_who_sees_it(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop, number=12)
    accept(paper, "oral", is_released=True)
    response = decide(signed_in, paper, outcome="accept", presentation=workshop.presentation_kinds.get(slug="poster").pk)
    assert response.context["told"] == "Paper 12: accept, poster. Its authors see the change now."


def test_later_person_sees_the_conflict(signed_in: Client, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    accept(paper, "oral")
    response = decide(signed_in, paper, outcome="reject", seen=digest_decision(None))
    assert (response.status_code, b"Look at it, then decide again." in response.content) == (409, True)
    assert Decision.objects.get(paper=paper).outcome == "accept"


@pytest.mark.parametrize(("values", "status"), [({}, 422), ({"outcome": "maybe"}, 422), ({"outcome": "accept", "presentation": "x"}, 422)])
def test_malformed_decision_shows_the_form_again(signed_in: Client, workshop: Workshop, values: dict[str, Any], status: int) -> None:
    paper = make_paper(workshop)
    response = decide(signed_in, paper, **values)
    assert (response.status_code, response["HX-Retarget"]) == (status, f"#decide-{paper.pk}")
    assert not Decision.objects.exists()


def test_refusal_is_a_sentence(signed_in: Client, workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop, number=12, standing="withdrawn")
    response = decide(signed_in, paper, outcome="accept")
    assert (response.status_code, b"Paper 12 is withdrawn; it can&#x27;t be decided." in response.content) == (409, True)


def test_conflict_of_interest_shows_and_changes_nothing(signed_in: Client, workshop: Workshop, olga: User) -> None:
    paper = make_paper(workshop)
    accept(paper, "oral")
    conflict(paper, olga)
    form = signed_in.get(address(paper), headers=HTMX)
    assert (form.status_code, b"checked" in form.content) == (200, False)
    assert decide(signed_in, paper, outcome="reject").status_code == 409
    assert Decision.objects.get(paper=paper).outcome == "accept"


@pytest.mark.parametrize("count", [1, 3])
def test_line_asks_the_database_a_fixed_number_of_times(
    signed_in: Client, workshop: Workshop, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        paper = make_paper(workshop)
    with django_assert_num_queries(15):
        signed_in.get(address(paper), headers=HTMX)
