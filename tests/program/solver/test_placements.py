"""What placements cost, told by hand; what the search finds, told by trying everything."""

from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings

from program.solver.placement_repair import repair_placement
from program.solver.placement_starts import start_placement
from program.solver.placements import CostTerm, CountTerm, PairTerm, Placement, PlacementProblem, score_placement
from program.solver.searching import Effort, Watch
from program.solver.solving import solve_placement
from tests.program.solver.small_problems import is_valid_placement, make_placement_problem, place, placement_problems, rank_best_placement

PROBED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write_problem() -> PlacementProblem:
    """Return two talks, two times, two rooms with one term of each kind."""
    ones = np.ones((2, 2), dtype=np.int64)
    return PlacementProblem(
        allowed=np.ones((2, 2, 2), dtype=np.bool_),
        costs=(CostTerm("late", "soft", np.array([[[0, 0], [3, 3]], [[0, 0], [5, 5]]])),),
        pairs=(
            PairTerm("same time", "hard", np.array([[0, 1], [0, 0]]), np.eye(2, dtype=np.int64), ones),
            PairTerm("same room", "medium", np.array([[0, 7], [0, 0]]), ones, np.eye(2, dtype=np.int64)),
        ),
        counts=(CountTerm("crowd", "soft", np.array([True, True]), np.array([[0, 0, 11], [0, 0, 13]])),),
    )


def test_terms_count_by_level_and_name() -> None:
    problem = write_problem()
    apart = score_placement(problem, place((0, 0), (1, 0)))
    assert (apart.rank, apart.parts) == ((0, 0, 7, 5), {"late": 5, "same room": 7})
    together = score_placement(problem, place((1, 0), (1, 1)))
    assert (together.rank, together.parts) == ((0, 1, 0, 21), {"late": 8, "same time": 1, "crowd": 13})


def test_unplaced_items_cost_nothing_and_are_counted() -> None:
    score = score_placement(write_problem(), place((1, 1), None))
    assert (score.rank, score.parts) == ((1, 0, 0, 3), {"late": 3})


def test_forbidden_places_count_as_unplaced() -> None:
    allowed = np.zeros((1, 1, 2), dtype=np.bool_)
    allowed[0, 0, 0] = True
    assert score_placement(PlacementProblem(allowed), place((0, 1))).rank == (1, 0, 0, 0)


def test_start_places_as_many_as_can_stand() -> None:
    allowed = np.zeros((3, 1, 3), dtype=np.bool_)
    allowed[0, 0, :2] = allowed[1, 0, 0] = allowed[2, 0, 1:] = True
    start = start_placement(PlacementProblem(allowed), seed=3)
    assert (start.times.tolist(), start.rooms.tolist()) == ([0, 0, 0], [1, 0, 2])


@PROBED
@given(problem=placement_problems)
def test_repair_keeps_who_is_placed_and_breaks_no_more(problem: PlacementProblem) -> None:
    start = start_placement(problem, 2)
    repaired = repair_placement(problem, start, 2)
    assert is_valid_placement(problem, repaired)
    assert (repaired.times == -1).tolist() == (start.times == -1).tolist()
    assert score_placement(problem, repaired).hard <= score_placement(problem, start).hard


def test_repair_finds_what_breaks_nothing_hard() -> None:
    away = np.array([[[(item + time) % 6 in (0, 1, 2)] * 2 for time in range(6)] for item in range(12)], dtype=np.int64)
    clash = np.array([[int(one < other and (one + other) % 4 == 1) for other in range(12)] for one in range(12)])
    at_once = PairTerm("at once", "hard", clash, np.eye(6, dtype=np.int64), np.ones((2, 2), dtype=np.int64))
    problem = PlacementProblem(np.ones((12, 6, 2), dtype=np.bool_), (CostTerm("away", "hard", away),), (at_once,))
    start = start_placement(problem, 1)
    assert score_placement(problem, start).hard > 5
    assert score_placement(problem, repair_placement(problem, start, 1)).hard == 0


@PROBED
@given(problem=placement_problems)
def test_search_is_valid_and_as_good_as_trying_everything(problem: PlacementProblem, cache: Path) -> None:
    told: list[Placement] = []
    found = solve_placement(problem, Effort(60, moves=8_000, searcher_count=1), cache=cache, watch=Watch(lambda one, _: told.append(one)))
    ranks = [score_placement(problem, one).rank for one in told]
    assert all(is_valid_placement(problem, one) for one in [*told, found])
    assert ranks == sorted(set(ranks), reverse=True)
    best = rank_best_placement(problem)
    assert score_placement(problem, found).rank == ranks[-1]
    assert ranks[-1] == best if best[0] == 0 else (ranks[-1][0], ranks[-1] >= best) == (best[0], True)


def test_same_seed_gives_the_same_placement(cache: Path) -> None:
    problem = make_placement_problem(5, items=30, times=6, rooms=5)
    first, second, other = (solve_placement(problem, Effort(60, seed=seed, moves=3_000), cache=cache) for seed in (4, 4, 5))
    assert (first.times.tolist(), first.rooms.tolist()) == (second.times.tolist(), second.rooms.tolist())
    assert (first.times.tolist(), first.rooms.tolist()) != (other.times.tolist(), other.rooms.tolist())


def test_pinned_items_keep_their_place_when_places_are_few(cache: Path) -> None:
    allowed = np.ones((5, 2, 2), dtype=np.bool_)
    allowed[0] = False
    allowed[0, 1, 1] = True
    costs = np.arange(20).reshape(5, 2, 2) * 10
    found = solve_placement(PlacementProblem(allowed, (CostTerm("dear", "soft", costs),)), Effort(60, moves=2_000), cache=cache)
    assert (found.times[0], found.rooms[0]) == (1, 1)
    assert found.times.tolist()[4] == -1
    assert sorted(found.times.tolist()) == [-1, 0, 0, 1, 1]


def test_nothing_to_place_is_placed_at_once(cache: Path) -> None:
    found = solve_placement(PlacementProblem(np.zeros((0, 2, 2), dtype=np.bool_)), Effort(60), cache=cache)
    assert found.times.tolist() == []


def test_a_given_start_is_never_made_worse(cache: Path) -> None:
    problem = write_problem()
    best = place((1, 0), (0, 1))
    found = solve_placement(problem, Effort(60, moves=100), cache=cache, start=best)
    assert score_placement(problem, found).rank == score_placement(problem, best).rank == rank_best_placement(problem)
