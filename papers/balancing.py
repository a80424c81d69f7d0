"""Shares papers among people as evenly as conflicts of interest and limits allow: a min-cost flow, pure."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

DEAREST = 100
"""The highest cost that a pair of paper and person may have."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person who takes papers; `load` are those they have anyway, `capacity` the most they take in all, or nothing."""

    key: int
    load: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Want:
    """A paper that needs so many different people; `costs` (0 to DEAREST, 0 when left out) say whom it rather would not have."""

    key: int
    need: int = 1
    forbidden: frozenset[int] = frozenset()
    costs: Mapping[int, int] = field(default_factory=dict)


class Alike(NamedTuple):
    """What papers have in common that may change places without anybody noticing."""

    need: int
    forbidden: frozenset[int]
    costs: tuple[tuple[int, int], ...]


def balance(wants: list[Want], places: list[Place], *, seed: int = 0) -> dict[int, list[int]]:
    """Return the people of each paper; as many needs are met as possible, then loads are as even as possible, then costs least.

    Loads differ by at most one unless conflicts, limits or what people have already forbid it. The same input with the same
    seed gives the same answer; another seed gives another one that is as good. A paper that gets fewer than it needs found nobody.
    """
    chance = random.Random(seed)  # noqa: S311 (fairness, no secret)
    places = sorted(places, key=lambda place: place.key)
    chance.shuffle(places)
    groups = _group(wants, chance)
    demand = sum(want.need for want in wants)
    if not groups or not places or not demand:
        return {want.key: [] for want in wants}
    level = -(-(demand + sum(place.load for place in places)) // len(places)) + 1
    ceiling = demand + max(place.load for place in places)
    while True:
        flows, is_cut = _solve(list(groups), [len(keys) for keys in groups.values()], places, min(level, ceiling))
        if not is_cut or level >= ceiling:
            break
        level *= 2
    shares = {want.key: list[int]() for want in wants}
    for keys, flow in zip(groups.values(), flows, strict=True):
        _deal(keys, flow, shares)
    return {key: sorted(share) for key, share in shares.items()}


def _group(wants: list[Want], chance: random.Random) -> dict[Alike, list[int]]:
    """Return the papers that are alike together, in an order of chance: thousands of papers make a few hundred groups."""
    groups: dict[Alike, list[int]] = defaultdict(list)
    for want in sorted(wants, key=lambda want: want.key):
        if want.need > 0:
            costs = tuple(sorted((key, cost) for key, cost in want.costs.items() if cost))
            groups[Alike(want.need, want.forbidden, costs)].append(want.key)
    for keys in groups.values():
        chance.shuffle(keys)
    return groups


def _solve(groups: list[Alike], sizes: list[int], places: list[Place], level: int) -> tuple[list[dict[int, int]], bool]:
    """Return how many papers of each group each person takes, with whether `level`, the most that anybody may have, was in the way.

    Where everybody is served below a level, the evenest shares are below it as well; so a low level only saves arcs.
    """
    from ortools.graph.python import min_cost_flow  # heavy: loads a megabyte-sized native library

    flow = min_cost_flow.SimpleMinCostFlow()
    demand = sum(group.need * size for group, size in zip(groups, sizes, strict=True))
    step = demand * DEAREST + len(places) + 1  # one paper moved to a lesser load outweighs all costs of pairs
    nobody = 4 * step * (level + 2)  # one paper more that is served outweighs all loads
    sink, first_place = 0, 1
    first_group = first_place + len(places)
    for rank, place in enumerate(places):
        most = level if place.capacity is None else min(level, place.capacity)
        for load in range(place.load, most):  # convex: each further paper costs more than the one before
            flow.add_arc_with_capacity_and_unit_cost(first_place + rank, sink, 1, step * (2 * load + 1) + rank)
    arcs: list[tuple[int, int, int]] = []
    for number, (group, size) in enumerate(zip(groups, sizes, strict=True)):
        node, costs = first_group + number, dict(group.costs)
        flow.set_node_supply(node, group.need * size)
        flow.add_arc_with_capacity_and_unit_cost(node, sink, group.need * size, nobody)
        for rank, place in enumerate(places):
            if place.key not in group.forbidden:
                arc = flow.add_arc_with_capacity_and_unit_cost(node, first_place + rank, size, costs.get(place.key, 0))
                arcs.append((arc, number, rank))
    flow.set_node_supply(sink, -demand)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"The flow of {demand} assignments could not be solved: {status}.")
    taken: list[dict[int, int]] = [{} for _ in groups]
    loads = [place.load for place in places]
    for arc, number, rank in arcs:
        if count := flow.flow(arc):
            taken[number][places[rank].key] = count
            loads[rank] += count
    is_short = sum(sum(shares.values()) for shares in taken) < demand
    is_full = any(load >= level and (place.capacity is None or place.capacity > level) for load, place in zip(loads, places, strict=True))
    return taken, is_short and is_full


def _deal(keys: list[int], flow: dict[int, int], shares: dict[int, list[int]]) -> None:
    """Deal people out to the papers of a group in turn: nobody takes more than the group has papers, so nobody meets one twice."""
    turn = 0
    for person, count in flow.items():
        for _ in range(count):
            shares[keys[turn % len(keys)]].append(person)
            turn += 1
