"""What a run looks like: the fall of its cost, who stands where, when sessions begin."""

import pytest

from program.filling.pictures import Chip, draw_costs, draw_places, draw_starts
from program.schedule_rows import read_draft
from tests.program.filling.drafts import NINE, make_conference


@pytest.mark.parametrize("told", [[], [[1.0, 0, 500]], [[1.0, 2, 900], [2.0, 0, 500]], [[1.0, 0, 500], [2.0, 0, 500]]])
def test_nothing_fell(told: list[list[float]]) -> None:
    assert draw_costs(told) is None


def test_the_cost_falls_in_steps() -> None:
    curve = draw_costs([[0.5, 3, 100], [1.0, 0, 900], [2.0, 0, 500], [4.0, 0, 100]])
    assert curve is not None
    assert curve.points == "153.0,6.0 300.0,6.0 300.0,60.0 594.0,60.0 594.0,114.0"
    assert curve.text == "The cost fell from 9.0 to 1.0 in 4 seconds."


def test_posters_begin_at_their_own_cost() -> None:
    curve = draw_costs([[1.0, 0, 900], [2.0, 0, 100], [3.0, 0, 700], [4.0, 0, 300]])
    assert curve is not None
    assert curve.text == "The cost fell from 7.0 to 3.0 in 4 seconds."


@pytest.mark.django_db
def test_papers_stand_in_their_sessions() -> None:
    workshop = make_conference(orals=2, posters=0)
    first, second = workshop.papers.order_by("number")
    type(first).objects.filter(pk=second.pk).update(topic="Faces")
    stored = read_draft(workshop)
    found = {"places": [[first.pk, "late", 1, 10], [second.pk, "late", 0, 15], [987, "late", 2, 5], [first.pk, "gone", 0, 5]]}
    [box] = draw_places(stored.draft, stored.papers, found)
    assert (box.name, box.place, box.more) == ("“Late”", "10:00, Hall", 0)
    assert box.chips == (Chip("#2", "Oral 1", 0, 15), Chip("#1", "Oral 0", 8, 10))


@pytest.mark.django_db
def test_starts_stand_beside_those_of_now() -> None:
    workshop = make_conference(orals=0, posters=0)
    nine = int(NINE.timestamp()) // 60
    rows = draw_starts(read_draft(workshop).draft, {"starts": {"late": nine + 30, "early": nine, "gone": nine}})
    assert rows == (("Jun 17, 9:00", "“Early”", ""), ("Jun 17, 9:30", "“Late”", "now 10:00"))
