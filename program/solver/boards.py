"""Posters onto boards in a row: neighbors alike in topic, posters of one author close to each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp

import numpy as np

from program.solver.placements import Matrix

MOVES_A_POSTER = 2_000
MOST_MOVES = 200_000
UNLIKE = 100


@dataclass(frozen=True, slots=True, eq=False)
class BoardProblem:
    """Posters to be hung: how alike they are (0 to 100), which share an author, the boards there are, which are given already.

    Boards are numbers; those that follow each other hang side by side. `fixed[poster]` is a board.
    """

    alike: Matrix
    shared: Matrix
    boards: tuple[int, ...]
    fixed: Mapping[int, int] = field(default_factory=dict)
    topic_weight: int = 1
    author_weight: int = 20


def hang_posters(problem: BoardProblem, seed: int = 1) -> dict[int, int]:
    """Return the board of each poster, the best of a search that gives the same for the same seed.

    Raises ValueError when there are more posters than boards, or a fixed board is not there or is given twice.
    """
    count, boards = len(problem.alike), np.array(sorted(problem.boards))
    fixed = dict(problem.fixed)
    if count > len(boards) or len(set(fixed.values())) < len(fixed) or not set(fixed.values()) <= set(problem.boards):
        raise ValueError("There are more posters than boards, or a board is given twice or does not exist.")
    held = _begin(problem, boards)
    free = [place for place, board in enumerate(boards.tolist()) if board not in fixed.values()]
    if len(free) > 1:
        _improve(problem, boards, held, free, seed)
    return {int(poster): int(board) for poster, board in zip(held.tolist(), boards.tolist(), strict=True) if poster >= 0}


def price_boards(problem: BoardProblem, hung: Mapping[int, int]) -> tuple[int, int]:
    """Return what boards cost: how unlike neighbors are; how many boards lie between posters that share an author."""
    by_board = {board: poster for poster, board in hung.items()}
    unlike = sum(int(UNLIKE - problem.alike[poster, by_board[board + 1]]) for board, poster in by_board.items() if board + 1 in by_board)
    apart = sum(abs(hung[one] - hung[other]) - 1 for one, other in np.argwhere(np.triu(problem.shared, 1)).tolist())
    return problem.topic_weight * unlike, problem.author_weight * apart


def _begin(problem: BoardProblem, boards: Matrix) -> Matrix:
    """Return posters by place: fixed ones first, then from left to right whoever is most like the neighbor."""
    held = np.full(len(boards), -1, dtype=np.int64)
    places = {int(board): place for place, board in enumerate(boards.tolist())}
    for poster, board in problem.fixed.items():
        held[places[board]] = poster
    left = [poster for poster in range(len(problem.alike)) if poster not in problem.fixed]
    likeness = problem.alike + problem.author_weight * problem.shared
    for place in range(len(boards)):
        if held[place] < 0 and left:
            before = int(held[place - 1]) if place else -1
            chosen = max(left, key=lambda one: (int(likeness[before, one]) if before >= 0 else 0, -one))
            held[place] = chosen
            left.remove(chosen)
    return held


def _improve(problem: BoardProblem, boards: Matrix, held: Matrix, free: list[int], seed: int) -> None:
    """Anneal by swaps of two boards and turns of a stretch, in place."""
    random = np.random.default_rng(seed)
    moves = min(MOST_MOVES, MOVES_A_POSTER * len(problem.alike))
    search = _Row(problem, boards, held)
    best, best_price, price = held.copy(), search.price(), search.price()
    heats = np.geomspace(60.0, 0.5, moves).tolist()
    picks = random.integers(len(free), size=(moves, 2)).tolist()
    chances = random.random(moves).tolist()
    for move, (one, other) in enumerate(picks):
        if one == other:
            continue
        first, second = free[one], free[other]
        change = search.swap(first, second)
        if change <= 0 or chances[move] < exp(-change / heats[move]):
            price += change
            if price < best_price:
                best, best_price = held.copy(), price
        else:
            search.swap(first, second)
    held[:] = best


class _Row:
    """Posters by place with what they cost their neighbors and the other posters of their authors."""

    def __init__(self, problem: BoardProblem, boards: Matrix, held: Matrix) -> None:
        self._held = held
        self._boards = boards.tolist()
        self._unlike = (problem.topic_weight * (UNLIKE - problem.alike)).tolist()
        self._friends = [np.flatnonzero(row).tolist() for row in problem.shared]
        self._weight = problem.author_weight
        self._row = held.tolist()
        self._place = {poster: place for place, poster in enumerate(self._row) if poster >= 0}

    def price(self) -> int:
        """Return what the whole row costs."""
        sides = sum(self._between(place) for place in range(len(self._row) - 1))
        apart = sum(self._reach(poster, self._friends[poster]) for poster in self._place)
        return sides + apart // 2

    def swap(self, first: int, second: int) -> int:
        """Let two places change their posters; return by how much the row costs more."""
        before = self._near(first, second)
        one, other = self._row[first], self._row[second]
        for place, poster in ((first, other), (second, one)):
            self._row[place] = poster
            self._held[place] = poster
            if poster >= 0:
                self._place[poster] = place
        return self._near(first, second) - before

    def _near(self, first: int, second: int) -> int:
        sides = {place for own in (first, second) for place in (own - 1, own) if 0 <= place < len(self._row) - 1}
        one, other = self._row[first], self._row[second]
        apart = 0
        for own, rest in ((one, other), (other, one)):
            if own >= 0:
                apart += self._reach(own, [friend for friend in self._friends[own] if friend != rest])
        return sum(self._between(place) for place in sides) + apart

    def _between(self, place: int) -> int:
        one, other = self._row[place], self._row[place + 1]
        is_side_by_side = one >= 0 and other >= 0 and self._boards[place] + 1 == self._boards[place + 1]
        return int(self._unlike[one][other]) if is_side_by_side else 0

    def _reach(self, poster: int, friends: list[int]) -> int:
        own = self._boards[self._place[poster]]
        return int(self._weight * sum(abs(own - self._boards[self._place[friend]]) - 1 for friend in friends))
