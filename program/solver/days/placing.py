"""A day's problem in the terms of placements: sessions are the times, places in them the rooms."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

from program.solver.days.cells import DayCells
from program.solver.days.hard_model import compare_sessions
from program.solver.days.values import DayProblem, Talk, name_pair
from program.solver.placements import HARD, SOFT, CostTerm, Matrix, PairTerm, PlacementProblem

POINTS = 100  # one breach, in the parts of which alikeness is counted
CROWD = 10  # people without a seat that count as one breach


def allow_places(problem: DayProblem, cells: DayCells) -> npt.NDArray[np.bool_]:
    """Return which talk may stand in which session at which place."""
    allowed = np.zeros((len(problem.talks), len(problem.sessions), max(1, cells.most)), dtype=np.bool_)
    for number, talk in enumerate(problem.talks):
        for place, session in enumerate(problem.sessions):
            is_barred = problem.holds("kind", talk.uid) and not talk.may_take(session)
            if is_barred or (talk.pinned not in {"", session.uid} and problem.holds("pinned", talk.uid)):
                continue
            for cell, span in enumerate(cells.spans[place]):
                fits = session.boards is not None or span[1] - span[0] == talk.minutes
                allowed[number, place, cell] = fits and _may_stand(problem, talk, session.uid, span)
    return allowed


def _may_stand(problem: DayProblem, talk: Talk, session: str, span: tuple[int, int]) -> bool:
    return not (problem.holds("available", talk.uid) and talk.is_away(span, session))


def pose_placement(problem: DayProblem, cells: DayCells, allowed: npt.NDArray[np.bool_]) -> PlacementProblem:
    """Return the problem of placements that costs what the rules say, in hundredths of a breach."""
    sessions = compare_sessions(problem)
    everywhere = np.ones((allowed.shape[2],) * 2, dtype=np.int64)
    pairs = [
        *_price_alike(problem, sessions, everywhere),
        *_price_people(problem, sessions, everywhere),
        *_price_order(problem, everywhere),
    ]
    costs = [term for term in _price_places(problem, cells, allowed.shape) if term.costs.any()]
    return PlacementProblem(allowed, tuple(costs), tuple(term for term in pairs if term.items.any() and term.times.any()))


def _price_alike(problem: DayProblem, sessions: dict[str, Matrix], everywhere: Matrix) -> Iterator[PairTerm]:
    once = np.triu(np.ones_like(problem.alike), 1)
    rules = (
        ("cohesion", (POINTS - problem.alike) * once * (len(problem.sessions) > 1), "same"),  # in one session nobody has a choice
        ("spread", problem.alike * once, "beside"),
        ("rooms", problem.alike, "next"),
    )
    for rule, items, name in rules:
        yield PairTerm(rule, SOFT, problem.weigh(rule) * items, sessions[name], everywhere)


def _price_people(problem: DayProblem, sessions: dict[str, Matrix], everywhere: Matrix) -> Iterator[PairTerm]:
    count = len(problem.talks)
    together, heard, shared = (np.zeros((count, count), dtype=np.int64) for _ in range(3))
    for one, other in combinations(range(count), 2):
        first, second = problem.talks[one], problem.talks[other]
        presenters = first.presenters & second.presenters
        together[one, other] = any(problem.holds("presenters", person) for person in presenters)
        shared[one, other] = bool(presenters)
        heard[one, other] = bool(first.people & second.people) and not presenters
    yield PairTerm("presenters", HARD, together, sessions["beside"], everywhere)
    yield PairTerm("coauthors", SOFT, POINTS * problem.weigh("coauthors") * heard, sessions["beside"], everywhere)
    yield PairTerm("load", SOFT, POINTS * problem.weigh("load") * shared, sessions["day"], everywhere)


def _price_order(problem: DayProblem, everywhere: Matrix) -> Iterator[PairTerm]:
    """Price pairs in the wrong order: across sessions, for hard ones also within one."""
    numbers = {talk.uid: number for number, talk in enumerate(problem.talks)}
    count = len(problem.sessions)
    wrong = np.zeros((count, count), dtype=np.int64)
    for one, first in enumerate(problem.sessions):
        for other, second in enumerate(problem.sessions):
            wrong[one, other] = one != other and second.span[0] < first.span[1]
    same = np.eye(count, dtype=np.int64)
    backward = np.tril(everywhere, -1)
    hard, soft = (np.zeros((len(problem.talks),) * 2, dtype=np.int64) for _ in range(2))
    for pairs, items in ((problem.order, hard), (problem.companions, soft)):
        for before, after in pairs:
            if before in numbers and after in numbers and (items is soft or problem.holds("order", name_pair(before, after))):
                items[numbers[before], numbers[after]] = 1
    yield PairTerm("order", HARD, hard, wrong, everywhere)
    yield PairTerm("order", HARD, hard, same, backward)
    yield PairTerm("companions", SOFT, POINTS * problem.weigh("companions") * soft, wrong, everywhere)


def _price_places(problem: DayProblem, cells: DayCells, shape: tuple[int, ...]) -> Iterator[CostTerm]:
    costs = {rule: np.zeros(shape, dtype=np.int64) for rule in ("popularity", "wishes", "night", "movement")}
    for number, talk in enumerate(problem.talks):
        for place, session in enumerate(problem.sessions):
            if session.seats is not None:
                costs["popularity"][number, place] = max(0, talk.popularity - session.seats) * POINTS // CROWD
            costs["wishes"][number, place] = POINTS * bool(talk.wishes and session.uid not in talk.wishes)
            if talk.published:
                costs["movement"][number, place] = POINTS * (talk.published != session.uid)
                if talk.published == session.uid:
                    costs["movement"][number, place] = np.arange(shape[2]) != talk.published_place
            for cell, (start, _) in enumerate(cells.spans[place] if talk.night else ()):
                at_night = any(begin < start + talk.minutes and start < end for begin, end in talk.night)
                costs["night"][number, place, cell] = POINTS * at_night
    for rule, values in costs.items():
        yield CostTerm(rule, SOFT, problem.weigh(rule) * values)
