"""Why talks that the world has seen stand elsewhere now."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from program.solver.days.cells import lay_out_cells
from program.solver.days.hard_model import list_bars
from program.solver.days.placing import allow_places, pose_placement
from program.solver.days.values import DayPlan, DayProblem
from program.solver.placements import PlacementProblem

GONE = "gone"  # the session is not there any more


@dataclass(frozen=True, slots=True)
class MovedTalk:
    """A talk with the session where it was seen and where it stands now, the rule for which it moved, and what that saves."""

    talk: str
    before: str
    after: str
    rule: str
    gain: int = 0


def explain_moves(problem: DayProblem, plan: DayPlan) -> list[MovedTalk]:
    """Return the talks that are not in the session where the world saw them, each with the weightiest rule that it would break there.

    A hard rule comes first: the session is gone, does not take it, its presenter can't, the session is full. Otherwise it is
    the rule that saves most, with everybody else where the plan has them.
    """
    sessions = {session.uid: number for number, session in enumerate(problem.sessions)}
    stands = {number: sessions[plan.places[talk.uid].session] for number, talk in enumerate(problem.talks) if talk.uid in plan.places}
    moved = [number for number, place in stands.items() if problem.talks[number].published not in {"", problem.sessions[place].uid}]
    if not moved:
        return []
    cells = lay_out_cells(problem, stands)
    posed = pose_placement(problem, cells, allow_places(problem, cells))
    return [_explain(problem, posed, stands, number, sessions) for number in sorted(moved)]


def _explain(
    problem: DayProblem, posed: PlacementProblem, stands: Mapping[int, int], number: int, sessions: Mapping[str, int]
) -> MovedTalk:
    talk, after = problem.talks[number], problem.sessions[stands[number]].uid
    if talk.published not in sessions:
        return MovedTalk(talk.uid, talk.published, after, GONE)
    before = sessions[talk.published]
    bars = list_bars(problem, talk, problem.sessions[before])
    if bars:
        return MovedTalk(talk.uid, talk.published, after, bars[0][0])
    if _meets_itself(problem, stands, number, before):
        return MovedTalk(talk.uid, talk.published, after, "presenters")
    saved = _save(posed, stands, number, before, is_alone=_is_full(problem, stands, number, before))
    rule = max(sorted(saved), key=lambda one: saved[one], default="")
    if rule and saved[rule] > 0:
        return MovedTalk(talk.uid, talk.published, after, rule, saved[rule])
    return MovedTalk(talk.uid, talk.published, after, "fits")


def _is_full(problem: DayProblem, stands: Mapping[int, int], number: int, place: int) -> bool:
    session = problem.sessions[place]
    others = [other for other in stands if other != number and stands[other] == place]
    if session.boards is not None:
        return len(others) >= session.boards
    return sum(problem.talks[other].minutes for other in others) + problem.talks[number].minutes > session.minutes


def _save(posed: PlacementProblem, stands: Mapping[int, int], number: int, before: int, *, is_alone: bool) -> dict[str, int]:
    """Return what is saved by rule; where others have taken the place, only what the talk costs by itself counts."""
    pairs = {} if is_alone else _price_pairs(posed, stands, number, before)
    saved = pairs | _price_alone(posed, number, before)
    for prices in (_price_alone(posed, number, stands[number]), {} if is_alone else _price_pairs(posed, stands, number, stands[number])):
        for rule, cost in prices.items():
            saved[rule] = saved.get(rule, 0) - cost
    saved.pop("movement", None)
    return saved


def _meets_itself(problem: DayProblem, stands: Mapping[int, int], number: int, place: int) -> bool:
    """Tell whether a presenter would stand in two sessions at once."""
    own, session = problem.talks[number], problem.sessions[place]
    others = (other for other in stands if other != number and problem.sessions[stands[other]].is_beside(session))
    return any(own.presenters & problem.talks[other].presenters for other in others)


def _price_alone(posed: PlacementProblem, number: int, place: int) -> dict[str, int]:
    return {cost.name: int(cost.costs[number, place].min()) for cost in posed.costs}


def _price_pairs(posed: PlacementProblem, stands: Mapping[int, int], number: int, place: int) -> dict[str, int]:
    """Return what a talk would cost in a session with all others where they stand."""
    others = np.array([other for other in stands if other != number], dtype=np.int64)
    places = np.array([stands[int(other)] for other in others], dtype=np.int64)
    costs: dict[str, int] = {}
    for pair in posed.pairs:
        if (pair.rooms == 1).all() and others.size:
            first = pair.items[number, others] * pair.times[place, places]
            second = pair.items[others, number] * pair.times[places, place]
            costs[pair.name] = costs.get(pair.name, 0) + int((first + second).sum())
    return costs
