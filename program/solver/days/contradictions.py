"""Why no schedule exists: the smallest set of rules that contradict each other."""

from typing import Any

from program.solver.days.hard_model import build_hard_model
from program.solver.days.values import Contradiction, DayProblem, Reason

SECONDS = 10.0  # of the solver's own time, for each question
MOST_QUESTIONS = 400


def explain_contradiction(problem: DayProblem) -> Contradiction | None:
    """Return a smallest set of contradicting rules, or nothing where all can hold, or nobody could tell in time.

    The solver's own core is shrunk by deletion: whatever can be left out is. What remains is smallest in the sense
    that each part is needed; another set with fewer parts may exist.
    """
    from ortools.sat.python import cp_model  # heavy: loads a native library

    built = build_hard_model(problem, has_reasons=True)
    by_index = {unknown.index: reason for reason, unknown in built.reasons.items()}

    def ask(reasons: list[Reason]) -> list[Reason] | None:
        """Return which of these reasons contradict each other, or nothing if they do not."""
        built.model.clear_assumptions()
        built.model.add_assumptions([built.reasons[reason] for reason in reasons])
        solver = _make_solver(cp_model)
        if solver.solve(built.model) != cp_model.INFEASIBLE:
            return None
        core = {by_index[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in by_index}
        return [reason for reason in reasons if reason in core] or reasons

    core = ask(list(built.reasons))
    if core is None:
        return None
    return _shrink(core, ask)


def _make_solver(cp_model: Any) -> Any:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
    solver.parameters.max_deterministic_time, solver.parameters.max_time_in_seconds = SECONDS, 3 * SECONDS
    return solver


def _shrink(core: list[Reason], ask: Any) -> Contradiction:
    needed: list[Reason] = []
    left, questions = list(core), 0
    while left and questions < MOST_QUESTIONS:
        questions += 1
        tried = left.pop()
        smaller = ask([*needed, *left])
        if smaller is None:
            needed.append(tried)
        else:
            left = [reason for reason in left if reason in smaller]
    return Contradiction(tuple(sorted([*needed, *left])), is_smallest=not left)
