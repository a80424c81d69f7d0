"""Days small enough to be solved by trying everything."""

from itertools import product

import numpy as np

from program.solver.days.values import DayProblem, OpenSession, Talk, name_pair

ORAL = frozenset({"oral"})


def open_session(number: int, *, start: int = 0, talks: int = 2, room: str = "A", seats: int | None = None) -> OpenSession:
    """Return a session for some talks of ten minutes."""
    return OpenSession(f"s{number}", f"Session {number}", (start, start + 10 * talks), day="1", room=room, seats=seats, takes=ORAL)


def talk(number: int, *people: str, **more: object) -> Talk:
    """Return an oral of ten minutes; the first of its people presents it."""
    given: dict[str, object] = {"minutes": 10, "presentation": "oral", "presenters": frozenset(people[:1]), "people": frozenset(people)}
    return Talk(f"t{number}", f"Talk {number}", **{**given, **more})  # type: ignore[arg-type]


def pose(sessions: list[OpenSession], talks: list[Talk], **more: object) -> DayProblem:
    """Return a problem of talks that have nothing in common."""
    alike = more.pop("alike", 100 * np.eye(len(talks), dtype=np.int64))
    return DayProblem(tuple(sessions), tuple(talks), alike, **more)  # type: ignore[arg-type]


def can_hold(problem: DayProblem) -> bool:
    """Tell by trying all sessions for all talks whether every hard rule can hold; talks are as long as each other, nobody is away."""
    return any(_holds(problem, choice) for choice in product([None, *range(len(problem.sessions))], repeat=len(problem.talks)))


def _holds(problem: DayProblem, choice: tuple[int | None, ...]) -> bool:
    for number, place in enumerate(choice):
        own = problem.talks[number]
        if place is None:
            if problem.holds("placed", own.uid):
                return False
            continue
        session = problem.sessions[place]
        if own.pinned not in {"", session.uid} and problem.holds("pinned", own.uid):
            return False
        if not own.may_take(session) and problem.holds("kind", own.uid):
            return False
    for place, session in enumerate(problem.sessions):
        used = sum(problem.talks[number].minutes for number, own_place in enumerate(choice) if own_place == place)
        if used > session.minutes and problem.holds("fits", session.uid):
            return False
    return _meets(problem, choice) and _follows(problem, choice)


def _meets(problem: DayProblem, choice: tuple[int | None, ...]) -> bool:
    for one, first in enumerate(choice):
        for other, second in enumerate(choice):
            if one >= other or first is None or second is None or not problem.sessions[first].is_beside(problem.sessions[second]):
                continue
            shared = problem.talks[one].presenters & problem.talks[other].presenters
            if any(problem.holds("presenters", person) for person in shared):
                return False
    return True


def _follows(problem: DayProblem, choice: tuple[int | None, ...]) -> bool:
    places = {own.uid: place for own, place in zip(problem.talks, choice, strict=True)}
    for before, after in problem.order:
        first, second = places[before], places[after]
        if first is None or second is None or first == second or not problem.holds("order", name_pair(before, after)):
            continue
        if problem.sessions[second].span[0] < problem.sessions[first].span[1]:
            return False
    return True
