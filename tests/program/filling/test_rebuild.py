"""Both real programs laid out by the solver from their sessions and lengths alone."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from papers.models import Workshop
from program.conflicts import Conflict
from program.filling.asked import FillRequest, Mode
from program.filling.runs import keep_run, solve_run, take_over
from program.models import Session
from program.schedules import find_schedule_conflicts
from tests.program.filling.drafts import play
from tests.program.published_editions import publish_edition

pytestmark = pytest.mark.django_db


def list_day(workshop: Workshop) -> list[tuple[str, str, int | None]]:
    zone = ZoneInfo(workshop.zone)
    sessions = Session.objects.filter(workshop=workshop).order_by("starts_at", "position")
    return [(f"{one.starts_at.astimezone(zone):%H:%M}" if one.starts_at else "", one.uid, one.minutes) for one in sessions]


def find_hard(workshop: Workshop) -> list[Conflict]:
    return [one for one in find_schedule_conflicts(workshop) if one.severity == "hard"]


@pytest.mark.parametrize("name", ["syntagen24", "syntagen25"])
def test_real_programs_are_laid_out_anew(name: str) -> None:
    workshop = publish_edition(name)
    real = list_day(workshop)
    overlaps = [one.sentence for one in find_hard(workshop) if one.code == "overlap"]
    assert len(overlaps) == (1 if name == "syntagen25" else 0)
    lengths = [minutes or 0 for _, _, minutes in real]
    assert all(lengths)
    zone = ZoneInfo(workshop.zone)
    first = Session.objects.filter(workshop=workshop).order_by("starts_at")[0].starts_at
    assert first is not None
    begins = first.astimezone(zone)
    workshop.days.all().delete()
    day = {"move": "add-day", "on": begins.date().isoformat(), "starts": f"{begins:%H:%M}", "ends": "18:00"}
    play(workshop, {"move": "clear", "what": "times"}, day)
    run = solve_run(keep_run(workshop, FillRequest(Mode.DAY, seconds=5), by=None))
    take_over(run, by=None)
    built = list_day(workshop)
    assert [uid for _, uid, _ in built] == [uid for _, uid, _ in real]
    assert built[0][0] == f"{begins:%H:%M}"
    starts = [dt.datetime.strptime(start, "%H:%M") for start, _, _ in built]
    assert all((after - start).seconds // 60 == minutes for (start, after), minutes in zip(pairwise(starts), lengths, strict=False))
    assert ((run.found or {})["is_proven"], find_hard(workshop)) == (True, [])
    moved = [uid for (old, uid, _), (new, _, _) in zip(real, built, strict=True) if old != new]
    assert bool(moved) == (name == "syntagen25")
