"""What a person must not know changes nothing that they can see: the same answers with judgments and without them."""

import difflib

import pytest
from django.urls import reverse

from papers.models import Award, Paper
from papers.search import SearchMistake, search_papers
from papers.sight import Sight, find_sight
from tests.access.asking import ALL_QUESTIONS, ask_everything, list_uncovered_terms
from tests.access.planting import PLANTED, plant_decision, plant_letters, plant_reviews
from tests.access.world import World, release

OUTSIDE = ("stranger", "eve", "author", "publisher")


@pytest.fixture
def hidden(world: World) -> Paper:
    """Return a paper that the conflicted organizer must not judge, in a workshop with an award."""
    Award.objects.create(workshop=world.workshop, position=1, slug="best", name="Best Paper")
    return Paper.objects.get(workshop=world.workshop, title="Conflicted Paper")


@pytest.fixture
def unreleased(world: World) -> Paper:
    """Return the paper of which nothing was decided before the release."""
    return Paper.objects.get(workshop=world.workshop, title="Undecided Leak")


def compare(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Return the lines that differ, by address, the first few of each."""
    return {
        address: list(difflib.unified_diff(before[address].splitlines(), text.splitlines(), n=0, lineterm=""))[3:8]
        for address, text in after.items()
        if before[address] != text
    }


def find_planted(answers: dict[str, str]) -> dict[str, list[str]]:
    found = {address: [secret for secret in PLANTED if secret in text] for address, text in answers.items()}
    return {address: secrets for address, secrets in found.items() if secrets}


def find_failures(answers: dict[str, str]) -> list[str]:
    return [address for address, text in answers.items() if text.startswith("500")]


def is_signed_in(answers: dict[str, str]) -> bool:
    return answers[reverse("profile")].startswith("200")


def search_all(sight: Sight) -> dict[str, list[str]]:
    found = {}
    for question in ALL_QUESTIONS:
        try:
            found[question] = sorted(search_papers(sight, question).values_list("title", flat=True))
        except SearchMistake as refusal:
            found[question] = [str(refusal)]
    return found


def test_every_term_of_the_search_is_tried() -> None:
    assert list_uncovered_terms() == []


def test_conflict_hides_judgments_everywhere(world: World, hidden: Paper) -> None:
    connie = world.find_user("conflicted")
    before = ask_everything(world, connie, hidden)
    assert is_signed_in(before)
    plant_reviews(world, hidden)
    plant_decision(world, hidden)
    after = ask_everything(world, connie, hidden)
    assert (find_failures(after), find_planted(after)) == ([], {})
    assert compare(before, after) == {}


def test_conflict_hides_judgments_after_the_release(world: World, hidden: Paper) -> None:
    connie = world.find_user("conflicted")
    plant_decision(world, hidden)
    release(world)
    before = ask_everything(world, connie, hidden)
    assert is_signed_in(before)
    plant_reviews(world, hidden)
    after = ask_everything(world, connie, hidden)
    assert (find_failures(after), find_planted({key: text.replace("Hush Comment", "") for key, text in after.items()})) == ([], {})
    assert compare(before, after) == {}


@pytest.mark.parametrize("role", OUTSIDE)
def test_nothing_undecided_shows_outside(world: World, hidden: Paper, unreleased: Paper, role: str) -> None:
    user = world.cast[role]
    before = ask_everything(world, user, unreleased)
    assert is_signed_in(before) == (user is not None)
    for paper in (hidden, unreleased):
        plant_reviews(world, paper)
        plant_decision(world, paper)
        plant_letters(world, paper)
    after = ask_everything(world, user, unreleased)
    assert (find_failures(after), find_planted(after)) == ([], {})
    assert compare(before, after) == {}


@pytest.mark.parametrize("role", ["stranger", "author"])
def test_what_is_decided_later_shows_outside_after_its_own_release(world: World, hidden: Paper, unreleased: Paper, role: str) -> None:
    release(world)
    user = world.cast[role]
    before = ask_everything(world, user, unreleased)
    assert is_signed_in(before) == (user is not None)
    for paper in (hidden, unreleased):
        plant_reviews(world, paper)
        plant_decision(world, paper)
        plant_letters(world, paper)
    after = ask_everything(world, user, unreleased)
    assert (find_failures(after), find_planted(after)) == ([], {})
    assert compare(before, after) == {}


def test_search_finds_no_hidden_judgment(world: World, hidden: Paper) -> None:
    workshop, roles = world.workshop, ("stranger", "eve", "author", "publisher", "conflicted")
    before = {role: search_all(find_sight(workshop, world.cast[role])) for role in roles}
    owner = search_all(find_sight(workshop, world.find_user("owner")))
    plant_reviews(world, hidden)
    plant_decision(world, hidden)
    after = {role: search_all(find_sight(workshop, world.cast[role])) for role in roles}
    assert after == before
    seen = search_all(find_sight(workshop, world.find_user("owner")))
    assert len([question for question in ALL_QUESTIONS if seen[question] != owner[question]]) > 40


def test_organizers_without_conflict_see_what_was_planted(world: World, hidden: Paper) -> None:
    plant_reviews(world, hidden)
    plant_decision(world, hidden)
    answers = ask_everything(world, world.find_user("organizer"), hidden)
    seen = {secret for secrets in find_planted(answers).values() for secret in secrets}
    assert (find_failures(answers), {"Hush Review", "Hush Remark", "Hush Recommendation", "Hush Comment"} - seen) == ([], set())
