"""The paper table as organizers, authors and strangers meet it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import Role, User, Workshop
from tests.factories import accept, join_workshop, make_paper, make_user, reject


def read_titles(client: Client, workshop: Workshop, query: str = "") -> list[str]:
    response = client.get(reverse("paper-list", args=[workshop.slug]) + query)
    assert response.status_code == 200
    return [line.row.paper.title for line in response.context["table"].lines]


def test_table_shows_papers_by_number(client: Client, workshop: Workshop, olga: User) -> None:
    for number, title in ((3, "Third"), (1, "First"), (2, "Second")):
        make_paper(workshop, number=number, title=title)
    make_paper(workshop, number=4, title="Only a test", is_test=True)
    client.force_login(olga)
    assert read_titles(client, workshop) == ["First", "Second", "Third"]
    assert read_titles(client, workshop, "?sort=-number") == ["Third", "Second", "First"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=dec:accept", ["Oral", "Poster"]),
        ("?q=dec:none", ["Open"]),
        ("?q=dec:reject", ["Out"]),
        ("?q=pres:oral", ["Oral"]),
        ("?q=track:short", ["Poster"]),
        ("?q=is:withdrawn", ["Gone"]),
        ("?q=poster", ["Poster"]),
        ("?q=is:released", ["Oral"]),
        ("?q=is:released or is:withdrawn&sort=-number", ["Gone", "Oral"]),
        ("?sort=nonsense&columns=nonsense&group=nonsense&page=nonsense&view=nonsense", ["Oral", "Poster", "Open", "Out", "Gone"]),
    ],
)
def test_searches_narrow_the_table(client: Client, workshop: Workshop, olga: User, query: str, expected: list[str]) -> None:
    accept(make_paper(workshop, title="Oral", search_text="oral"), "oral", is_released=True)
    accept(make_paper(workshop, title="Poster", search_text="poster", track=workshop.tracks.get(slug="short")))
    make_paper(workshop, title="Open")
    reject(make_paper(workshop, title="Out"))
    make_paper(workshop, title="Gone", standing="withdrawn")
    client.force_login(olga)
    assert read_titles(client, workshop, query) == expected


@pytest.mark.parametrize(("role", "status"), [(Role.OWNER, 200), (Role.ASSISTANT, 200), (Role.PUBLISHER, 404), (None, 404)])
def test_table_is_for_readers(client: Client, workshop: Workshop, role: Role | None, status: int) -> None:
    user = make_user()
    if role:
        join_workshop(user, workshop, role)
    client.force_login(user)
    assert client.get(reverse("paper-list", args=[workshop.slug])).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_table_asks_the_database_a_fixed_number_of_times(
    client: Client, workshop: Workshop, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        accept(make_paper(workshop, authors=("Ada Author", "Bob Author")))
    client.force_login(olga)
    with django_assert_num_queries(19):
        client.get(reverse("paper-list", args=[workshop.slug]))
