"""The problem of giving talks a time in a room, with what each placement costs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

HARD, MEDIUM, SOFT = LEVELS = ("hard", "medium", "soft")
UNPLACED = -1


@dataclass(frozen=True, slots=True, eq=False)
class CostTerm:
    """What it costs that an item stands somewhere: `costs[item, time, room]`."""

    name: str
    level: str
    costs: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class PairTerm:
    """What two items cost each other: the sum over ordered pairs of `items[i, j] * times[ti, tj] * rooms[ri, rj]`."""

    name: str
    level: str
    items: Matrix
    times: Matrix
    rooms: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class CountTerm:
    """What it costs that several of some items share a time: `costs[time, count]`, `members[item]` counts 0 or 1."""

    name: str
    level: str
    members: Flags
    costs: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class PlacementProblem:
    """Items to be placed, one at most at each time in each room, where `allowed[item, time, room]`; the sum of all terms is to be small.

    Levels count one before the other: one unit of hard outweighs all of medium, that all of soft. A reward is a
    negative cost. An item that may stand at one place only is pinned there.
    """

    allowed: Flags
    costs: tuple[CostTerm, ...] = ()
    pairs: tuple[PairTerm, ...] = ()
    counts: tuple[CountTerm, ...] = ()

    @property
    def item_count(self) -> int:
        """Return how many items there are."""
        return int(self.allowed.shape[0])

    @property
    def time_count(self) -> int:
        """Return how many times there are."""
        return int(self.allowed.shape[1])

    @property
    def room_count(self) -> int:
        """Return how many rooms there are."""
        return int(self.allowed.shape[2])


@dataclass(frozen=True, slots=True)
class Score:
    """What a solution costs, by level, with the share of each named term; compares by hard, then medium, then soft."""

    hard: int = 0
    medium: int = 0
    soft: int = 0
    unplaced: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Return what the better of two scores is told by; smaller is better."""
        return (self.unplaced, self.hard, self.medium, self.soft)


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where each item stands: `times[item]`, `rooms[item]`; UNPLACED where it stands nowhere."""

    times: Matrix
    rooms: Matrix


def score_placement(problem: PlacementProblem, placement: Placement) -> Score:
    """Return what a placement costs, computed from the terms alone; an item outside its allowed places counts as unplaced."""
    times, rooms = placement.times, placement.rooms
    placed = times != UNPLACED
    standing = np.flatnonzero(placed)
    here = problem.allowed[standing, times[standing], rooms[standing]]
    shares: list[tuple[str, str, int]] = []
    for cost in problem.costs:
        shares.append((cost.name, cost.level, int(cost.costs[standing, times[standing], rooms[standing]].sum())))
    for pair in problem.pairs:
        of_times = pair.times[np.ix_(times[standing], times[standing])]
        of_rooms = pair.rooms[np.ix_(rooms[standing], rooms[standing])]
        of_items = pair.items[np.ix_(standing, standing)] * (1 - np.eye(len(standing), dtype=np.int64))
        shares.append((pair.name, pair.level, int((of_items * of_times * of_rooms).sum())))
    for count in problem.counts:
        members = np.bincount(times[standing], weights=count.members[standing], minlength=problem.time_count).astype(np.int64)
        shares.append((count.name, count.level, int(count.costs[np.arange(problem.time_count), members].sum())))
    return add_shares(shares, unplaced=int((~placed).sum() + (~here).sum()))


def add_shares(shares: Sequence[tuple[str, str, int]], *, unplaced: int) -> Score:
    """Return the score that these shares (name, level, cost) make together."""
    parts: dict[str, int] = {}
    totals: dict[str, Any] = dict.fromkeys(LEVELS, 0)
    for name, level, value in shares:
        parts[name] = parts.get(name, 0) + value
        totals[level] += value
    return Score(**totals, unplaced=unplaced, parts={name: value for name, value in parts.items() if value})
