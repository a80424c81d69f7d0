"""The page of metadata as its authors use it; the page where organizers answer."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from papers.change_requests import request_authors
from papers.models import ChangeRequest, Paper, Topic, User, Workshop
from papers.sight import find_sight
from papers.todo import count_papers, list_paper_todos
from tests.factories import make_paper
from tests.papers.handed_in import make_owing_paper
from tests.papers.test_corrections import freeze

ADA, BOB = {"name": "Ada Author"}, {"name": "Bob Builder"}


@pytest.fixture
def paper(workshop: Workshop, ada: User, olga: User) -> Paper:
    return make_owing_paper(workshop, ada, by=olga, number=7, title="Counted Things", authors=("Ada Author", "Bob Builder"))


def address(name: str, paper: Paper, *more: str) -> str:
    return reverse(name, args=[paper.workshop.slug, paper.pk, *more])


def fill(client: Client, paper: Paper, **other: str) -> dict[str, str]:
    """Return the form as the page holds it, with `other` in its place; an author's field is named by position."""
    form = client.get(address("author-metadata", paper)).context["form"]
    values = {field.html_name: field.value() or "" for field in form}
    keys = {str(author.position): author.pk for author in paper.authors.all()}
    return {**values, **{_find_key(name, keys): value for name, value in other.items()}}


def _find_key(name: str, keys: dict[str, Any]) -> str:
    part, _, position = name.partition("_")
    return f"{part}-{keys.get(position, position)}" if position else name


def test_corrections_are_kept_then_confirmed(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    values = fill(
        client,
        paper,
        abstract="New words.",
        places_2="Yard | Norway\nDock",
        orcid_2="0000-0002-1825-0097",
        family_2="Builder",
        link_code="https://a.org/b",
    )
    response = client.post(address("correct-metadata", paper), values)
    assert response.headers["Location"] == address("author-metadata", paper)
    bob = paper.authors.get(position=2)
    assert (bob.institutions, bob.orcid) == ([{"name": "Yard", "country": "Norway"}, {"name": "Dock"}], "0000-0002-1825-0097")
    assert fill(client, paper) == {**values, "seen": fill(client, paper)["seen"]}
    digest = client.get(address("author-metadata", paper)).context["confirmation_form"]["digest"].value()
    client.post(address("confirm-metadata", paper), {"digest": digest})
    assert client.get(address("author-metadata", paper)).context["confirmation"].by == ada


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"orcid_1": "0000-0002-1825-0098"}, "A digit of this ORCID iD is wrong: its check digit does not fit."),
        ({"places_1": "| Norway"}, "is no affiliation: an institution, then a bar and its country."),
        ({"places_1": "\n".join(f"Place {number}" for number in range(11))}, "An author has 10 affiliations at most."),
        ({"link_code": "http://example.org/"}, "The address begins with https://."),
        ({"link_arxiv": "https://example.org/"}, "This is no paper on arXiv: give its number, as in 2401.01234, or its address there."),
        ({"topic": "Cooking"}, "Select a valid choice. Cooking is not one of the available choices."),
        ({"mail_2": "nobody"}, "Enter a valid email address."),
        ({"family_2": "Build"}, "“Build” is not the end or the beginning of “Bob Builder”."),
    ],
)
def test_malformed_correction_comes_back(client: Client, paper: Paper, ada: User, other: dict[str, str], sentence: str) -> None:
    Topic.objects.create(workshop=paper.workshop, position=1, text="Counting")
    client.force_login(ada)
    response = client.post(address("correct-metadata", paper), {**fill(client, paper, **other), "abstract": "Changed."})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Paper.objects.get(pk=paper.pk).abstract == ""


