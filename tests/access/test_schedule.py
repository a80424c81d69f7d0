"""The pages of a schedule tell nobody of judgments that they must not know, not by a number either."""

import datetime as dt

import pytest
from django.urls import reverse

from papers.models import Award, Paper, User
from program.models import Day, Room, Session, Slot
from tests.access.asking import ask, open_session
from tests.access.planting import PLANTED, plant_decision, plant_reviews
from tests.access.world import World

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)
PAGES = ("schedule", "schedule-draft", "schedule-edits", "schedule-add", "schedule-frame", "solver", "organizer-home")


@pytest.fixture
def placed(world: World) -> Paper:
    """Return the paper that the conflicted organizer must not judge, with a place in a schedule."""
    Award.objects.create(workshop=world.workshop, position=1, slug="best", name="Best Paper")
    paper = Paper.objects.get(workshop=world.workshop, title="Conflicted Paper")
    Day.objects.create(workshop=world.workshop, on=NINE.date(), starts_at=NINE, ends_at=NINE + dt.timedelta(hours=9))
    hall = Room.objects.create(workshop=world.workshop, name="Hall", position=1, capacity=10)
    orals = Session.objects.create(
        workshop=world.workshop, uid="orals", position=2, kind="oral", title="Orals", starts_at=NINE, minutes=60, room=hall
    )
    Slot.objects.create(session=orals, uid="judged", paper=paper, position=1, minutes=15)
    return paper


def ask_pages(world: World, user: User | None) -> dict[str, str]:
    """Return what the pages of the schedule say to somebody."""
    slug, session = world.workshop.slug, open_session(user)
    addresses = [reverse(name, args=[slug]) for name in PAGES]
    addresses += [f"{reverse('schedule-edits', args=[slug])}?since=0"]
    addresses += [reverse("schedule-item", args=[slug, uid]) for uid in ("orals", "judged")]
    return {address: ask(session, address) for address in addresses}


def test_conflicted_organizer_sees_the_same_before_and_after_a_judgment(world: World, placed: Paper) -> None:
    connie = world.find_user("conflicted")
    before = ask_pages(world, connie)
    plant_reviews(world, placed)
    plant_decision(world, placed)
    after = ask_pages(world, connie)
    assert {address: text for address, text in after.items() if text != before[address]} == {}
    assert {address: text[:3] for address, text in after.items() if text.startswith("5")} == {}
    assert [secret for secret in PLANTED if any(secret in text for text in after.values())] == []


def test_organizer_without_a_conflict_sees_the_difference(world: World, placed: Paper) -> None:
    otto = world.find_user("organizer")
    before = ask_pages(world, otto)
    plant_decision(world, placed)
    after = ask_pages(world, otto)
    draft = reverse("schedule-draft", args=[world.workshop.slug])
    assert after[draft] != before[draft]


@pytest.mark.parametrize("role", ["stranger", "eve", "author"])
def test_nobody_outside_reaches_the_schedule(world: World, placed: Paper, role: str) -> None:
    answers = ask_pages(world, world.cast[role])
    assert {text[:3] for text in answers.values()} <= {"302", "404"}
