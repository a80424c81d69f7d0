"""The hard rules as a CP-SAT model: which talk stands in which session; each rule can be taken back for whom it holds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from program.solver.days.values import DayProblem, OpenSession, Reason, Talk, name_pair

SOON = 120  # minutes between sessions that people take for following each other


@dataclass(slots=True)
class HardModel:
    """`stands[talk, session]` by place in the problem; `reasons` are the unknowns that hold each rule for each one, if asked for."""

    problem: DayProblem
    model: Any
    stands: dict[tuple[int, int], Any] = field(default_factory=dict)
    reasons: dict[Reason, Any] = field(default_factory=dict)
    has_reasons: bool = False

    def require(self, constraint: Any, rule: str, whom: str) -> None:
        """Hold a constraint in the name of a rule."""
        if self.has_reasons:
            constraint.only_enforce_if(self.name_reason(rule, whom))

    def name_reason(self, rule: str, whom: str) -> Any:
        """Return the unknown that holds a rule for somebody."""
        if (rule, whom) not in self.reasons:
            self.reasons[rule, whom] = self.model.new_bool_var("")
        return self.reasons[rule, whom]


def build_hard_model(problem: DayProblem, *, has_reasons: bool) -> HardModel:
    """Return the model; with reasons nothing holds until its reason is assumed."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    built = HardModel(problem, cp_model.CpModel(), has_reasons=has_reasons)
    barred = {(number, place): list_bars(problem, talk, session) for number, place, talk, session in _list_pairs(problem)}
    for key, reasons in barred.items():
        if has_reasons or not reasons:
            built.stands[key] = built.model.new_bool_var("")
            for rule, whom in reasons:
                built.model.add_implication(built.name_reason(rule, whom), built.stands[key].negated())
    _give_places(built)
    _fit_sessions(built)
    _part_presenters(built)
    _keep_order(built)
    return built


def _list_pairs(problem: DayProblem) -> Iterator[tuple[int, int, Talk, OpenSession]]:
    for number, talk in enumerate(problem.talks):
        for place, session in enumerate(problem.sessions):
            yield number, place, talk, session


def list_bars(problem: DayProblem, talk: Talk, session: OpenSession) -> list[Reason]:
    """Return the rules that keep a talk out of a session, whatever else stands where."""
    bars: list[Reason] = []
    if not talk.may_take(session) and problem.holds("kind", talk.uid):
        bars.append(("kind", talk.uid))
    if talk.is_away(session.span, session.uid) and not _has_free_time(talk, session) and problem.holds("available", talk.uid):
        bars.append(("available", talk.uid))
    if talk.pinned and talk.pinned != session.uid and problem.holds("pinned", talk.uid):
        bars.append(("pinned", talk.uid))
    return bars


def _has_free_time(talk: Talk, session: OpenSession) -> bool:
    """Tell whether the presenter is there at some place of the session, counted in talks of this length."""
    if session.boards is not None:
        return False
    starts = range(session.span[0], session.span[1] - talk.minutes + 1, max(1, talk.minutes))
    return any(not talk.is_away((start, start + talk.minutes), session.uid) for start in starts)


def _give_places(built: HardModel) -> None:
    for number, talk in enumerate(built.problem.talks):
        places = [built.stands[number, place] for place in range(len(built.problem.sessions)) if (number, place) in built.stands]
        built.model.add(sum(places) <= 1)
        if built.problem.holds("placed", talk.uid):
            built.require(built.model.add(sum(places) >= 1), "placed", talk.uid)


def _fit_sessions(built: HardModel) -> None:
    for place, session in enumerate(built.problem.sessions):
        if built.problem.holds("fits", session.uid):
            used = sum((talk.minutes if session.boards is None else 1) * built.stands[key] for key, talk in _list_talks(built, place))
            most = session.minutes if session.boards is None else session.boards
            built.require(built.model.add(used <= most), "fits", session.uid)


def _list_talks(built: HardModel, place: int) -> Iterator[tuple[tuple[int, int], Talk]]:
    for number, talk in enumerate(built.problem.talks):
        if (number, place) in built.stands:
            yield (number, place), talk


def _part_presenters(built: HardModel) -> None:
    """Keep each presenter's talks out of sessions that run beside each other."""
    talks: dict[str, list[int]] = defaultdict(list)
    for number, talk in enumerate(built.problem.talks):
        for person in sorted(talk.presenters):
            talks[person].append(number)
    beside = [pair for pair in combinations(range(len(built.problem.sessions)), 2) if _are_beside(built.problem, *pair)]
    for person, numbers in sorted(talks.items()):
        if len(numbers) > 1 and built.problem.holds("presenters", person):
            for one, other in beside:
                for first, second in _list_meetings(numbers):
                    _forbid_both(built, (first, one), (second, other), ("presenters", person))


def _are_beside(problem: DayProblem, one: int, other: int) -> bool:
    return problem.sessions[one].is_beside(problem.sessions[other])


def _list_meetings(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for first, second in combinations(numbers, 2):
        yield first, second
        yield second, first


def _forbid_both(built: HardModel, one: tuple[int, int], other: tuple[int, int], reason: Reason) -> None:
    if one in built.stands and other in built.stands:
        known = [built.name_reason(*reason).negated()] if built.has_reasons else []
        built.model.add_bool_or(*known, built.stands[one].negated(), built.stands[other].negated())


def _keep_order(built: HardModel) -> None:
    """Keep the second of a pair out of sessions that do not come after the first's; within one session order comes later."""
    numbers = {talk.uid: number for number, talk in enumerate(built.problem.talks)}
    sessions = built.problem.sessions
    for before, after in built.problem.order:
        name = name_pair(before, after)
        if before not in numbers or after not in numbers or not built.problem.holds("order", name):
            continue
        for one, first in enumerate(sessions):
            for other, second in enumerate(sessions):
                if one != other and second.span[0] < first.span[1]:
                    _forbid_both(built, (numbers[before], one), (numbers[after], other), ("order", name))


@dataclass(frozen=True, slots=True)
class NoStart:
    """No sessions were found in which all hard rules hold; `is_certain` when there are none."""

    is_certain: bool


def find_hard_start(problem: DayProblem, seed: int, seconds: float) -> dict[int, int] | NoStart:
    """Return a session for each talk such that every hard rule holds; talks whose place is not required may be left out."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    built = build_hard_model(problem, has_reasons=False)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
    solver.parameters.max_time_in_seconds, solver.parameters.max_deterministic_time = max(0.1, 3 * seconds), max(0.1, seconds)
    built.model.maximize(sum(built.stands.values()))
    status = solver.solve(built.model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return NoStart(is_certain=status == cp_model.INFEASIBLE)
    return {number: place for (number, place), unknown in built.stands.items() if solver.boolean_value(unknown)}


def compare_sessions(problem: DayProblem) -> dict[str, Any]:
    """Return matrices over sessions: `same`, `beside` (at one time), `day` (others of the day), `next` (soon after, in another room)."""
    count = len(problem.sessions)
    found = {name: np.zeros((count, count), dtype=np.int64) for name in ("beside", "day", "next")}
    for one, first in enumerate(problem.sessions):
        for other, second in enumerate(problem.sessions):
            if one == other:
                continue
            found["beside"][one, other] = first.is_beside(second)
            found["day"][one, other] = first.day == second.day
            follows = first.span[1] <= second.span[0] <= first.span[1] + SOON
            found["next"][one, other] = follows and first.day == second.day and first.room != second.room
    return {**found, "same": np.eye(count, dtype=np.int64)}
