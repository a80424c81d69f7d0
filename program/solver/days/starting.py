"""Where a search begins: talks in sessions such that all hard rules hold, wherever that can be."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from program.solver.days.cells import DayCells, lay_out_cells, place_in_cells
from program.solver.days.contradictions import explain_contradiction
from program.solver.days.hard_model import find_hard_start
from program.solver.days.placing import allow_places, pose_placement
from program.solver.days.values import Contradiction, DayProblem
from program.solver.placement_repair import repair_placement
from program.solver.placement_starts import start_placement
from program.solver.placements import UNPLACED, Placement, PlacementProblem, score_placement

MOST_TO_MODEL = 60_000  # talks times sessions; beyond, paths through a graph begin


@dataclass(frozen=True, slots=True, eq=False)
class DayStart:
    """A first placement with the places that sessions offer and the problem in the terms of placements."""

    cells: DayCells
    allowed: npt.NDArray[np.bool_]
    posed: PlacementProblem
    placement: Placement

    @property
    def is_whole(self) -> bool:
        """Tell whether every talk stands somewhere and all hard rules hold."""
        score = score_placement(self.posed, self.placement)
        return not score.unplaced and not score.hard


def find_start(problem: DayProblem, seed: int, seconds: float) -> DayStart | Contradiction:
    """Return a start, or why there is none; where nobody can tell in time, some talks have no place at the start."""
    if len(problem.talks) * len(problem.sessions) > MOST_TO_MODEL:
        start = begin_by_paths(problem, seed)
        if start.is_whole:
            return start
    stands = find_hard_start(problem, seed, seconds)
    if isinstance(stands, dict):
        return begin_in_sessions(problem, stands, seed)
    found = explain_contradiction(problem) if stands.is_certain else None
    return found or begin_by_paths(problem, seed)


def begin_in_sessions(problem: DayProblem, stands: Mapping[int, int], seed: int) -> DayStart:
    """Return a start with each talk in its session."""
    cells = lay_out_cells(problem, stands)
    allowed = allow_places(problem, cells)
    posed = pose_placement(problem, cells, allowed)
    return DayStart(cells, allowed, posed, repair_placement(posed, place_in_cells(problem, cells, stands, allowed), seed))


def begin_by_paths(problem: DayProblem, seed: int) -> DayStart:
    """Return a start with as many talks as there are places of the most usual length, those seen by the world where they were."""
    cells = lay_out_cells(problem, {})
    allowed = allow_places(problem, cells)
    posed = pose_placement(problem, cells, allowed)
    first = start_placement(posed, seed)
    if (first.times == UNPLACED).all():
        return DayStart(cells, allowed, posed, first)
    return DayStart(cells, allowed, posed, repair_placement(posed, first, seed))
