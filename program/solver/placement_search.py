"""Local search for placements, from any start to a better one by annealing; importing this module loads the compiler."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from program.solver import placement_kernels as kernels
from program.solver.placement_starts import list_waiting
from program.solver.placements import HARD, LEVELS, MEDIUM, SOFT, UNPLACED, Matrix, PairTerm, Placement, PlacementProblem

QUENCH_MOVES = 50_000
SAMPLE = 4_000

Relation = tuple[npt.NDArray[np.float64], Matrix, Matrix]


def weigh_levels(problem: PlacementProblem) -> dict[str, float]:
    """Return by how much each level counts in one number, so that the least breach of a level costs more than moves gain below it."""
    largest = dict.fromkeys(LEVELS, 0.0)
    least = dict.fromkeys(LEVELS, np.inf)
    for level, values in _list_sizes(problem):
        sizes = np.abs(values[values != 0])
        if sizes.size:
            largest[level] = max(largest[level], float(sizes.max()))
            least[level] = min(least[level], float(sizes.min()))
    weights = {SOFT: 1.0}
    weights[MEDIUM] = float(np.ceil(max(1.0, 10 * (largest[SOFT] + 1) / least[MEDIUM])))
    below = max(largest[SOFT], largest[MEDIUM] * weights[MEDIUM])
    weights[HARD] = float(np.ceil(max(1.0, 10 * (below + 1) / least[HARD])))
    return weights


def _list_sizes(problem: PlacementProblem) -> Iterator[tuple[str, Matrix]]:
    for cost in problem.costs:
        yield cost.level, cost.costs
    for count in problem.counts:
        yield count.level, count.costs
    for pair in problem.pairs:
        parts = [np.abs(values[values != 0]) for values in (pair.items, pair.times, pair.rooms)]
        if all(part.size for part in parts):
            yield pair.level, np.array([np.prod([part.min() for part in parts]), np.prod([part.max() for part in parts])])


def make_tables(problem: PlacementProblem, start: Placement) -> kernels.PlacementTables:
    """Bring a problem into the shape of the kernels; whoever waits at the start gets places at times after the last, which cost nothing."""
    weights = weigh_levels(problem)
    allowed = _allow_waiting(problem, start)
    costs = np.zeros(allowed.shape)
    for term in problem.costs:
        costs[:, : problem.time_count] += weights[term.level] * term.costs
    tables = _make_relations(problem, weights, allowed.shape)
    places = [np.flatnonzero(places) for places in allowed]
    members = [term.members.astype(np.int64) for term in problem.counts]
    width = problem.item_count + 1
    count_costs = np.zeros((len(problem.counts), allowed.shape[1], width))
    for number, count in enumerate(problem.counts):
        known = min(width, count.costs.shape[1])
        count_costs[number, : problem.time_count, :known] = weights[count.level] * count.costs[:, :known]
    return kernels.PlacementTables(
        costs=costs,
        may_at=allowed.any(axis=2),
        allowed=allowed,
        places=np.concatenate([np.zeros(0, dtype=np.int64), *places]).astype(np.int64),
        starts=np.cumsum([0, *(len(row) for row in places)]).astype(np.int64),
        members=np.stack(members, axis=1) if members else np.zeros((problem.item_count, 0), dtype=np.int64),
        count_costs=count_costs,
        **tables,
    )


def _allow_waiting(problem: PlacementProblem, start: Placement) -> npt.NDArray[np.bool_]:
    """Return where items may stand, with as many places to wait as items wait; who has one place only does not give it up."""
    waiting = list_waiting(start)
    more = -(-len(waiting) // max(1, problem.room_count))
    allowed = np.zeros((problem.item_count, problem.time_count + more, problem.room_count), dtype=np.bool_)
    allowed[:, : problem.time_count] = problem.allowed
    may_wait = problem.allowed.sum(axis=(1, 2)) != 1
    may_wait[waiting] = True
    for number in range(len(waiting)):
        allowed[may_wait, problem.time_count + number // problem.room_count, number % problem.room_count] = True
    return allowed


def _make_relations(problem: PlacementProblem, weights: dict[str, float], shape: tuple[int, ...]) -> dict[str, Any]:
    relations = _merge_relations(problem.pairs, weights)
    count = max(1, len(relations))
    items = np.zeros((shape[0], shape[0], count))
    times = np.zeros((count, shape[1], shape[1]))
    rooms = np.ones((count, shape[2], shape[2]))
    for x, (of_items, of_times, of_rooms) in enumerate(relations):
        items[:, :, x] = of_items
        times[x, : problem.time_count, : problem.time_count] = of_times.T
        rooms[x] = of_rooms.T
    return {"items": _shrink(items), "times": times, "rooms": rooms, "is_roomless": (rooms == 1).all(axis=(1, 2))}


def _shrink(values: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    """Return the values in half the width where that loses nothing; the search reads little else."""
    narrow = values.astype(np.float32)
    return narrow if (narrow == values).all() else values


def _merge_relations(pairs: tuple[PairTerm, ...], weights: dict[str, float]) -> list[Relation]:
    """Return relations that count each unordered pair once from either side, those with equal times and rooms as one."""
    merged: list[Relation] = []
    for term in pairs:
        items = (weights[term.level] * term.items).astype(np.float64)
        np.fill_diagonal(items, 0)
        for of_items, of_times, of_rooms in ((items, term.times, term.rooms), (items.T, term.times.T, term.rooms.T)):
            for place, known in enumerate(merged):
                if np.array_equal(known[1], of_times) and np.array_equal(known[2], of_rooms):
                    merged[place] = (known[0] + of_items, known[1], known[2])
                    break
            else:
                merged.append((of_items, of_times, of_rooms))
    return [relation for relation in merged if all(part.any() for part in relation)]


def start_state(tables: kernels.PlacementTables, placement: Placement, time_count: int) -> kernels.PlacementState:
    """Return the state of a search that starts from a placement; whoever has no place waits at the times after the last."""
    item_count, all_times, room_count = tables.costs.shape
    times, rooms = placement.times.copy(), placement.rooms.copy()
    waiting = list_waiting(placement)
    times[waiting] = time_count + np.arange(len(waiting)) // max(1, room_count)
    rooms[waiting] = np.arange(len(waiting)) % max(1, room_count)
    occupants = np.full((all_times, room_count), -1, dtype=np.int64)
    occupants[times, rooms] = np.arange(item_count)
    counts = np.zeros((tables.members.shape[1], all_times), dtype=np.int64)
    for group in range(len(counts)):
        counts[group] = np.bincount(times, weights=tables.members[:, group], minlength=all_times)
    return kernels.PlacementState(
        times=times,
        rooms=rooms,
        occupants=occupants,
        counts=counts,
        pull=np.zeros(tables.costs.shape),
        best_times=times.copy(),
        best_rooms=rooms.copy(),
        figures=np.zeros(2),
        flags=np.zeros(3, dtype=np.int64),
    )


class PlacementSearcher:
    """One annealing of a placement problem."""

    def __init__(self, problem: PlacementProblem, start: Placement, seed: int) -> None:
        self._time_count = problem.time_count
        self._tables = make_tables(problem, start)
        self.begin(start, seed)
        kernels.anneal(self._tables, self._state, QUENCH_MOVES, 1e-3, 1e-3)
        prices = np.zeros(SAMPLE)
        kernels.sample_prices(self._tables, self._state, prices)
        prices = prices[prices > 0]
        self.heats = (1.0, 0.5)
        if prices.size:
            cold = 0.66 * float(prices.min())
            self.heats = (max(40 * cold, 0.3 * float(np.quantile(prices, 0.1))), cold)

    def begin(self, start: Placement, seed: int) -> None:
        """Go on from here, in the thread that calls."""
        self._state = start_state(self._tables, start, self._time_count)
        kernels.seed_moves(seed)

    def cool(self, moves: int, hot: float, cold: float) -> float:
        """Try so many moves while it cools; return what the best so far costs against the start, as the search counts."""
        kernels.anneal(self._tables, self._state, moves, hot, cold)
        return float(self._state.figures[kernels.BEST])

    def take_best(self) -> Placement:
        """Return the best so far."""
        times, rooms = self._state.best_times.copy(), self._state.best_rooms.copy()
        waits = times >= self._time_count
        times[waits] = rooms[waits] = UNPLACED
        return Placement(times, rooms)
