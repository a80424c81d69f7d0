"""Days solved: hard rules hold wherever they can, why not where they can't, and the same again for the same seed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.solver.days.contradictions import explain_contradiction
from program.solver.days.explaining import explain_moves
from program.solver.days.hard_model import build_hard_model
from program.solver.days.rules import RULES
from program.solver.days.solving import solve_day
from program.solver.days.values import Contradiction, DayPlan, DayProblem, OpenSession, Place, Reason, Talk
from program.solver.searching import Effort, Watch
from tests.program.solver.day_problems import can_hold, open_session, pose, talk

EFFORT = Effort(300, seed=1, moves=20_000)


def solve(problem: DayProblem, cache: Path, effort: Effort = EFFORT) -> DayPlan:
    plan = solve_day(problem, effort, cache=cache)
    assert isinstance(plan, DayPlan)
    return plan


def refuse(problem: DayProblem, cache: Path) -> tuple[Reason, ...]:
    found = solve_day(problem, EFFORT, cache=cache)
    assert isinstance(found, Contradiction)
    return found.reasons


def list_sessions(plan: DayPlan) -> dict[str, str]:
    return {uid: place.session for uid, place in sorted(plan.places.items())}


def test_talks_of_one_topic_share_a_session(cache: Path) -> None:
    alike = np.array([[100, 0, 90, 0], [0, 100, 0, 90], [90, 0, 100, 0], [0, 90, 0, 100]])
    sessions = [open_session(1, room="A"), open_session(2, room="B")]
    plan = solve(pose(sessions, [talk(number) for number in range(4)], alike=alike), cache)
    assert {frozenset(uid for uid, place in plan.places.items() if place.session == session) for session in ("s1", "s2")} == {
        frozenset({"t0", "t2"}),
        frozenset({"t1", "t3"}),
    }
    assert (plan.hard, plan.costs, plan.is_proven) == (0, {"cohesion": 2 * 4 * 10}, True)


def test_places_follow_each_other_without_holes(cache: Path) -> None:
    plan = solve(pose([open_session(1, start=30, talks=4)], [talk(1), talk(2, minutes=20)]), cache)
    assert sorted((place.place, place.span[0]) for place in plan.places.values()) in ([(0, 30), (1, 40)], [(0, 30), (1, 50)])


def test_a_presenter_speaks_while_there(cache: Path) -> None:
    late, early = talk(1, "Ada", away=((0, 20),)), talk(2, "Olga", away=((10, 60),))
    plan = solve(pose([open_session(1, talks=3)], [late, early, talk(3, "Eve")]), cache)
    assert plan.places == {"t2": Place("s1", 0, (0, 10)), "t3": Place("s1", 1, (10, 20)), "t1": Place("s1", 2, (20, 30))}


@pytest.mark.parametrize(
    ("more", "other"),
    [
        ({"popularity": 50}, "popularity"),
        ({"wishes": frozenset({"s2"})}, "wishes"),
        ({"published": "s2", "published_place": 0}, "movement"),
        ({"night": ((0, 10),)}, "night"),
    ],
)
def test_a_paper_goes_where_it_costs_least(cache: Path, more: dict[str, object], other: str) -> None:
    sessions = [open_session(1, talks=1, seats=20), open_session(2, start=10, talks=1, seats=50)]
    plan = solve(pose(sessions, [talk(1, **more)]), cache)
    assert (list_sessions(plan), plan.costs) == ({"t1": "s2"}, {})
    barred = solve(pose(sessions[:1], [talk(1, **more)]), cache)
    assert list(barred.costs) == [other]


@pytest.mark.parametrize(
    ("people", "rule"),
    [((("Ada", "Olga"), ("Olga", "Ada")), "coauthors"), ((("Ada",), ("Ada",)), "presenters"), ((("Ada",), ("Olga",)), "")],
)
def test_people_are_not_in_two_places(cache: Path, people: tuple[tuple[str, ...], ...], rule: str) -> None:
    sessions = [open_session(1, talks=1), open_session(2, talks=1, room="B"), open_session(3, start=200, talks=1)]
    first, second = (talk(number, *names) for number, names in enumerate(people))
    plan = solve(pose(sessions, [first, second], weights={"load": 0}), cache)
    assert (plan.hard, plan.costs) == (0, {})
    if rule:
        assert set(list_sessions(plan).values()) != {"s1", "s2"}


def test_order_holds_across_sessions_and_within(cache: Path) -> None:
    sessions = [open_session(1), open_session(2, start=20)]
    talks = [talk(number) for number in range(4)]
    order = (("t3", "t0"), ("t0", "t2"), ("t2", "t1"))
    plan = solve(pose(sessions, talks, order=order), cache)
    assert sorted(plan.places, key=lambda uid: plan.places[uid].span) == ["t3", "t0", "t2", "t1"]
    assert plan.hard == 0


def test_talk_comes_before_its_poster(cache: Path) -> None:
    poster = OpenSession("p", "Posters", (0, 60), day="1", room="H", takes=frozenset({"poster"}))
    later = replace(poster, uid="q", span=(100, 160))
    own = Talk("w", "Poster", 60, "poster")
    plan = solve(pose([open_session(1, start=60), poster, later], [talk(1), own], companions=(("t1", "w"),)), cache)
    assert list_sessions(plan) == {"t1": "s1", "w": "q"}


def test_nobody_speaks_in_two_sessions_of_a_day_without_need(cache: Path) -> None:
    sessions = [open_session(1), open_session(2, start=30), replace(open_session(3, start=2000), day="2")]
    plan = solve(pose(sessions, [talk(1, "Ada"), talk(2, "Ada", pinned="s3"), talk(3, "Ada")], weights={"cohesion": 0}), cache)
    assert list_sessions(plan)["t1"] == list_sessions(plan)["t3"]


def test_weights_say_what_wins(cache: Path) -> None:
    sessions = [open_session(1, talks=1, seats=20), open_session(2, start=30, talks=1, seats=100)]
    own = talk(1, popularity=100, wishes=frozenset({"s1"}))
    assert list_sessions(solve(pose(sessions, [own], weights={"wishes": 500}), cache)) == {"t1": "s1"}
    assert list_sessions(solve(pose(sessions, [own], weights={"wishes": 1}), cache)) == {"t1": "s2"}


def test_same_seed_gives_the_same_plan(cache: Path) -> None:
    random = np.random.default_rng(5)
    half = np.triu(random.integers(0, 90, (20, 20)), 1)
    sessions = [open_session(number, start=40 * (number // 2), talks=4, room="AB"[number % 2]) for number in range(6)]
    problem = pose(sessions, [talk(number, f"p{number // 2}") for number in range(20)], alike=half + half.T)
    first, second = (solve(problem, cache, Effort(300, seed=7, moves=50_000)) for _ in range(2))
    assert (first.places, first.costs, first.hard) == (second.places, second.costs, 0)


def test_better_plans_are_told_as_they_come(cache: Path) -> None:
    random = np.random.default_rng(3)
    half = np.triu(random.integers(0, 90, (12, 12)), 1)
    problem = pose([open_session(n, start=60 * n, talks=6) for n in range(2)], [talk(n) for n in range(12)], alike=half + half.T)
    told: list[int] = []
    plan = solve_day(problem, EFFORT, cache=cache, watch=Watch(lambda one, _: told.append(one.soft)))
    assert isinstance(plan, DayPlan)
    assert told == sorted(told, reverse=True)
    assert (len(told) > 1, told[-1]) == (True, plan.soft)


def test_stopping_keeps_the_best(cache: Path) -> None:
    plan = solve_day(pose([open_session(1)], [talk(1), talk(2)]), Effort(60), cache=cache, watch=Watch(should_stop=lambda: True))
    assert isinstance(plan, DayPlan)
    assert (set(plan.places), plan.hard) == ({"t1", "t2"}, 0)


@pytest.mark.parametrize(
    ("problem", "reasons"),
    [
        (pose([open_session(1, talks=1)], [talk(1), talk(2)]), (("fits", "s1"), ("placed", "t1"), ("placed", "t2"))),
        (pose([open_session(1)], [talk(1, presentation="poster")]), (("kind", "t1"), ("placed", "t1"))),
        (pose([open_session(1)], [talk(1, away=((0, 100),))]), (("available", "t1"), ("placed", "t1"))),
        (pose([open_session(1)], [talk(1, pinned="s9")]), (("pinned", "t1"), ("placed", "t1"))),
        (
            pose([open_session(1, talks=1), open_session(2, talks=1, room="B")], [talk(1, "Ada"), talk(2, "Ada")]),
            (("fits", "s1"), ("fits", "s2"), ("placed", "t1"), ("placed", "t2"), ("presenters", "Ada")),
        ),
        (
            pose([open_session(1), open_session(2, start=20)], [talk(1, pinned="s2"), talk(2, pinned="s1")], order=(("t1", "t2"),)),
            (("order", "t1>t2"), ("pinned", "t1"), ("pinned", "t2"), ("placed", "t1"), ("placed", "t2")),
        ),
    ],
)
def test_contradiction_is_the_smallest(cache: Path, problem: DayProblem, reasons: tuple[Reason, ...]) -> None:
    assert refuse(problem, cache) == reasons
    for reason in reasons:
        relaxed = solve_day(replace(problem, relaxed=frozenset({reason})), EFFORT, cache=cache)
        assert isinstance(relaxed, DayPlan)


@given(
    pins=st.lists(st.sampled_from(["", "", "s0", "s1"]), min_size=4, max_size=4),
    people=st.lists(st.sampled_from(["Ada", "Olga", "Eve"]), min_size=4, max_size=4),
    sizes=st.lists(st.integers(1, 3), min_size=2, max_size=2),
    gap=st.sampled_from([0, 30]),
    pairs=st.lists(st.sampled_from([("t0", "t1"), ("t2", "t3"), ("t3", "t0")]), max_size=2, unique=True),
)
@settings(max_examples=40, deadline=None)
def test_contradiction_is_told_if_and_only_if_there_is_one(
    pins: list[str], people: list[str], sizes: list[int], gap: int, pairs: list[tuple[str, str]]
) -> None:
    sessions = [open_session(number, start=gap * number, talks=size, room="AB"[number]) for number, size in enumerate(sizes)]
    talks = [talk(number, person, pinned=pin) for number, (person, pin) in enumerate(zip(people, pins, strict=True))]
    problem = pose(sessions, talks, order=tuple(pairs))
    found = explain_contradiction(problem)
    assert (found is None) == can_hold(problem)
    if found:
        others = build_hard_model(problem, has_reasons=True).reasons.keys() - set(found.reasons)
        assert not can_hold(replace(problem, relaxed=frozenset(others)))
        for reason in found.reasons:
            assert can_hold(replace(problem, relaxed=frozenset({*others, reason})))


def test_every_rule_has_words() -> None:
    for rule in RULES.values():
        assert rule.words.endswith(".")
        assert rule.is_hard or rule.unit


def test_posters_hang_all_at_once(cache: Path) -> None:
    morning = OpenSession("m", "Morning", (0, 60), day="1", takes=frozenset({"poster"}), boards=2)
    evening = replace(morning, uid="e", span=(300, 360), boards=1)
    away = Talk("w0", "Poster 0", 60, "poster", away=((10, 20),))
    posters = [away, Talk("w1", "Poster 1", 60, "poster"), Talk("w2", "Poster 2", 60, "poster")]
    plan = solve(pose([morning, evening], posters), cache)
    assert plan.places == {"w0": Place("e", 0, (300, 360)), "w1": Place("m", 0, (0, 60)), "w2": Place("m", 1, (0, 60))} or (
        plan.places == {"w0": Place("e", 0, (300, 360)), "w2": Place("m", 0, (0, 60)), "w1": Place("m", 1, (0, 60))}
    )
    assert refuse(pose([evening], posters[1:]), cache) == (("fits", "e"), ("placed", "w1"), ("placed", "w2"))


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"published": "s9"}, "gone"),
        ({"published": "s1", "away": ((0, 20),)}, "available"),
        ({"published": "s1", "presentation": "poster"}, "kind"),
        ({"published": "s1", "popularity": 80}, "popularity"),
        ({"published": "s1"}, "fits"),
    ],
)
def test_moves_are_explained(more: dict[str, object], rule: str) -> None:
    sessions = [open_session(1, talks=1, seats=20), open_session(2, start=30, talks=1, seats=100)]
    problem = pose(sessions, [talk(1, "Ada", **more), talk(2, "Olga", published="s1")])
    plan = DayPlan({"t1": Place("s2", 0, (30, 40)), "t2": Place("s1", 0, (0, 10))})
    [moved] = explain_moves(problem, plan)
    assert (moved.talk, moved.before, moved.after, moved.rule) == ("t1", more["published"], "s2", rule)
    assert moved.gain == (20 * 100 * 60 // 10 if rule == "popularity" else 0)


def test_presenters_who_stand_elsewhere_explain_a_move() -> None:
    sessions = [open_session(1), open_session(2, room="B"), open_session(3, start=30)]
    problem = pose(sessions, [talk(1, "Ada", published="s1"), talk(2, "Ada", published="s2")])
    plan = DayPlan({"t1": Place("s3", 0, (30, 40)), "t2": Place("s2", 0, (0, 10))})
    assert [(one.talk, one.rule) for one in explain_moves(problem, plan)] == [("t1", "presenters")]


def test_what_the_world_saw_stays_where_it_can(cache: Path) -> None:
    sessions = [open_session(number, start=30 * number, talks=3) for number in range(2)]
    talks = [talk(number, published=f"s{number % 2}", published_place=number // 2) for number in range(6)]
    new = replace(talks[0], away=((0, 30),))
    plan = solve(pose(sessions, [new, *talks[1:]], weights={"cohesion": 0}), cache)
    moved = {uid for uid, place in plan.places.items() if place.session != f"s{int(uid[1:]) % 2}"}
    assert ("t0" in moved, len(moved), plan.hard) == (True, 2, 0)
