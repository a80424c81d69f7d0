"""Compiled prices of what sessions hold; importing this module loads the compiler."""

from typing import Any, NamedTuple

from numba import njit

COMPILED: dict[str, Any] = {"cache": True, "nogil": True, "fastmath": {"contract", "reassoc", "nsz"}, "error_model": "numpy"}
INNER: dict[str, Any] = {**COMPILED, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}  # called by compiled code only
WAITING_PRICE = 1e7  # of each slot that has no place


class SessionTables(NamedTuple):
    """What does not change: the problem's arrays, with `weights` for parallel, rooms, gaps, order."""

    capacity: Any
    length: Any
    topic: Any
    wanted: Any
    is_ordered: Any
    topic_costs: Any
    paper_costs: Any
    topic_pairs: Any
    session_pairs: Any
    slot_pairs: Any
    has_slot_pairs: Any
    weights: Any


class SessionState(NamedTuple):
    """What each cell holds, what sessions and topics cost, the best so far, room for the move at hand."""

    cells: Any
    held: Any
    used: Any
    topics: Any
    where: Any
    session_prices: Any
    topic_prices: Any
    best_cells: Any
    best_held: Any
    figures: Any
    move: Any
    old_from: Any
    old_to: Any
    at: Any
    at_count: Any
    line_from: Any
    line_to: Any
    line_rooms: Any
    new_sessions: Any
    new_topics: Any
    room_seen: Any


@njit(**INNER)
def price_slots(tables: SessionTables, state: SessionState, session: int) -> float:
    """Return what papers cost that stand at the same slot of a session."""
    price = 0.0
    room_count = tables.topic_costs.shape[2]
    for slot in range(tables.capacity[session]):
        state.at_count[slot] = 0
    for room in range(room_count):
        cell = session * room_count + room
        slot = 0
        for place in range(state.held[cell]):
            paper = state.cells[cell, place]
            for _ in range(tables.length[paper]):
                for other in range(state.at_count[slot]):
                    price += tables.slot_pairs[paper, state.at[slot, other]]
                state.at[slot, state.at_count[slot]] = paper
                state.at_count[slot] += 1
                slot += 1
    return price


@njit(**INNER)
def price_session(tables: SessionTables, state: SessionState, session: int) -> float:
    """Return what a session costs over all its rooms."""
    price = 0.0
    room_count = tables.topic_costs.shape[2]
    for room in range(room_count):
        cell = session * room_count + room
        if state.held[cell] == 0:
            continue
        topic = state.topics[cell]
        price += tables.topic_costs[topic, session, room]
        is_parallel = False
        for place in range(state.held[cell]):
            price += tables.paper_costs[state.cells[cell, place], session, room]
        for before in range(room):
            other = session * room_count + before
            if state.held[other] == 0:
                continue
            if state.topics[other] == topic:
                is_parallel = True
            else:
                price += tables.topic_pairs[topic, state.topics[other]]
            for place in range(state.held[cell]):
                for beside in range(state.held[other]):
                    price += tables.session_pairs[state.cells[cell, place], state.cells[other, beside]]
        if is_parallel:
            price += tables.weights[0]
    return price + price_slots(tables, state, session) if tables.has_slot_pairs else price


@njit(**INNER)
def price_topic(tables: SessionTables, state: SessionState, topic: int) -> float:
    """Return what the rooms, gaps and order of a topic cost."""
    session_count, room_count = tables.topic_costs.shape[1], tables.topic_costs.shape[2]
    rooms, sessions, first, last, place = 0, 0, -1, -1, 0
    price = 0.0
    for room in range(room_count):
        state.room_seen[room] = False
    for session in range(session_count):
        is_here = False
        for room in range(room_count):
            cell = session * room_count + room
            if state.held[cell] == 0 or state.topics[cell] != topic:
                continue
            is_here = True
            if not state.room_seen[room]:
                state.room_seen[room] = True
                rooms += 1
            if tables.is_ordered[topic]:
                for x in range(state.held[cell]):
                    place += 1
                    wanted = tables.wanted[state.cells[cell, x]]
                    if wanted != 0 and wanted != place:
                        price += tables.weights[3]
        if is_here:
            sessions += 1
            last = session
            if first < 0:
                first = session
    if sessions > 0 and last - first + 1 != sessions:
        price += tables.weights[2]
    return price + tables.weights[1] * max(0, rooms - 1)


@njit(**COMPILED)
def price_all(tables: SessionTables, state: SessionState) -> float:
    """Compute all prices anew; return their sum with what waits."""
    session_count, room_count = tables.topic_costs.shape[1], tables.topic_costs.shape[2]
    waiting = session_count * room_count
    price = 0.0
    for session in range(session_count):
        state.session_prices[session] = price_session(tables, state, session)
        price += state.session_prices[session]
    for topic in range(tables.topic_costs.shape[0]):
        state.topic_prices[topic] = price_topic(tables, state, topic)
        price += state.topic_prices[topic]
    for place in range(state.held[waiting]):
        price += WAITING_PRICE * tables.length[state.cells[waiting, place]]
    return price
