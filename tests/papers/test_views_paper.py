"""The page of one paper: shown, decided, corrected, settled."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.models import FieldConflict, Paper, Review, Role, User, Workshop
from tests.factories import accept, join_workshop, make_paper, make_user


@pytest.fixture
def paper(workshop: Workshop) -> Paper:
    return make_paper(workshop, title="Counted Paper", number=7)


def address(name: str, paper: Paper) -> str:
    return reverse(name, args=[paper.workshop.slug, paper.pk])


def test_page_shows_what_is_known(client: Client, paper: Paper, olga: User) -> None:
    Review.objects.create(
        paper=paper,
        note_id="r1",
        kind="review",
        rating=8,
        rating_raw="8: accept",
        signature="V/Submission7/Reviewer_abcd",
        content={"review": "Sound."},
    )
    client.force_login(olga)
    response = client.get(address("paper", paper))
    assert response.status_code == 200
    page = response.content.decode()
    for text in ("Counted Paper", "8: accept", "Reviewer_abcd", "Sound."):
        assert text in page


def test_decision_is_kept_and_told(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    client.force_login(olga)
    poster = workshop.presentation_kinds.get(slug="poster")
    response = client.post(address("decide-paper", paper), {"outcome": "accept", "presentation": poster.pk, "comment": ""})
    assert (response.status_code, response["Location"]) == (302, address("paper", paper))
    paper.refresh_from_db()
    assert (paper.decision.outcome, paper.decision.presentation, paper.decision.by) == ("accept", poster, olga)


def test_malformed_decision_shows_the_form_again(client: Client, paper: Paper, olga: User) -> None:
    client.force_login(olga)
    response = client.post(address("decide-paper", paper), {"outcome": "perhaps"})
    assert response.status_code == 422
    assert "Select a valid choice" in response.content.decode()


def test_refused_decision_is_a_message(client: Client, paper: Paper, olga: User) -> None:
    Paper.objects.filter(pk=paper.pk).update(standing="withdrawn")
    client.force_login(olga)
    page = address("paper", paper)
    response = client.post(
        address("decide-paper", paper), {"outcome": "accept"}, headers={"referer": f"http://testserver{page}"}, follow=True
    )
    assert [str(message) for message in response.context["messages"]] == ["Paper 7 is withdrawn; it can't be decided."]


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.PUBLISHER, None])
def test_only_deciders_decide(client: Client, workshop: Workshop, paper: Paper, role: Role | None) -> None:
    user = make_user()
    if role:
        join_workshop(user, workshop, role)
    client.force_login(user)
    for name in ("decide-paper", "revoke-decision", "edit-paper"):
        assert client.post(address(name, paper), {"outcome": "accept", "title": "X"}).status_code == 404
    paper.refresh_from_db()
    assert (paper.title, hasattr(paper, "decision")) == ("Counted Paper", False)


def test_correction_is_kept_with_history(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    client.force_login(olga)
    short = workshop.tracks.get(slug="short")
    response = client.post(address("edit-paper", paper), {"title": "A  better title", "track": short.pk, "wants_proceedings": ""})
    assert response.status_code == 302
    paper.refresh_from_db()
    assert (paper.title, paper.track) == ("A better title", short)
    lines = [(line.field, line.before, line.after, line.by) for line in paper.history.order_by("pk")]
    assert lines == [("title", "Counted Paper", "A better title", olga), ("track", "full", "short", olga)]


def test_proceedings_choice_needs_a_track_that_offers_it(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    Paper.objects.filter(pk=paper.pk).update(track=workshop.tracks.get(slug="short"))
    client.force_login(olga)
    data = {"title": "Counted Paper", "track": workshop.tracks.get(slug="short").pk, "wants_proceedings": "yes"}
    response = client.post(
        address("edit-paper", paper), data, headers={"referer": f"http://testserver{address('paper', paper)}"}, follow=True
    )
    assert [str(message) for message in response.context["messages"]] == ["Short papers leave no choice: never in the proceedings."]


def test_difference_is_settled(client: Client, workshop: Workshop, paper: Paper, olga: User) -> None:
    conflict = FieldConflict.objects.create(paper=paper, field="title", base="Old", upstream="Theirs", local="Counted Paper")
    client.force_login(olga)
    assert "Theirs" in client.get(reverse("conflict-list", args=[workshop.slug])).content.decode()
    client.post(reverse("settle-conflict", args=[workshop.slug, conflict.pk, "upstream"]))
    paper.refresh_from_db()
    conflict.refresh_from_db()
    assert (paper.title, conflict.choice, conflict.resolved_by) == ("Theirs", "upstream", olga)
    assert (
        client.post(reverse("settle-conflict", args=[workshop.slug, conflict.pk, "local"]), headers={"hx-request": "true"}).status_code
        == 409
    )


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, paper: Paper, olga: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accept(paper)
    client.force_login(olga)
    with django_assert_num_queries(34):
        client.get(address("paper", paper))