def test_co_authors_do_not_see_each_other_s_addresses(client: Client, paper: Paper, ada: User) -> None:
    paper.authors.filter(position=1).update(email="ada@example.org")
    paper.authors.filter(position=2).update(email="bob@secret.example")
    Paper.objects.update(imported={"authors": [{"name": "Bob", "email": "bob@secret.example"}]})
    client.force_login(ada)
    values = fill(client, paper)
    assert [values[f"mail-{author.pk}"] for author in paper.authors.order_by("position")] == ["ada@example.org", ""]
    text = client.get(address("author-metadata", paper)).content.decode()
    assert ("bob@secret" in text, text.count("bo…@secret.example")) == (False, 1)
    client.post(address("correct-metadata", paper), fill(client, paper, mail_2="bob@new.example"))
    assert [author.mail for author in paper.authors.order_by("position")] == ["ada@example.org", "bob@new.example"]
    text = client.get(address("author-metadata", paper)).content.decode()
    assert ("bob@new" in text, "bo…@new.example" in text) == (False, True)


def test_page_names_what_is_missing_until_it_is_there(client: Client, paper: Paper, ada: User) -> None:
    Topic.objects.create(workshop=paper.workshop, position=1, text="Counting")
    client.force_login(ada)
    page = address("author-metadata", paper)
    gaps = client.get(page).context["gaps"]
    assert gaps[-1] == "Bob Builder has no affiliation and no mail address."
    assert (gaps[-1] in client.get(page).content.decode(), "No topic of the call is chosen." in gaps) == (True, True)
    places = {"places_1": "Yard | Norway", "places_2": "Dock | Denmark", "mail_1": "ada@example.org", "mail_2": "bob@example.org"}
    more = {"topic": "Counting", "abstract": "Words.", "keywords": "one", **places}
    client.post(address("correct-metadata", paper), fill(client, paper, **more))
    assert client.get(page).context["gaps"] == ()


