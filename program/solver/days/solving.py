"""The door of the day solver: talks and sessions in, the best plan of the time given out, or why there is none."""

from pathlib import Path

import numpy as np

from program.solver.days.exact import MOST_VARIABLES, count_pairs, improve_exactly
from program.solver.days.settling import settle_sessions
from program.solver.days.starting import DayStart, find_start
from program.solver.days.values import Contradiction, DayPlan, DayProblem
from program.solver.placements import UNPLACED, Placement, score_placement
from program.solver.searching import DIGGING, FINISHING, Effort, SearchRun, Watch
from program.solver.solving import name_cache

START_SHARE = 0.3  # of the seconds, to find sessions in which all hard rules hold
LOCAL_SHARE = 0.4  # of the seconds, before the exact search
MOVES_A_SECOND = 300_000  # of each searcher, where the result is to come again
PATIENCE = 4  # the clock may take so much longer than the work was counted


def repeat_effort(seconds: float, seed: int) -> Effort:
    """Return an effort that gives the same plan again on any machine that is at most PATIENCE times slower than reckoned."""
    return Effort(seconds=PATIENCE * seconds, seed=seed, moves=int(MOVES_A_SECOND * seconds))


def solve_day(problem: DayProblem, effort: Effort, *, cache: Path, watch: Watch[DayPlan] | None = None) -> DayPlan | Contradiction:
    """Return the best plan found, or a smallest set of hard rules that contradict each other.

    Where nobody can tell in time whether the hard rules contradict each other, the plan leaves talks without a place.
    With `effort.moves` the same seed and limits give the same plan.
    """
    if not problem.talks or not problem.sessions:
        return DayPlan({}, hard=len(problem.talks))
    budget = effort.seconds / PATIENCE if effort.moves is not None else effort.seconds
    start = find_start(problem, effort.seed, START_SHARE * budget)
    if isinstance(start, Contradiction):
        return start
    return _search(problem, start, effort, cache, watch)


def _search(problem: DayProblem, start: DayStart, effort: Effort, cache: Path, watch: Watch[DayPlan] | None) -> DayPlan:
    def tell(placement: Placement, seconds: float) -> None:
        if watch and watch.tell:
            watch.tell(read_plan(problem, start, placement), seconds)

    run = SearchRun(
        lambda: start.placement,
        lambda found: score_placement(start.posed, found).rank,
        effort,
        Watch(tell, watch.should_stop if watch else None),
    )
    is_small = count_pairs(start.posed) <= MOST_VARIABLES
    if not run.is_done() and not _is_settled(problem, start):
        name_cache(cache)
        from program.solver import placement_search  # late: compiles, after the first plan is told

        def make(seed: int) -> placement_search.PlacementSearcher:
            return placement_search.PlacementSearcher(start.posed, run.start, seed)

        run.anneal(make, (*DIGGING, *FINISHING), until=LOCAL_SHARE if is_small else 1.0)
    if _is_settled(problem, start):
        return read_plan(problem, start, run.close(), is_proven=True)
    is_proven = is_small and not run.is_done() and improve_exactly(problem, start.cells, start.posed, run, effort)
    return read_plan(problem, start, run.close(), is_proven=is_proven)


def _is_settled(problem: DayProblem, start: DayStart) -> bool:
    """Tell whether nothing can be better: one session has boards for all posters, whose order is of no account here."""
    return len(problem.sessions) == 1 and problem.sessions[0].boards is not None and start.is_whole


def read_plan(problem: DayProblem, start: DayStart, placement: Placement, *, is_proven: bool = False) -> DayPlan:
    """Return where each talk stands, without holes within sessions, with what it costs by rule."""
    score = score_placement(start.posed, placement)
    held: dict[int, list[int]] = {}
    for number in np.lexsort((placement.rooms, placement.times)).tolist():
        if placement.times[number] != UNPLACED:
            held.setdefault(int(placement.times[number]), []).append(number)
    places, broken = settle_sessions(problem, held)
    named = {problem.talks[number].uid: place for number, place in places.items()}
    left = sum(talk.uid not in named and problem.holds("placed", talk.uid) for talk in problem.talks)
    return DayPlan(named, dict(score.parts), hard=score.hard + left + broken, soft=score.soft, is_proven=is_proven and not left)
