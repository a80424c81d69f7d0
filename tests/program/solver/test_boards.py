"""Posters on boards: alike ones side by side, those of one author close to each other."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.solver.boards import BoardProblem, hang_posters, price_boards
from program.solver.placements import Matrix


def mirror(half: Matrix) -> Matrix:
    upper = np.triu(half, 1)
    return upper + upper.T


def test_topics_hang_together() -> None:
    topics = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2])
    alike = np.where(topics[:, None] == topics, 80, 5)
    hung = hang_posters(BoardProblem(alike, np.zeros_like(alike), tuple(range(140, 149))))
    row = [topics[poster] for poster in sorted(hung, key=lambda one: hung[one])]
    assert sorted(hung.values()) == list(range(140, 149))
    assert sum(one != other for one, other in pairwise(row)) == 2


def test_one_author_stands_between_her_posters() -> None:
    alike = np.zeros((5, 5), dtype=np.int64)
    shared = np.zeros((5, 5), dtype=np.int64)
    shared[0, 4] = shared[4, 0] = 1
    hung = hang_posters(BoardProblem(alike, shared, (1, 2, 3, 4, 5)))
    assert abs(hung[0] - hung[4]) == 1


def test_given_boards_stay() -> None:
    alike = np.zeros((3, 3), dtype=np.int64)
    hung = hang_posters(BoardProblem(alike, alike, (1, 2, 3, 9), {1: 9, 2: 2}))
    assert hung == {0: hung[0], 1: 9, 2: 2}
    assert hung[0] in {1, 3}


@pytest.mark.parametrize(("boards", "fixed"), [((1,), {}), ((1, 2), {0: 7}), ((1, 2), {0: 1, 1: 1})])
def test_impossible_boards_are_refused(boards: tuple[int, ...], fixed: dict[int, int]) -> None:
    nothing = np.zeros((2, 2), dtype=np.int64)
    with pytest.raises(ValueError, match="more posters than boards"):
        hang_posters(BoardProblem(nothing, nothing, boards, fixed))


@given(st.integers(0, 1_000), st.integers(2, 5), st.integers(0, 1))
@settings(max_examples=15, deadline=None)
def test_small_rows_are_the_best_there_are(seed: int, count: int, spare: int) -> None:
    random = np.random.default_rng(seed)
    alike, shared = mirror(random.integers(0, 100, (count, count))), mirror(random.integers(0, 2, (count, count)))
    problem = BoardProblem(alike, shared, tuple(range(count + spare)))
    best = min(sum(price_boards(problem, dict(enumerate(boards)))) for boards in permutations(problem.boards, count))
    assert sum(price_boards(problem, hang_posters(problem, seed))) == best


def test_same_seed_gives_the_same_boards() -> None:
    random = np.random.default_rng(2)
    alike = mirror(random.integers(0, 100, (12, 12)))
    problem = BoardProblem(alike, np.zeros_like(alike), tuple(range(12)))
    assert hang_posters(problem, 3) == hang_posters(problem, 3)
