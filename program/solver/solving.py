"""The doors of the solver: a problem in, the best solution of the time given out."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from program.solver.placement_repair import repair_placement
from program.solver.placement_starts import start_placement
from program.solver.placements import Placement, PlacementProblem, score_placement
from program.solver.searching import DIGGING, FINISHING, REHEATING, Effort, Searcher, SearchRun, Watch
from program.solver.session_model import MOST_VARIABLES, count_variables, improve_plan
from program.solver.session_starts import start_plan
from program.solver.sessions import SessionPlan, SessionProblem, score_plan

PERFECT = (0, 0, 0, 0)
DIGGING_SHARE = 0.35  # of the seconds, before the exact search


def solve_placement(
    problem: PlacementProblem, effort: Effort, *, cache: Path, start: Placement | None = None, watch: Watch[Placement] | None = None
) -> Placement:
    """Return the best placement found, never worse than the start; items for which no place is left stay unplaced.

    The compiled moves are kept in `cache`. With `effort.moves` the same seed gives the same placement, if the seconds suffice.
    """
    run = SearchRun(
        lambda: start or begin_placement(problem, effort.seed), lambda found: score_placement(problem, found).rank, effort, watch
    )
    if problem.item_count and not run.is_done():
        name_cache(cache)
        from program.solver import placement_search  # late: compiles, after the first placement is told

        run.anneal(lambda seed: placement_search.PlacementSearcher(problem, run.start, seed), REHEATING)
    return run.close()


def begin_placement(problem: PlacementProblem, seed: int) -> Placement:
    """Return a first placement of as many items as can stand at once, with few hard terms broken, without the compiler."""
    return repair_placement(problem, start_placement(problem, seed), seed)


def solve_sessions(
    problem: SessionProblem, effort: Effort, *, cache: Path, start: SessionPlan | None = None, watch: Watch[SessionPlan] | None = None
) -> SessionPlan:
    """Return the best plan found, never worse than the start; papers for which no cell is left are left out.

    The compiled moves are kept in `cache`. With `effort.moves` the same seed gives the same plan, if the seconds suffice.
    """
    goal = PERFECT if has_no_reward(problem) else None
    run = SearchRun(lambda: start or start_plan(problem, effort.seed), lambda found: score_plan(problem, found).rank, effort, watch, goal)
    if problem.paper_count and not run.is_done():
        name_cache(cache)
        from program.solver import session_search  # late: compiles, after the first plan is told

        _search_sessions(problem, run, effort, lambda seed: session_search.SessionSearcher(problem, run.start, seed))
    return run.close()


def _search_sessions(
    problem: SessionProblem, run: SearchRun[SessionPlan], effort: Effort, make_searcher: Callable[[int], Searcher[SessionPlan]]
) -> None:
    """Anneal; where the problem is small, and need not come out the same again, search exactly in between."""
    if effort.moves is not None or not has_no_reward(problem) or count_variables(problem) > MOST_VARIABLES:
        run.anneal(make_searcher, (*DIGGING, *FINISHING))
        return
    run.anneal(make_searcher, DIGGING, until=DIGGING_SHARE)
    if not run.is_done():
        improve_plan(problem, run, effort)
    run.anneal(make_searcher, FINISHING)


def has_no_reward(problem: SessionProblem) -> bool:
    """Tell whether nothing in a plan can cost less than nothing."""
    arrays = (problem.topic_costs, problem.paper_costs, problem.topic_pairs, problem.session_pairs, problem.slot_pairs)
    return not any((values < 0).any() for values in arrays)


def name_cache(folder: Path) -> None:
    """Name where the compiler keeps what it made; only before it is loaded for the first time does that count.

    The compiler looks whether a file has changed, not the files that it imports; so each state of them has a folder.
    """
    sources = sorted(Path(__file__).parent.glob("*.py"))
    state = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder / state))
