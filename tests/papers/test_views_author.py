"""What authors see: their own, and nothing before its release."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.claims import claim_for_user
from papers.decisions import decide_paper, release_decisions
from papers.models import Paper, User, Workshop
from tests.factories import make_paper


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
    assert [row[0].title for row in response.context["rows"]] == ["Ada's Paper"]


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
    assert [row[1].word for row in response.context["rows"]] == [expected]


def test_stranger_finds_nothing(client: Client, workshop: Workshop, paper: Paper, eve: User, olga: User) -> None:
    for user in (eve, olga):
        client.force_login(user)
        assert client.get(reverse("author-home", args=[workshop.slug])).status_code == 404
        assert client.get(reverse("author-paper", args=[workshop.slug, paper.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_author_page_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, ada: User, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        paper = make_paper(workshop)
        claim_for_user(paper, paper.authors.get(), ada, by=olga)
    client.force_login(ada)
    with django_assert_num_queries(7):
        client.get(reverse("author-home", args=[workshop.slug]))
