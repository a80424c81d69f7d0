"""Exact search for the sessions of talks by CP-SAT, where a day is small."""

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np

from program.solver.days.cells import DayCells, place_in_cells
from program.solver.days.values import DayProblem
from program.solver.placements import HARD, Matrix, Placement, PlacementProblem
from program.solver.searching import Effort, SearchRun

MOST_VARIABLES = 10_000  # beyond, building the model takes the time away
LEAST_WORK = 0.05
WORK_A_MOVE = 4e-7  # of the solver's own count, for each move of the local search, where the result is to come again


def sum_pairs(posed: PlacementProblem) -> tuple[Matrix, Matrix]:
    """Return what pairs cost by talks and sessions, hard and soft: `costs[talk, talk]` per relation, stacked with `relations`."""
    known: list[tuple[Matrix, Matrix]] = []
    for term in posed.pairs:
        if (term.rooms == 1).all():
            items = term.items * (1_000_000 if term.level == HARD else 1)
            known.append((items, term.times))
    if not known:
        size, count = posed.item_count, posed.time_count
        return np.zeros((0, size, size), dtype=np.int64), np.zeros((0, count, count), dtype=np.int64)
    return np.stack([items for items, _ in known]), np.stack([times for _, times in known])


def count_pairs(posed: PlacementProblem) -> int:
    """Return how many unknowns the pairs of an exact model would need."""
    items, relations = sum_pairs(posed)
    return int(sum(int((one != 0).sum()) * int((times != 0).sum()) for one, times in zip(items, relations, strict=True)))


def improve_exactly(problem: DayProblem, cells: DayCells, posed: PlacementProblem, run: SearchRun[Placement], effort: Effort) -> bool:
    """Search from the best of the run, offering what is better; tell whether it is proven that no better session for any talk exists."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    model = cp_model.CpModel()
    stands = _make_unknowns(problem, cells, posed, model)
    terms = [int(posed_cost) * stands[key] for key, posed_cost in _list_costs(posed, stands) if posed_cost]
    terms += _price_pairs(posed, model, stands)
    model.minimize(sum(terms))
    for (number, place), unknown in stands.items():
        model.add_hint(unknown, bool(run.best.times[number] == place))

    class Offers(cp_model.CpSolverSolutionCallback):
        """Hands each plan on."""

        def on_solution_callback(self) -> None:
            held = {number: place for (number, place), unknown in stands.items() if self.boolean_value(unknown)}
            run.offer(place_in_cells(problem, cells, held, posed.allowed))
            if run.is_done():
                self.stop_search()

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, effort.seconds - run.seconds)
    solver.parameters.random_seed, solver.parameters.num_workers = effort.seed, effort.searcher_count
    if effort.moves is not None:
        solver.parameters.num_workers = 1
        solver.parameters.max_deterministic_time = max(LEAST_WORK, WORK_A_MOVE * effort.moves)
    solver.best_bound_callback = lambda _: solver.stop_search() if run.is_done() else None
    return bool(solver.solve(model, Offers()) == cp_model.OPTIMAL)


def _make_unknowns(problem: DayProblem, cells: DayCells, posed: PlacementProblem, model: Any) -> dict[tuple[int, int], Any]:
    """Return an unknown for each talk and session, with room for each length of talk kept."""
    stands = {(int(number), int(place)): model.new_bool_var("") for number, place in np.argwhere(posed.allowed.any(axis=2))}
    for number in range(posed.item_count):
        own = [unknown for (talk, _), unknown in stands.items() if talk == number]
        model.add(sum(own) <= 1)
    for place, spans in enumerate(cells.spans):
        if problem.sessions[place].boards is not None:
            model.add(sum(unknown for (_, own), unknown in stands.items() if own == place) <= len(spans))
            continue
        for minutes, count in Counter(end - start for start, end in spans).items():
            fitting = [unknown for (talk, own), unknown in stands.items() if own == place and problem.talks[talk].minutes == minutes]
            model.add(sum(fitting) <= count)
    return stands


def _list_costs(posed: PlacementProblem, stands: dict[tuple[int, int], Any]) -> list[tuple[tuple[int, int], int]]:
    """Return what a talk costs in a session at its best place there; to stand nowhere costs more than all else."""
    whole = np.zeros(posed.allowed.shape, dtype=np.int64)
    for term in posed.costs:
        whole += term.costs
    least = np.where(posed.allowed, whole, np.iinfo(np.int64).max // 4).min(axis=2)
    return [(key, int(least[key]) - 10_000_000) for key in stands]


def _price_pairs(posed: PlacementProblem, model: Any, stands: dict[tuple[int, int], Any]) -> list[Any]:
    items, relations = sum_pairs(posed)
    terms = []
    for one, other in combinations(range(posed.item_count), 2):
        costs = np.zeros(relations.shape[1:], dtype=np.int64)
        for values, relation in zip(items, relations, strict=True):
            costs += values[one, other] * relation + values[other, one] * relation.T
        for first, second in np.argwhere(costs > 0).tolist():
            if (one, first) in stands and (other, second) in stands:
                both = model.new_bool_var("")
                model.add_bool_or(stands[one, first].negated(), stands[other, second].negated(), both)
                terms.append(int(costs[first, second]) * both)
    return terms