def test_second_of_two_who_correct_at_once_is_told(client: Client, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    values = fill(client, paper, abstract="Mine.")
    client.post(address("correct-metadata", paper), fill(client, paper, abstract="First."))
    response = client.post(address("correct-metadata", paper), values)
    assert (response.status_code, "Somebody has changed the metadata" in response.content.decode()) == (409, True)
    assert Paper.objects.get(pk=paper.pk).abstract == "First."


def test_request_goes_its_way(client: Client, paper: Paper, ada: User, olga: User) -> None:
    client.force_login(ada)
    wanted = "Bob Builder\nAda Author\nCat Coder <Cat@Example.org>"
    client.post(address("request-authors", paper), {"authors": wanted, "reason": "Agreed."})
    client.force_login(olga)
    page = client.get(reverse("change-requests", args=[paper.workshop.slug]))
    assert [sides for _, sides, _ in page.context["waiting"]] == [
        (
            ((("same", "Ada Author"),), (("same", "Bob Builder"),)),
            ((("moved", "Bob Builder"),), (("same", "Ada Author"),), (("new", "Cat Coder <cat@example.org>"),)),
        )
    ]
    one = ChangeRequest.objects.get()
    assert client.post(address_of(one, "refuse-request"), {"answer": ""}).status_code == 409
    client.post(address_of(one, "grant-request"), {"answer": "Fine."})
    assert [author.name for author in paper.authors.order_by("position")] == ["Bob Builder", "Ada Author", "Cat Coder"]
    page = client.get(reverse("change-requests", args=[paper.workshop.slug]))
    assert (page.context["waiting"], [one.is_granted for one, _ in page.context["answered"]]) == ([], [True])
    client.force_login(ada)
    assert [one.answer for one in client.get(address("author-metadata", paper)).context["requests"]] == ["Fine."]


def address_of(request: ChangeRequest, name: str) -> str:
    return reverse(name, args=[request.paper.workshop.slug, request.pk])


def test_refusal_is_read_by_the_authors(client: Client, paper: Paper, ada: User, olga: User) -> None:
    one = request_authors(paper, authors=[BOB, ADA], reason="Agreed.", by=ada)
    client.force_login(olga)
    client.post(address_of(one, "refuse-request"), {"answer": "The order is printed already."})
    client.force_login(ada)
    assert "The order is printed already." in client.get(address("author-metadata", paper)).content.decode()


def test_title_after_its_date_is_asked_for_and_taken_back(client: Client, workshop: Workshop, paper: Paper, ada: User) -> None:
    client.force_login(ada)
    assert "title_form" not in client.get(address("author-metadata", paper)).context
    freeze(workshop)
    client.post(address("correct-metadata", paper), fill(client, paper, title="Slipped In", abstract="New words."))
    held = Paper.objects.get(pk=paper.pk)
    assert (held.title, held.abstract) == ("Counted Things", "New words.")
    client.post(address("request-title", paper), {"title": "Counting", "reason": "Shorter."})
    assert [(one.field, one.after) for one in ChangeRequest.objects.all()] == [("title", "Counting")]
    assert client.post(address("withdraw-request", paper, "title")).headers["Location"] == address("author-metadata", paper)
    assert not ChangeRequest.objects.exists()
    assert client.post(address("withdraw-request", paper, "title")).status_code == 404


@pytest.mark.parametrize(
    ("authors", "sentence"),
    [
        ("Ada Author\nCat Coder", "“Cat Coder” is new: give a mail address behind the name"),
        ("Ada Author\n<cat@example.org>", "Give the name of cat@example.org."),
        ("\n".join(["Ada Author"] * 201), "A paper has 200 authors at most."),
    ],
)
def test_malformed_request_comes_back(client: Client, paper: Paper, ada: User, authors: str, sentence: str) -> None:
    client.force_login(ada)
    response = client.post(address("request-authors", paper), {"authors": authors, "reason": "Agreed."})
    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert client.post(address("request-title", paper), {"title": "", "reason": ""}).status_code == 422


def test_unreleased_acceptance_shows_no_form(client: Client, workshop: Workshop, ada: User, olga: User) -> None:
    paper = make_owing_paper(workshop, ada, by=olga)
    paper.decision.delete()
    client.force_login(ada)
    undecided = client.get(address("author-metadata", paper)).content
    other = make_owing_paper(workshop, ada, by=olga)
    paper = Paper.objects.get(pk=paper.pk)
    other.decision.released_at, other.decision.paper = None, paper
    other.decision.save()
    assert client.get(address("author-metadata", paper)).content == undecided
    assert b"<textarea" not in undecided


def test_another_papers_author_finds_nothing(client: Client, workshop: Workshop, paper: Paper, ada: User, olga: User, eve: User) -> None:
    make_owing_paper(workshop, eve, by=olga)
    request_authors(paper, authors=[BOB, ADA], reason="Agreed.", by=ada)
    client.force_login(eve)
    told = [
        client.get(address("author-metadata", paper)).status_code,
        client.post(address("correct-metadata", paper)).status_code,
        client.post(address("request-authors", paper)).status_code,
        client.post(address("withdraw-request", paper, "authors")).status_code,
        client.get(reverse("change-requests", args=[workshop.slug])).status_code,
    ]
    assert told == [404] * 5


def test_request_waits_in_the_todo_list(workshop: Workshop, paper: Paper, ada: User, olga: User) -> None:
    sight = find_sight(workshop, olga)
    figures = count_papers(sight)
    assert [todo for todo in list_paper_todos(workshop, figures) if todo.code == "requests"] == []
    request_authors(paper, authors=[BOB, ADA], reason="Agreed.", by=ada)
    [todo] = [todo for todo in list_paper_todos(workshop, figures) if todo.code == "requests"]
    assert (todo.count, todo.href) == (1, reverse("change-requests", args=[workshop.slug]))


@pytest.mark.parametrize("count", [1, 3])
def test_requests_ask_a_fixed_number_of_times(
    client: Client, workshop: Workshop, ada: User, olga: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_paper(workshop)
    for _ in range(count):
        paper = make_owing_paper(workshop, ada, by=olga, authors=("Ada Author", "Bob Builder"))
        request_authors(paper, authors=[BOB, ADA], reason="Agreed.", by=ada)
    client.force_login(olga)
    with django_assert_num_queries(6):
        client.get(reverse("change-requests", args=[workshop.slug]))
