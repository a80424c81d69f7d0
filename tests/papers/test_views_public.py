"""What the world sees: released facts only; the start page for everybody."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Award, Paper, User, Workshop
from tests.factories import accept, make_paper, reject


def read_groups(client: Client, workshop: Workshop, query: str = "") -> list[tuple[str, list[str]]]:
    response = client.get(reverse("public-papers", args=[workshop.slug]) + query)
    return [(name, [paper.title for paper in papers]) for name, papers in response.context["groups"]]


def test_papers_are_grouped_by_presentation(client: Client, workshop: Workshop) -> None:
    accept(make_paper(workshop, title="A poster"), "poster", is_released=True)
    winner = accept(make_paper(workshop, title="An oral"), "oral", is_released=True)
    winner.award = Award.objects.create(workshop=workshop, slug="best", name="Best Paper")
    winner.save()
    reject(make_paper(workshop, title="Refused"), is_released=True)
    accept(make_paper(workshop, title="Not released"), "oral")
    assert read_groups(client, workshop) == [("Oral", ["An oral"]), ("Poster", ["A poster"])]
    assert "Best Paper" in client.get(reverse("public-papers", args=[workshop.slug])).content.decode()


@pytest.mark.parametrize(("words", "expected"), [("fürst", ["By Fürst"]), ("furst", ["By Fürst"]), ("counted", ["Other"]), ("nobody", [])])
def test_search_looks_at_titles_authors_and_abstracts(client: Client, workshop: Workshop, words: str, expected: list[str]) -> None:
    accept(make_paper(workshop, title="By Fürst", authors=("Max Fürst",)), "oral", is_released=True)
    accept(make_paper(workshop, title="Other", abstract="Counted things."), "oral", is_released=True)
    assert [title for _, titles in read_groups(client, workshop, f"?q={words}") for title in titles] == expected


def test_workshop_without_released_papers_is_not_there(client: Client, workshop: Workshop) -> None:
    accept(make_paper(workshop))
    assert client.get(reverse("public-papers", args=[workshop.slug])).status_code == 404
    assert workshop.name not in client.get("/").content.decode()


def test_paper_withdrawn_after_release_is_gone(client: Client, workshop: Workshop) -> None:
    accept(make_paper(workshop, title="Stays"), is_released=True)
    gone = accept(make_paper(workshop, title="Goes"), is_released=True)
    Paper.objects.filter(pk=gone.paper_id).update(standing="withdrawn")
    assert read_groups(client, workshop) == [("Poster", ["Stays"])]


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        accept(make_paper(workshop, authors=("Ada Author", "Bob Author")), is_released=True)
    with django_assert_num_queries(3):
        client.get(reverse("public-papers", args=[workshop.slug]))


def test_start_page_shows_what_is_theirs(client: Client, workshop: Workshop, olga: User, eve: User) -> None:
    client.force_login(olga)
    assert [(one.slug, one.member_role) for one in client.get("/").context["mine"]] == [("counted26", "organizer")]
    client.force_login(eve)
    assert list(client.get("/").context["mine"]) == []


def test_profile_keeps_name_and_zone(client: Client, eve: User) -> None:
    client.force_login(eve)
    assert client.post("/me/", {"name": " Eve  Outsider ", "zone": "Europe/Berlin"}).status_code == 302
    eve.refresh_from_db()
    assert (eve.name, eve.zone) == ("Eve Outsider", "Europe/Berlin")
    assert client.post("/me/", {"zone": "Mars/Olympus"}).status_code == 422
