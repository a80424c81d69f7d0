"""What plans of sessions cost, told by hand; what the searches find, told by trying everything."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings

from program.solver.searching import Effort, SearchRun, Watch
from program.solver.session_model import improve_plan
from program.solver.session_starts import count_placed, pack_exactly, pack_greedily, start_plan
from program.solver.sessions import SessionPlan, SessionProblem, SessionWeights, score_plan
from program.solver.solving import solve_sessions
from tests.program.solver.small_problems import is_valid_plan, make_session_problem, rank_best_plan, session_problems

PROBED = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write_problem() -> SessionProblem:
    """Return four papers of two topics, three sessions of two rooms, every cost with a number of its own."""
    pairs = np.zeros((4, 4), dtype=np.int64)
    together, at_once = pairs.copy(), pairs.copy()
    together[0, 2] = together[2, 0] = 100
    at_once[1, 3] = at_once[3, 1] = 1_000
    return SessionProblem(
        room_count=2,
        capacity=np.array([2, 2, 2]),
        length=np.array([1, 1, 1, 1]),
        topic=np.array([0, 0, 1, 1]),
        wanted=np.array([1, 2, 0, 0]),
        topic_costs=np.arange(12).reshape(2, 3, 2),
        paper_costs=np.zeros((4, 3, 2), dtype=np.int64),
        topic_pairs=np.array([[0, 10_000], [10_000, 0]]),
        session_pairs=together,
        slot_pairs=at_once,
        weights=SessionWeights(parallel=100_000, rooms=1_000_000, gaps=10_000_000, order=100_000_000),
    )


def test_each_rule_is_told_by_name() -> None:
    side_by_side = score_plan(write_problem(), SessionPlan({(0, 0): (0, 1), (0, 1): (2, 3)}))
    assert (side_by_side.rank, side_by_side.parts) == (
        (0, 0, 0, 11_107),
        {"topics at their place": 7, "topics side by side": 10_000, "papers in one session": 100, "papers at one time": 1_000},
    )
    torn = score_plan(write_problem(), SessionPlan({(0, 0): (1,), (2, 1): (0,), (1, 0): (2,), (1, 1): (3,)}))
    assert torn.parts == {
        "topics at their place": 22,
        "one topic in parallel": 100_000,
        "rooms of a topic": 2_000_000,
        "gaps in a topic": 10_000_000,
        "order in a topic": 200_000_000,
    }


def test_breaches_are_hard_and_missing_papers_counted() -> None:
    score = score_plan(write_problem(), SessionPlan({(0, 0): (0, 1, 2)}))
    assert (score.unplaced, score.hard) == (1, 2)


def test_places_tell_the_first_slot() -> None:
    problem = replace(write_problem(), length=np.array([2, 1, 1, 1]), capacity=np.array([3, 3, 3]))
    assert SessionPlan({(1, 1): (0, 1)}).list_places(problem) == {0: (1, 1, 0), 1: (1, 1, 2)}


def write_tight_problem() -> SessionProblem:
    """Return two topics that fit only if the one with three papers gets the long sessions' cells."""
    problem = make_session_problem(1, papers=5, sessions=2, rooms=1)
    return replace(problem, capacity=np.array([3, 2]), length=np.ones(5, dtype=np.int64), topic=np.array([0, 0, 0, 1, 1]))


def test_exact_start_places_what_greed_leaves_out() -> None:
    problem = write_tight_problem()
    assert min(count_placed(pack_greedily(problem, seed)) for seed in range(8)) < 5
    assert [count_placed(start_plan(problem, seed)) for seed in range(8)] == [5] * 8
    assert is_valid_plan(problem, pack_exactly(problem, 1))


@PROBED
@given(problem=session_problems)
def test_search_is_valid_and_as_good_as_trying_everything(problem: SessionProblem, cache: Path) -> None:
    told: list[SessionPlan] = []
    effort = Effort(60, moves=8_000, searcher_count=1)
    found = solve_sessions(problem, effort, cache=cache, watch=Watch(lambda one, _: told.append(one)))
    ranks = [score_plan(problem, one).rank for one in told]
    assert all(is_valid_plan(problem, one) for one in [*told, found])
    assert ranks == sorted(set(ranks), reverse=True)
    assert score_plan(problem, found).rank == ranks[-1]
    best = rank_best_plan(problem)
    assert ranks[-1] == best if best[0] == 0 else ranks[-1] >= best


@PROBED
@given(problem=session_problems)
def test_exact_search_offers_only_valid_plans(problem: SessionProblem) -> None:
    plan = start_plan(problem, 1)
    told: list[SessionPlan] = []
    run = SearchRun(
        lambda: plan, lambda one: score_plan(problem, one).rank, Effort(30, searcher_count=1), Watch(lambda one, _: told.append(one))
    )
    improve_plan(problem, run, Effort(30, searcher_count=1))
    assert all(is_valid_plan(problem, one) for one in told)


def solve_exactly(problem: SessionProblem) -> SessionPlan:
    """Return what the exact search makes of the start."""
    run = SearchRun(lambda: start_plan(problem, 1), lambda one: score_plan(problem, one).rank, Effort(30))
    improve_plan(problem, run, Effort(30, searcher_count=1))
    return run.close()


def test_exact_search_is_exact_where_order_does_not_matter() -> None:
    flat = np.zeros((4, 4), dtype=np.int64)
    for seed in (3, 4, 5):
        problem = make_session_problem(seed, papers=4, sessions=2, rooms=2)
        lone = replace(problem.weights, order=0, parallel=1_000)
        problem = replace(problem, slot_pairs=flat, length=np.ones(4, dtype=np.int64), capacity=np.array([4, 4]), weights=lone)
        assert score_plan(problem, solve_exactly(problem)).rank == rank_best_plan(problem)


def test_same_seed_gives_the_same_plan(cache: Path) -> None:
    problem = make_session_problem(5, papers=30, sessions=8, rooms=4, topics=5)
    first, second, other = (solve_sessions(problem, Effort(60, seed=seed, moves=3_000), cache=cache).cells for seed in (4, 4, 5))
    assert (first == second, first == other) == (True, False)


def test_papers_wait_where_cells_are_few(cache: Path) -> None:
    problem = make_session_problem(2, papers=6, sessions=1, rooms=1)
    problem = replace(problem, capacity=np.array([2]), length=np.ones(6, dtype=np.int64), topic=np.array([0, 0, 0, 1, 1, 1]))
    found = solve_sessions(problem, Effort(60, moves=5_000), cache=cache)
    assert score_plan(problem, found).rank == rank_best_plan(problem)
    assert score_plan(problem, found).unplaced == 4
