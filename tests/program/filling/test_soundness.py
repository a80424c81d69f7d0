"""Whatever is asked: a contradiction is told, or what is taken over has no hard conflict."""

import datetime as dt
import random

import pytest

from papers.models import Presenter, Workshop
from program.filling.asked import FillRequest, Scope
from program.filling.runs import keep_run, solve_run, take_over
from program.models import FillRules, Person, PersonAvailability, SessionPart
from program.schedules import find_schedule_conflicts
from tests.program.filling.drafts import NINE, add_paper, list_places, make_conference, play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
NAMES = ("Ada", "Ben", "Cleo", "Dan")


def make_crowded(dice: random.Random) -> Workshop:
    """Return a conference with people who are busy, away, or present several papers; some papers are pinned or short."""
    workshop = make_conference(orals=0, posters=0, minutes=dice.choice([20, 30, 45]))
    workshop.board_ranges.update(last=160)
    FillRules.objects.create(workshop=workshop, minutes={"oral": dice.choice([10, 15])}, has_posters_too=dice.random() < 0.3)
    for name in NAMES[:2]:
        person = Person.objects.create(workshop=workshop, name=name)
        if dice.random() < 0.25:
            start = NINE + dt.timedelta(minutes=dice.choice([-60, 0, 30, 60]))
            PersonAvailability.objects.create(person=person, starts_at=start, ends_at=start + dt.timedelta(minutes=dice.choice([60, 200])))
        if dice.random() < 0.3:
            session = workshop.sessions.get(uid=dice.choice(["early", "late"]))
            SessionPart.objects.create(session=session, person=person, kind="chair")
    for number in range(dice.randint(1, 7)):
        paper = add_paper(workshop, f"Paper {number}", dice.choice(["oral", "oral", "poster"]), *dice.sample(NAMES, 2))
        if dice.random() < 0.8:
            Presenter.objects.create(paper=paper, author=paper.authors.order_by("position")[0], mode="in-person", at=NINE)
        if dice.random() < 0.2:
            place = {"paper": paper.pk, "session": dice.choice(["early", "beside", "late"]), "uid": f"pin-{number}", "minutes": 10}
            play(workshop, {"move": "place-paper", **place}, {"move": "pin", "item": f"pin-{number}", "is_pinned": True})
    return workshop


@pytest.mark.parametrize("seed", range(16))
def test_what_is_found_is_sound(seed: int) -> None:
    dice = random.Random(seed)
    workshop = make_crowded(dice)
    before = {one.sentence for one in find_schedule_conflicts(workshop) if one.severity == "hard" and one.code != "oral-unplaced"}
    run = solve_run(keep_run(workshop, FillRequest(scope=dice.choice(list(Scope)), seconds=1, seed=seed), by=None))
    if run.found is None:
        assert run.reasons
        return
    take_over(run, by=None)
    hard = {one.sentence for one in find_schedule_conflicts(workshop) if one.severity == "hard"}
    assert hard - before == set()
    assert len(list_places(workshop)) == workshop.papers.count()
