"""Repairs what a first placement breaks of the hard terms, by swaps, without the compiler."""

from typing import Any

import numpy as np
import numpy.typing as npt

from program.solver.placements import HARD, UNPLACED, Matrix, Placement, PlacementProblem, score_placement

MOST_STEPS = 1_500
PARTNERS = 8  # places tried in each step, the most promising first
SIDEWAYS = 0.3  # of the swaps that change nothing are done
BACKWARD = 0.03  # of those that break more, to get out of a corner

Random = np.random.Generator


class _HardPrices:
    """What hard terms cost one item, with where all others stand."""

    def __init__(self, problem: PlacementProblem, times: Matrix, rooms: Matrix) -> None:
        self.times, self.rooms = times, rooms
        self.alone = sum((term.costs for term in problem.costs if term.level == HARD), np.zeros(problem.allowed.shape, dtype=np.int64))
        self._relations: list[tuple[Matrix, Matrix, Matrix]] = []
        for term in problem.pairs:
            if term.level == HARD:
                items = term.items * (1 - np.eye(problem.item_count, dtype=np.int64))
                self._relations += [(items, term.times, term.rooms), (items.T, term.times.T, term.rooms.T)]

    def price_places(self, item: int) -> Matrix:
        """Return what the item would cost at each time in each room."""
        placed = self.times != UNPLACED
        price: Matrix = self.alone[item].copy()
        for items, times, rooms in self._relations:
            others = np.flatnonzero(placed & (items[item] != 0))
            if others.size:
                price += (times[:, self.times[others]] * items[item, others]) @ rooms[:, self.rooms[others]].T
        return price

    def price_items(self, *items: int) -> int:
        """Return what these items cost where they stand; what two of them cost each other counts twice."""
        return sum(int(self.price_places(item)[self.times[item], self.rooms[item]]) for item in items)


def repair_placement(problem: PlacementProblem, start: Placement, seed: int) -> Placement:
    """Return a placement of the same items that breaks hard terms less, or the start if no swap helps."""
    random = np.random.default_rng(seed)
    prices = _HardPrices(problem, start.times.copy(), start.rooms.copy())
    occupants = np.full(problem.allowed.shape[1:], -1, dtype=np.int64)
    placed = np.flatnonzero(start.times != UNPLACED)
    occupants[start.times[placed], start.rooms[placed]] = placed
    broken: list[int] = []
    best, gained, most = start, 0, 0
    for _ in range(MOST_STEPS):
        if not broken:
            broken = [int(item) for item in random.permutation(placed) if prices.price_items(item) > 0]
            if not broken:
                break
        item = broken.pop()
        if prices.price_items(item) > 0:
            gained += _improve_item(problem, prices, occupants, item, random)
        if gained > most:
            best, most = Placement(prices.times.copy(), prices.rooms.copy()), gained
    return min(start, best, key=lambda one: score_placement(problem, one).hard)


def _improve_item(problem: PlacementProblem, prices: _HardPrices, occupants: Matrix, item: int, random: Random) -> int:
    """Take the item to the first of the promising places where that is no loss, seldom elsewhere; return what is gained."""
    time, room = int(prices.times[item]), int(prices.rooms[item])
    wanted = prices.price_places(item) + random.random(occupants.shape)
    may = problem.allowed[item] & _list_free(problem, occupants, time, room)
    may[time, room] = False
    places = np.argwhere(may)
    order = np.argsort(wanted[may], kind="stable")[:PARTNERS]
    for to_time, to_room in places[order].tolist():
        other = int(occupants[to_time, to_room])
        pair = [item] if other < 0 else [item, other]
        before = prices.price_items(*pair)
        _swap(prices, occupants, (time, room), (to_time, to_room))
        gain = before - prices.price_items(*pair)
        if gain > 0 or random.random() < (BACKWARD if gain else SIDEWAYS):
            return gain
        _swap(prices, occupants, (time, room), (to_time, to_room))
    return 0


def _list_free(problem: PlacementProblem, occupants: Matrix, time: int, room: int) -> npt.NDArray[Any]:
    """Return which places are empty or held by an item that may stand here."""
    may = problem.allowed[:, time, room]
    return (occupants < 0) | may[np.maximum(occupants, 0)]


def _swap(prices: _HardPrices, occupants: Matrix, one: tuple[int, int], other: tuple[int, int]) -> None:
    occupants[one], occupants[other] = occupants[other], occupants[one]
    for place in (one, other):
        if occupants[place] >= 0:
            prices.times[occupants[place]], prices.rooms[occupants[place]] = place
