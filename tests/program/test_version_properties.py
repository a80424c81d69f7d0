"""A version tells its changes just where the world sees a difference; every version can be had again."""

import dataclasses
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papers.errors import Refusal
from papers.models import Workshop
from program.listings import ListedSession
from program.moves import parse_moves
from program.published_rows import resolve_rows
from program.scheduling import apply_moves, list_rows, list_stored_rows
from program.versions import compare_versions, publish_schedule, return_to_version
from tests.program.moves.strategies import make_moves
from tests.program.test_scheduling_properties import workshop

__all__ = ["workshop"]
pytestmark = pytest.mark.django_db


def play(workshop: Workshop, acts: list[dict[str, Any]]) -> None:
    """Do what can be done of some acts."""
    for act in acts:
        try:
            apply_moves(workshop, parse_moves([act], zone=workshop.zone), by=None)
        except Refusal:
            continue


def see(workshop: Workshop, rows: list[dict[str, Any]]) -> list[ListedSession]:
    """Return what the world sees of rows; keys of slots are not seen."""
    (sessions,) = resolve_rows(workshop, rows)
    return [dataclasses.replace(session, held=tuple(dataclasses.replace(slot, uid="") for slot in session.held)) for session in sessions]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_versions_tell_every_difference_and_come_back(workshop: Workshop, data: st.DataObject) -> None:
    workshop.schedule_versions.all().delete()
    papers, people = list(workshop.papers.values_list("pk", flat=True)), list(workshop.people.values_list("pk", flat=True))
    moves = make_moves(papers, people)
    published = [publish_schedule(workshop, by=None, despite_conflicts=True)] if workshop.sessions.exists() else []
    for acts in data.draw(st.lists(st.lists(moves, min_size=1, max_size=4), min_size=1, max_size=4)):
        before = published[-1].rows if published else []
        play(workshop, acts)
        rows = list_stored_rows(workshop)
        assert bool(compare_versions(workshop, before, rows)) == (see(workshop, before) != see(workshop, rows))
        try:
            published.append(publish_schedule(workshop, by=None, despite_conflicts=True))
        except Refusal:
            assert rows == before or not workshop.sessions.exists()
    assert [version.number for version in published] == list(range(1, len(published) + 1))
    for version in published:
        if list_rows(workshop) != version.rows:
            return_to_version(version, by=None)
        assert list_rows(workshop) == version.rows
        assert compare_versions(workshop, version.rows, list_rows(workshop)) == ()
