"""Compiled moves of the local search for placements; importing this module loads the compiler."""

from typing import Any, NamedTuple

import numpy as np
from numba import njit

# A move takes an item to another of its places; whoever stands there takes its old one. What each item would cost
# everywhere against all others (`pull`) makes a move's price a lookup. Keeping it right costs time for every move that is
# accepted, so it is kept only while few are.
COMPILED: dict[str, Any] = {"cache": True, "nogil": True, "fastmath": True, "error_model": "numpy"}
INNER: dict[str, Any] = {**COMPILED, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # called by compiled code only
COLD_SHARE = 0.3  # of moves accepted; above it, prices are computed anew for each move
WINDOW = 1000  # moves after which that share is looked at

CURRENT, BEST = 0, 1
IS_COLD, ACCEPTED, SEEN = 0, 1, 2


class PlacementTables(NamedTuple):
    """What does not change: costs of places, relations x with `items[i, j, x] * times[x, tj, ti] * rooms[x, rj, ri]`, counts."""

    costs: Any
    items: Any
    times: Any
    rooms: Any
    is_roomless: Any
    may_at: Any
    allowed: Any
    places: Any
    starts: Any
    members: Any
    count_costs: Any


class PlacementState(NamedTuple):
    """Where everything stands, what it costs, the best so far."""

    times: Any
    rooms: Any
    occupants: Any
    counts: Any
    pull: Any
    best_times: Any
    best_rooms: Any
    figures: Any
    flags: Any


@njit(**COMPILED)
def seed_moves(seed: int) -> None:
    """Start the random numbers of this thread."""
    np.random.seed(seed)


@njit(**INNER)
def price_pair(tables: PlacementTables, i: int, j: int, ti: int, ri: int, tj: int, rj: int) -> float:
    """Return what i at (ti, ri) costs against j at (tj, rj)."""
    price = 0.0
    for x in range(tables.times.shape[0]):
        share = tables.items[i, j, x]
        if share != 0:
            price += share * tables.times[x, tj, ti] * tables.rooms[x, rj, ri]
    return price


@njit(**INNER)
def price_against_all(tables: PlacementTables, state: PlacementState, i: int, j: int, t1: int, r1: int) -> float:
    """Return the change when i goes to (t1, r1) and j, unless it is -1, takes i's place; over all others, one by one."""
    t0, r0 = state.times[i], state.rooms[i]
    price = 0.0
    for k in range(state.times.shape[0]):
        if k == i or k == j:
            continue
        tk, rk = state.times[k], state.rooms[k]
        for x in range(tables.times.shape[0]):
            share = tables.items[i, k, x]
            if j >= 0:
                share -= tables.items[j, k, x]
            if share != 0:
                price += share * (tables.times[x, tk, t1] * tables.rooms[x, rk, r1] - tables.times[x, tk, t0] * tables.rooms[x, rk, r0])
    if j >= 0:
        price += price_pair(tables, i, j, t1, r1, t0, r0) - price_pair(tables, i, j, t0, r0, t1, r1)
    return price


@njit(**INNER)
def price_by_pull(tables: PlacementTables, state: PlacementState, i: int, j: int, t1: int, r1: int) -> float:
    """Return the same from what is kept; the pull of i and j counts each other where they stood, which is put right."""
    t0, r0 = state.times[i], state.rooms[i]
    price = state.pull[i, t1, r1] - state.pull[i, t0, r0]
    if j >= 0:
        price += state.pull[j, t0, r0] - state.pull[j, t1, r1]
        for x in range(tables.times.shape[0]):
            share = tables.items[i, j, x]
            if share != 0:
                price += share * (
                    tables.times[x, t0, t1] * tables.rooms[x, r0, r1]
                    + tables.times[x, t1, t0] * tables.rooms[x, r1, r0]
                    - tables.times[x, t1, t1] * tables.rooms[x, r1, r1]
                    - tables.times[x, t0, t0] * tables.rooms[x, r0, r0]
                )
    return price


@njit(**INNER)
def price_counts(tables: PlacementTables, state: PlacementState, i: int, j: int, t1: int) -> float:
    """Return what the counts of two times change by."""
    t0 = state.times[i]
    price = 0.0
    if t0 == t1:
        return price
    for group in range(tables.members.shape[1]):
        step = -tables.members[i, group]
        if j >= 0:
            step += tables.members[j, group]
        if step != 0:
            here, there = state.counts[group, t0], state.counts[group, t1]
            costs = tables.count_costs[group]
            price += costs[t0, here + step] - costs[t0, here] + costs[t1, there - step] - costs[t1, there]
    return price


@njit(**INNER)
def pull_from(
    tables: PlacementTables, state: PlacementState, x: int, i: int, t0: int, r0: int, t1: int, r1: int, low: int, high: int
) -> None:
    """Keep the pull of relation x right after i went from (t0, r0) to (t1, r1); rooms outside low to high do not change."""
    times, rooms = tables.times[x], tables.rooms[x]
    for k in range(state.times.shape[0]):
        share = tables.items[k, i, x]
        if share == 0 or k == i:
            continue
        for t in range(times.shape[0]):
            before, after = share * times[t0, t], share * times[t1, t]
            if (before == 0 and after == 0) or not tables.may_at[k, t]:
                continue
            if tables.is_roomless[x]:
                if after != before:
                    for r in range(rooms.shape[0]):
                        state.pull[k, t, r] += after - before
            else:
                for r in range(low, high):
                    state.pull[k, t, r] += after * rooms[r1, r] - before * rooms[r0, r]


@njit(**INNER)
def follow(tables: PlacementTables, state: PlacementState, i: int, t0: int, r0: int, t1: int, r1: int) -> None:
    """Keep the pull of all others right after i went from (t0, r0) to (t1, r1)."""
    for x in range(tables.times.shape[0]):
        is_same_time = True
        for t in range(tables.times.shape[1]):
            if tables.times[x, t0, t] != tables.times[x, t1, t]:
                is_same_time = False
                break
        if tables.is_roomless[x]:
            if not is_same_time:
                pull_from(tables, state, x, i, t0, r0, t1, r1, 0, 0)
            continue
        low, high = 0, tables.rooms.shape[1]
        if is_same_time:
            while low < high and tables.rooms[x, r0, low] == tables.rooms[x, r1, low]:
                low += 1
            while high > low and tables.rooms[x, r0, high - 1] == tables.rooms[x, r1, high - 1]:
                high -= 1
        if low < high:
            pull_from(tables, state, x, i, t0, r0, t1, r1, low, high)


@njit(**INNER)
def fill_pull(tables: PlacementTables, state: PlacementState) -> None:
    """Compute the pull of all items anew."""
    state.pull[:, :, :] = 0
    for i in range(state.times.shape[0]):
        for x in range(tables.times.shape[0]):
            times, rooms = tables.times[x, state.times[i]], tables.rooms[x, state.rooms[i]]
            for k in range(state.times.shape[0]):
                share = tables.items[k, i, x]
                if share == 0 or k == i:
                    continue
                for t in range(times.shape[0]):
                    if times[t] != 0 and tables.may_at[k, t]:
                        for r in range(rooms.shape[0]):
                            state.pull[k, t, r] += share * times[t] * rooms[r]


@njit(**INNER)
def settle(tables: PlacementTables, state: PlacementState, i: int, j: int, t1: int, r1: int) -> None:
    """Do the move."""
    t0, r0 = state.times[i], state.rooms[i]
    if t0 != t1:
        for group in range(tables.members.shape[1]):
            step = tables.members[i, group]
            if j >= 0:
                step -= tables.members[j, group]
            state.counts[group, t0] -= step
            state.counts[group, t1] += step
    if state.flags[IS_COLD]:
        follow(tables, state, i, t0, r0, t1, r1)
        if j >= 0:
            follow(tables, state, j, t1, r1, t0, r0)
    state.occupants[t0, r0], state.occupants[t1, r1] = j, i
    state.times[i], state.rooms[i] = t1, r1
    if j >= 0:
        state.times[j], state.rooms[j] = t0, r0


@njit(**INNER)
def look_at_share(tables: PlacementTables, state: PlacementState) -> None:
    """Decide every so often whether the pull is worth keeping."""
    state.flags[SEEN] += 1
    if state.flags[SEEN] < WINDOW:
        return
    is_cold = state.flags[ACCEPTED] < COLD_SHARE * WINDOW
    if is_cold and not state.flags[IS_COLD]:
        fill_pull(tables, state)
    state.flags[IS_COLD] = is_cold
    state.flags[ACCEPTED] = state.flags[SEEN] = 0


@njit(**COMPILED)
def anneal(tables: PlacementTables, state: PlacementState, moves: int, hot: float, cold: float) -> None:
    """Try so many moves while it cools from hot to cold; the best is kept in the state."""
    factor = (cold / hot) ** (1.0 / moves)
    heat = hot
    room_count = state.occupants.shape[1]
    for _ in range(moves):
        heat *= factor
        look_at_share(tables, state)
        i = np.random.randint(state.times.shape[0])
        start, end = tables.starts[i], tables.starts[i + 1]
        if end - start < 2:
            continue
        place = tables.places[start + np.random.randint(end - start)]
        t1, r1 = place // room_count, place % room_count
        t0, r0 = state.times[i], state.rooms[i]
        j = state.occupants[t1, r1]
        if j == i or (j >= 0 and not tables.allowed[j, t0, r0]):
            continue
        price = tables.costs[i, t1, r1] - tables.costs[i, t0, r0] + price_counts(tables, state, i, j, t1)
        if j >= 0:
            price += tables.costs[j, t0, r0] - tables.costs[j, t1, r1]
        price += price_by_pull(tables, state, i, j, t1, r1) if state.flags[IS_COLD] else price_against_all(tables, state, i, j, t1, r1)
        if price <= 0 or np.random.random() < np.exp(-price / heat):
            settle(tables, state, i, j, t1, r1)
            state.flags[ACCEPTED] += 1
            state.figures[CURRENT] += price
            if state.figures[CURRENT] < state.figures[BEST] - 1e-6:
                state.figures[BEST] = state.figures[CURRENT]
                for x in range(state.times.shape[0]):
                    state.best_times[x] = state.times[x]
                    state.best_rooms[x] = state.rooms[x]


@njit(**COMPILED)
def sample_prices(tables: PlacementTables, state: PlacementState, prices: Any) -> None:
    """Fill `prices` with what moves from here would cost that cost something, none of them done; 0 where none was found."""
    room_count = state.occupants.shape[1]
    for x in range(prices.shape[0]):
        prices[x] = 0
        for _ in range(20):
            i = np.random.randint(state.times.shape[0])
            start, end = tables.starts[i], tables.starts[i + 1]
            place = tables.places[start + np.random.randint(end - start)]
            t1, r1 = place // room_count, place % room_count
            j = state.occupants[t1, r1]
            if j == i or (j >= 0 and not tables.allowed[j, state.times[i], state.rooms[i]]):
                continue
            price = tables.costs[i, t1, r1] - tables.costs[i, state.times[i], state.rooms[i]] + price_counts(tables, state, i, j, t1)
            if j >= 0:
                price += tables.costs[j, state.times[i], state.rooms[i]] - tables.costs[j, t1, r1]
            price += price_against_all(tables, state, i, j, t1, r1)
            if price > 0:
                prices[x] = price
                break
