"""The API as every role, before and after the release: through the sight, by token alone."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.access_tokens import make_token
from papers.decisions import decide_paper
from tests.access.world import EVER_SECRET, SECRET_BEFORE, World, release
from tests.papers.search.cast import review

INSIDE = ("owner", "organizer", "assistant", "conflicted")
OUTSIDE = ("stranger", "eve", "author", "publisher")
OF_MEMBERS = {"Accepted Leak", "Rejected Leak", "Faceless", "Undecided Leak", "Withdrawn Leak", "Conflicted Paper"}
OF_ALL = {"Accepted Leak", "Faceless"}


def ask(world: World, role: str, name: str, *arguments: Any, **query: Any) -> Any:
    """Ask the API as a role, by a token made for it."""
    user = world.cast[role]
    headers = {}
    if user is not None:
        user.access_tokens.all().delete()
        headers["Authorization"] = f"Bearer {make_token(user, name='Test', days=1)[1]}"
    return Client().get(reverse(name, args=arguments), query, headers=headers)


@pytest.mark.parametrize("role", [*INSIDE, *OUTSIDE])
def test_papers_by_role(world: World, role: str) -> None:
    before = ask(world, role, "api-papers", "leaky26")
    release(world)
    after = ask(world, role, "api-papers", "leaky26")
    assert (before.status_code, after.status_code) == (200 if role in INSIDE else 404, 200)
    titles = {paper["title"] for paper in after.json()["papers"]}
    assert titles & OF_MEMBERS == (OF_MEMBERS if role in INSIDE else OF_ALL & OF_MEMBERS)
    assert {paper["inside"] is None for paper in after.json()["papers"]} == {role not in INSIDE}
    if role in INSIDE:
        assert titles == {paper["title"] for paper in before.json()["papers"]}


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_leaks_through_the_api(world: World, role: str) -> None:
    paper = world.workshop.papers.get(title="Accepted Leak")
    places: list[tuple[Any, ...]] = [
        ("api-papers", "leaky26"),
        ("api-paper", "leaky26", paper.pk),
        ("api-workshops",),
        ("api-description",),
    ]
    for secrets in ((*EVER_SECRET, *SECRET_BEFORE), EVER_SECRET):
        told = "".join(ask(world, role, *place).content.decode() for place in places)
        assert [secret for secret in secrets if secret in told] == []
        if secrets is not EVER_SECRET:
            release(world)


@pytest.mark.parametrize("role", OUTSIDE)
def test_paper_out_of_sight_is_not_there(world: World, role: str) -> None:
    release(world)
    nowhere = ask(world, role, "api-paper", "leaky26", 999_999)
    answers = {paper.title: ask(world, role, "api-paper", "leaky26", paper.pk) for paper in world.workshop.papers.all()}
    assert {title for title, answer in answers.items() if answer.status_code == 200} & OF_MEMBERS == OF_ALL & OF_MEMBERS
    assert {answer.content for answer in answers.values() if answer.status_code != 200} == {nowhere.content}


def test_member_in_conflict_sees_no_judgment(world: World) -> None:
    paper = world.workshop.papers.get(title="Conflicted Paper")
    review(paper, 7, confidence=3, content={"review": "Judged so"})
    decide_paper(paper, outcome="reject", comment="Not for you", by=world.find_user("owner"))
    paper.handlings.create(member=world.workshop.memberships.get(role="owner"))
    seen = ask(world, "organizer", "api-paper", "leaky26", paper.pk).json()
    hidden = ask(world, "conflicted", "api-paper", "leaky26", paper.pk).json()
    assert (seen["paper"]["inside"]["decision"]["comment"], seen["paper"]["inside"]["rating_mean"], len(seen["reviews"])) == (
        "Not for you",
        7,
        1,
    )
    assert hidden["paper"]["inside"] == {
        **seen["paper"]["inside"],
        "is_hidden": True,
        "decision": None,
        "review_count": 0,
        "rating_mean": None,
        "rating_min": None,
        "rating_max": None,
        "confidence_mean": None,
        "handlers": [],
    }
    assert (hidden["reviews"], "Judged so" in json.dumps(hidden)) == ([], False)
    found = [ask(world, role, "api-papers", "leaky26", q="rating:7 or dec:reject").json()["papers"] for role in ("organizer", "conflicted")]
    assert ["Conflicted Paper" in {one["title"] for one in papers} for papers in found] == [True, False]


def test_session_opens_nothing(world: World) -> None:
    client = Client()
    client.force_login(world.find_user("owner"))
    assert client.get(reverse("api-papers", args=["leaky26"])).status_code == 404
