"""The places within sessions: how many talks of which length stand in each, when each begins."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from program.solver.days.values import DayProblem, OpenSession, Span
from program.solver.placements import UNPLACED, Placement


@dataclass(frozen=True, slots=True)
class DayCells:
    """For each session, in the order of the problem, the spans of its places."""

    spans: tuple[tuple[Span, ...], ...]

    @property
    def most(self) -> int:
        """Return how many places the longest session has."""
        return max((len(spans) for spans in self.spans), default=0)


def lay_out_cells(problem: DayProblem, stands: Mapping[int, int]) -> DayCells:
    """Return the places that talks take which stand in these sessions, the longest first, with room left over made into more places."""
    usual = Counter(talk.minutes for talk in problem.talks)
    spans = []
    for place, session in enumerate(problem.sessions):
        if session.boards is not None:
            spans.append((session.span,) * min(session.boards, len(problem.talks)))
            continue
        lengths = sorted((problem.talks[number].minutes for number, own in stands.items() if own == place), reverse=True)
        possible = [minutes for minutes in usual if any(one.minutes == minutes and one.may_take(session) for one in problem.talks)]
        spans.append(_lay_out(session, lengths, sorted(possible, key=lambda minutes: (-usual[minutes], minutes))))
    return DayCells(tuple(spans))


def _lay_out(session: OpenSession, lengths: list[int], possible: list[int]) -> tuple[Span, ...]:
    """Return spans for these lengths; what is left is filled with the most usual length that fits."""
    left = session.minutes - sum(lengths)
    more = []
    for minutes in possible:
        while minutes <= left:
            more.append(minutes)
            left -= minutes
    starts = session.span[0] + np.cumsum([0, *sorted([*lengths, *more], reverse=True)])
    return tuple((int(start), int(end)) for start, end in pairwise(starts.tolist()))


def place_in_cells(problem: DayProblem, cells: DayCells, stands: Mapping[int, int], allowed: npt.NDArray[np.bool_]) -> Placement:
    """Return a placement of talks in their sessions, those seen by the world first at their old place; who finds none is unplaced."""
    times, rooms = (np.full(len(problem.talks), UNPLACED, dtype=np.int64) for _ in range(2))
    taken: set[tuple[int, int]] = set()

    def count_choices(number: int) -> tuple[int, int, int]:
        talk = problem.talks[number]
        return int(allowed[number, stands[number]].sum()), talk.published_place if talk.published else 10_000, number

    for number in sorted(stands, key=count_choices):
        session, talk = stands[number], problem.talks[number]
        free = [place for place in np.flatnonzero(allowed[number, session]).tolist() if (session, place) not in taken]
        if free:
            place = min(free, key=lambda one: (one != talk.published_place, one))
            taken.add((session, place))
            times[number], rooms[number] = session, place
    return Placement(times, rooms)
