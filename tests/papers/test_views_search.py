"""The search box: what it asks while somebody types, what it shows of a mistake."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from papers.forms.search import SearchField, read_search
from papers.models import Decision, User
from papers.search.terms import TERMS
from papers.sight import find_sight
from tests.factories import accept, make_paper
from tests.papers.search.cast import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


def test_completion_answers_in_json(client: Client, desk: Desk) -> None:
    client.force_login(desk.olga)
    response = client.get(reverse("search-completion", args=[desk.workshop.slug]), {"q": "a track:sho b", "at": "11"})
    assert response.json() == {"suggestions": [{"text": "short", "start": 8, "end": 11, "label": "short", "help": "Short papers"}]}


@pytest.mark.parametrize("at", ["", "x", "-1", "9" * 50, "²"])
def test_caret_that_is_none_is_the_end(client: Client, desk: Desk, at: str) -> None:
    client.force_login(desk.olga)
    response = client.get(reverse("search-completion", args=[desk.workshop.slug]), {"q": "track:sho", "at": at})
    assert [item["text"] for item in response.json()["suggestions"]] == ["short"]


def test_public_completion_knows_what_everybody_knows(client: Client, desk: Desk) -> None:
    address = reverse("public-search-completion", args=[desk.workshop.slug])
    client.force_login(desk.olga)
    for query in ("dec", "handled-by:", "author:bea", "is:"):
        assert client.get(address, {"q": query}).json() == {"suggestions": []}
    assert [item["text"] for item in client.get(address, {"q": "author:ada"}).json()["suggestions"]] == ['"Ada Author"']
    Decision.objects.filter(paper__workshop=desk.workshop).update(released_at=None)
    assert client.get(address, {"q": "author:ada"}).status_code == 404


def test_public_page_points_at_the_mistake(client: Client, desk: Desk) -> None:
    response = client.get(reverse("public-papers", args=[desk.workshop.slug]), {"q": "<b> track:ful", "page": "2"})
    content = response.content.decode()
    assert response.status_code == 422
    assert "Counted 2026 has no track “ful”; did you mean “full”?" in content
    assert '<p class="search-marked">&lt;b&gt; track:<mark>ful</mark></p>' in content
    assert 'href="?q=%3Cb%3E+track%3Afull"' in content
    assert 'aria-invalid="true" aria-describedby="search-mistake" data-search-start="10" data-search-end="13"' in content


def test_public_page_finds_by_terms(client: Client, desk: Desk) -> None:
    accept(make_paper(desk.workshop, title="A second one"), "poster", is_released=True)
    address = reverse("public-papers", args=[desk.workshop.slug])
    found = {
        query: [paper.title for _, papers in client.get(address, {"q": query}).context["groups"] for paper in papers]
        for query in ("", "pres:poster", "award:any", "not award:any", "pres:oral or second", "#1")
    }
    both = ["Diffusion at Dawn", "A second one"]
    assert found == {
        "": both,
        "pres:poster": both[1:],
        "award:any": both[:1],
        "not award:any": both[1:],
        "pres:oral or second": both,
        "#1": both[:1],
    }


def test_cheat_sheet_names_what_the_reader_may_use(client: Client, desk: Desk) -> None:
    public = client.get(reverse("public-papers", args=[desk.workshop.slug])).content.decode()
    shown = {term.key for term in TERMS if f"<dt><code>{term.key}{'&gt;=' if term.compares else ':'}</code></dt>" in public}
    assert shown == {term.key for term in TERMS if term.is_public}
    client.force_login(desk.olga)
    inside = client.get(reverse("paper-list", args=[desk.workshop.slug])).content.decode()
    shown = {term.key for term in TERMS if f"<dt><code>{term.key}{'&gt;=' if term.compares else ':'}</code></dt>" in inside}
    assert shown == {term.key for term in TERMS}


def test_search_that_cannot_be_read_finds_nothing_and_says_why(desk: Desk) -> None:
    sight = find_sight(desk.workshop, desk.olga)
    good, bad = read_search(sight, " dec:reject "), read_search(sight, "dec:rejct")
    assert ([paper.number for paper in good.papers], good.mistake, good.status, good.text) == ([3], None, 200, "dec:reject")
    assert (list(bad.papers), str(bad.mistake), bad.status) == ([], "“dec” can't be “rejct”; did you mean “reject”?", 422)


@pytest.mark.parametrize(
    ("value", "cleaned", "errors"),
    [
        ("dec:none ", "dec:none", []),
        ("", "", []),
        ("dec:non", "", ["“dec” can't be “non”; did you mean “none”?"]),
        ("(", "", ["A parenthesis opens here with nothing in it."]),
    ],
)
def test_field_checks_the_search(desk: Desk, value: str, cleaned: str, errors: list[str]) -> None:
    field = SearchField()
    field.sight = find_sight(desk.workshop, desk.olga)
    try:
        assert (field.clean(value), field.mistake, errors) == (cleaned, None, [])
    except ValidationError as error:
        assert (error.messages, error.code, str(field.mistake)) == (errors, "search", errors[0])


def test_role_without_the_desk_gets_no_completion(client: Client, desk: Desk, eve: User) -> None:
    client.force_login(eve)
    assert client.get(reverse("search-completion", args=[desk.workshop.slug]), {"q": "tr"}).status_code == 404
