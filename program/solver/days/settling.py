"""Talks of a session one after the other without holes, in an order that its presenters can keep."""

from collections.abc import Sequence
from itertools import permutations

from program.solver.days.values import DayProblem, OpenSession, Place, name_pair

MOST_TO_PERMUTE = 6  # 720 orders


def settle_sessions(problem: DayProblem, held: dict[int, list[int]]) -> tuple[dict[int, Place], int]:
    """Return the place of each talk, and how many stand where a hard rule is broken; the order stays wherever it can."""
    places: dict[int, Place] = {}
    broken = 0
    for number, talks in sorted(held.items()):
        session = problem.sessions[number]
        if session.boards is not None:
            places |= {talk: Place(session.uid, place, session.span) for place, talk in enumerate(talks)}
            continue
        order = _put_pinned(problem, find_order(problem, session, talks))
        broken += count_broken(problem, session, order)
        start = session.span[0]
        for place, talk in enumerate(order):
            end = start + problem.talks[talk].minutes
            places[talk] = Place(session.uid, place, (start, end))
            start = end
    return places, broken


def find_order(problem: DayProblem, session: OpenSession, talks: Sequence[int]) -> tuple[int, ...]:
    """Return the order itself where it can be kept, else the first that can, else one that breaks little."""
    own = tuple(talks)
    if not count_broken(problem, session, own):
        return own
    if len(own) <= MOST_TO_PERMUTE:
        return min(permutations(own), key=lambda order: count_broken(problem, session, order))
    return _order_by_need(problem, session, own)


def _put_pinned(problem: DayProblem, order: Sequence[int]) -> tuple[int, ...]:
    """Return the order with pinned talks at their places in the session."""
    pinned = sorted((problem.talks[talk].pinned_place, talk) for talk in order if problem.talks[talk].pinned_place >= 0)
    put = [talk for talk in order if problem.talks[talk].pinned_place < 0]
    for place, talk in pinned:
        put.insert(place, talk)
    return tuple(put)


def _order_by_need(problem: DayProblem, session: OpenSession, talks: tuple[int, ...]) -> tuple[int, ...]:
    """Return an order in which those come first who can later least of all."""
    left, order, start = list(talks), [], session.span[0]
    while left:
        here = [one for one in left if not problem.talks[one].is_away((start, start + problem.talks[one].minutes), session.uid)] or left
        chosen = min(here, key=lambda one: (_count_minutes(problem, session, one, start), talks.index(one)))
        left.remove(chosen)
        order.append(chosen)
        start += problem.talks[chosen].minutes
    return tuple(order)


def _count_minutes(problem: DayProblem, session: OpenSession, talk: int, start: int) -> int:
    return sum(not problem.talks[talk].is_away((minute, minute + 1), session.uid) for minute in range(start, session.span[1]))


def count_broken(problem: DayProblem, session: OpenSession, order: Sequence[int]) -> int:
    """Return how many talks of an order stand when their presenter cannot, before those they follow, or after the end."""
    start, broken = session.span[0], 0
    places = {problem.talks[talk].uid: place for place, talk in enumerate(order)}
    for number in order:
        talk = problem.talks[number]
        span = (start, start + talk.minutes)
        broken += talk.is_away(span, session.uid) and problem.holds("available", talk.uid)
        broken += span[1] > session.span[1] and problem.holds("fits", session.uid)
        start = span[1]
    for before, after in problem.order:
        if before in places and after in places and problem.holds("order", name_pair(before, after)):
            broken += places[before] > places[after]
    return int(broken)
