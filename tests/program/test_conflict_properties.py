"""What holds of conflicts whatever the schedule."""

import dataclasses
import datetime as dt
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from program.conflicts import DraftAuthor, DraftPaper, DraftPerson, DraftSession, DraftSlot, Frame, find_conflicts
from program.conflicts.people import list_presences
from program.listings import ListedSession
from tests.program.listed import list_person, list_session

NAMES = ("Ada", "Bo", "Cy")
FRAME = Frame(zone="America/Los_Angeles", people=(DraftPerson("Ada", "Asia/Tokyo", "remote"),), boards=((1, 3),))


@st.composite
def draw_sessions(draw: st.DrawFn) -> list[DraftSession]:
    """Draw up to eight sessions of one day with their own keys, people, papers."""
    sessions = []
    for number in range(draw(st.integers(0, 8))):
        start = f"{draw(st.integers(8, 14)):02}:{draw(st.sampled_from([0, 15, 30])):02}"
        person = list_person(draw(st.sampled_from(NAMES)), draw(st.sampled_from(["chair", "panelist"])))
        kind, room = draw(st.sampled_from(["oral", "poster", "panel", "break"])), draw(st.sampled_from(["", "A", "B"]))
        minutes = draw(st.sampled_from([None, 15, 30, 90]))
        listed = list_session(
            kind, start, minutes, f"S{number}", uid=f"s{number}", room=room, people=(person,), is_parallel=draw(st.booleans())
        )
        authors = tuple(DraftAuthor(name) for name in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)))
        paper = DraftPaper(f"Paper {number}", f"Title {number}", key=number + 1, authors=authors)
        slot = DraftSlot(paper, draw(st.sampled_from([None, 15])), f"p{number}", board=draw(st.sampled_from([None, 1, 9])))
        values = {name: getattr(listed, name) for name in ListedSession.__dataclass_fields__}
        sessions.append(DraftSession(**values, slots=(slot,)))
    return sessions


@given(sessions=draw_sessions(), seed=st.integers())
def test_the_order_of_sessions_does_not_matter(sessions: list[DraftSession], seed: int) -> None:
    shuffled = list(sessions)
    random.Random(seed).shuffle(shuffled)
    found, again = (sorted(find_conflicts(some, frame=FRAME), key=str) for some in (sessions, shuffled))
    assert found == again


@given(sessions=draw_sessions(), days=st.integers(1, 60))
def test_a_week_later_the_same_is_wrong(sessions: list[DraftSession], days: int) -> None:
    later = [
        dataclasses.replace(session, starts_at=session.starts_at + dt.timedelta(days=days)) for session in sessions if session.starts_at
    ]
    assert [one.sentence for one in find_conflicts(later, frame=FRAME)] == [one.sentence for one in find_conflicts(sessions, frame=FRAME)]


@given(lengths=st.lists(st.integers(5, 60), max_size=8))
def test_one_after_the_other_nothing_overlaps(lengths: list[int]) -> None:
    start, sessions = dt.datetime.fromisoformat("2026-06-17T08:00-07:00"), []
    for number, minutes in enumerate(lengths):
        session = list_session("oral", "08:00", minutes, f"S{number}", uid=f"s{number}", people=(list_person("Ada"),), room="Hall")
        sessions.append(dataclasses.replace(session, starts_at=start))
        start += dt.timedelta(minutes=minutes)
    assert find_conflicts(sessions) == ()


@settings(max_examples=200)
@given(sessions=draw_sessions())
def test_overlaps_are_those_that_a_look_at_every_pair_finds(sessions: list[DraftSession]) -> None:
    timed = [session for session in sessions if session.minutes is not None]
    found = {frozenset(one.uids) for one in find_conflicts(timed) if one.code == "overlap"}
    assert found == {
        frozenset((first.uid, second.uid)) for first in timed for second in timed if first.uid < second.uid and _overlap(first, second)
    }


@given(sessions=draw_sessions())
def test_people_twice_are_those_that_a_look_at_every_pair_finds(sessions: list[DraftSession]) -> None:
    presences = [one for one in list_presences(sessions) if one.slot is None]
    pairs = {
        frozenset((first.session.uid, second.session.uid))
        for first in presences
        for second in presences
        if first.session is not second.session
        and first.name == second.name
        and first.starts_at < second.ends_at
        and second.starts_at < first.ends_at
    }
    assert {frozenset(one.uids) for one in find_conflicts(sessions) if one.code == "person-twice"} == pairs


def _overlap(first: DraftSession, second: DraftSession) -> bool:
    starts = sorted((one.starts_at, one.minutes) for one in (first, second) if one.starts_at and one.minutes)
    if starts[0][0] + dt.timedelta(minutes=starts[0][1]) <= starts[1][0]:
        return False
    if not (first.is_parallel or second.is_parallel):
        return not (first.room and second.room) or first.room == second.room
    shares = any(one.is_parallel and one.kind in {"break", "poster"} for one in (first, second))
    return bool(first.room) and first.room == second.room and not shares
