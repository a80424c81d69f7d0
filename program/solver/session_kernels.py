"""Compiled moves of the local search for sessions; importing this module loads the compiler."""

from typing import Any

import numpy as np
from numba import njit

from program.solver.session_prices import COMPILED, INNER, WAITING_PRICE, SessionState, SessionTables, price_session, price_topic

# A cell is a session in a room, `cell = session * rooms + room`; one cell more holds what waits for a place. A move
# changes one cell or two; what they cost is computed anew, and taken back when the move is not accepted.
CURRENT, BEST = 0, 1
PAPER, CELL, ORDER, JOIN = 0, 1, 2, 3  # moves: a paper (or two), whole cells, two places in a cell, a cell into another
KIND, FROM, TO, ONE, OTHER = 0, 1, 2, 3, 4
HELD_FROM, HELD_TO, USED_FROM, USED_TO, TOPIC_FROM, TOPIC_TO = 5, 6, 7, 8, 9, 10
LINE_SHARE = 0.03  # of the moves line up a whole topic
WIDE_SHARE = 0.25  # of these use a room more than need be
HOME_SHARE = 0.6  # of its rooms are such as it has already
TRIES = 8  # to find a partner


@njit(**COMPILED)
def seed_moves(seed: int) -> None:
    """Start the random numbers of this thread."""
    np.random.seed(seed)


@njit(**INNER)
def fits(tables: SessionTables, state: SessionState, cell: int, change: int) -> bool:
    """Tell whether a cell has room for so many slots more; whatever waits has."""
    session = cell // tables.topic_costs.shape[2]
    return session >= tables.capacity.shape[0] or state.used[cell] + change <= tables.capacity[session]


@njit(**INNER)
def propose_paper(tables: SessionTables, state: SessionState, paper: int, wants_swap: bool) -> bool:
    """Choose a cell of the paper's topic, or an empty one, and whom to change places with, if need be."""
    move = state.move
    waiting = state.held.shape[0] - 1
    topic, source = tables.topic[paper], state.where[paper]
    target = waiting
    for _ in range(TRIES):
        target = state.where[np.random.randint(tables.topic.shape[0])] if wants_swap else np.random.randint(waiting)
        if target != waiting and target != source and (state.held[target] == 0 or state.topics[target] == topic):
            break
        target = waiting
    if target == waiting:
        return False
    other = -1
    length = tables.length[paper]
    if state.held[target] > 0 and (not fits(tables, state, target, length) or (wants_swap and np.random.random() < 0.6)):
        other = state.cells[target, np.random.randint(state.held[target])]
        step = length - tables.length[other]
        if not fits(tables, state, target, step) or not fits(tables, state, source, -step):
            return False
    if not fits(tables, state, target, length if other < 0 else 0) and other < 0:
        return False
    move[KIND], move[FROM], move[TO], move[ONE], move[OTHER] = PAPER, source, target, paper, other
    return True


@njit(**INNER)
def propose_cells(tables: SessionTables, state: SessionState, source: int) -> bool:
    """Choose a cell that changes its whole contents with another."""
    move = state.move
    room_count = tables.topic_costs.shape[2]
    target = np.random.randint(state.held.shape[0] - 1)
    if target == source:
        return False
    if state.used[source] > tables.capacity[target // room_count] or state.used[target] > tables.capacity[source // room_count]:
        return False
    move[KIND], move[FROM], move[TO], move[OTHER] = CELL, source, target, -1
    return True


@njit(**INNER)
def propose_join(tables: SessionTables, state: SessionState, source: int) -> bool:
    """Choose a cell that takes in all of another of its topic."""
    move = state.move
    for _ in range(TRIES):
        target = np.random.randint(state.held.shape[0] - 1)
        if target != source and state.held[target] > 0 and state.topics[target] == state.topics[source]:
            if not fits(tables, state, target, state.used[source]):
                return False
            move[KIND], move[FROM], move[TO], move[OTHER] = JOIN, source, target, -1
            return True
    return False


@njit(**INNER)
def propose(tables: SessionTables, state: SessionState) -> bool:
    """Choose a move; False when this throw gives none."""
    waiting = state.held.shape[0] - 1
    kind = np.random.randint(100)
    paper = np.random.randint(tables.topic.shape[0])
    if state.held[waiting] > 0 and np.random.random() < 0.3:
        paper = state.cells[waiting, np.random.randint(state.held[waiting])]
    source = state.where[paper]
    state.move[ONE] = paper
    if kind < 55 or source == waiting:
        return propose_paper(tables, state, paper, kind >= 30)
    if kind < 75:
        return propose_cells(tables, state, source)
    if kind < 90:
        state.move[KIND], state.move[FROM], state.move[TO], state.move[OTHER] = ORDER, source, source, -1
        return state.held[source] > 1
    return propose_join(tables, state, source)


@njit(**INNER)
def remember(state: SessionState) -> None:
    """Keep what the two cells of the move hold."""
    move = state.move
    source, target = move[FROM], move[TO]
    move[HELD_FROM], move[USED_FROM], move[TOPIC_FROM] = state.held[source], state.used[source], state.topics[source]
    move[HELD_TO], move[USED_TO], move[TOPIC_TO] = state.held[target], state.used[target], state.topics[target]
    for x in range(state.held[source]):
        state.old_from[x] = state.cells[source, x]
    for x in range(state.held[target]):
        state.old_to[x] = state.cells[target, x]


@njit(**INNER)
def put(state: SessionState, cell: int, papers: Any, held: int, used: int, topic: int) -> None:
    """Give a cell these contents."""
    for place in range(held):
        state.cells[cell, place] = papers[place]
        state.where[papers[place]] = cell
    state.held[cell], state.used[cell], state.topics[cell] = held, used, topic


@njit(**INNER)
def move_paper(tables: SessionTables, state: SessionState) -> None:
    """Take a paper to its new cell, at any place of it, or let two papers change places."""
    move = state.move
    source, target, paper, other = move[FROM], move[TO], move[ONE], move[OTHER]
    place = 0
    while state.cells[source, place] != paper:
        place += 1
    length = tables.length[paper]
    if other >= 0:
        beside = 0
        while state.cells[target, beside] != other:
            beside += 1
        step = length - tables.length[other]
        state.cells[source, place], state.cells[target, beside] = other, paper
        state.where[other] = source
        state.used[source] -= step
        state.used[target] += step
    else:
        for x in range(place, state.held[source] - 1):
            state.cells[source, x] = state.cells[source, x + 1]
        state.held[source] -= 1
        state.used[source] -= length
        into = np.random.randint(state.held[target] + 1)
        for x in range(state.held[target], into, -1):
            state.cells[target, x] = state.cells[target, x - 1]
        state.cells[target, into] = paper
        state.held[target] += 1
        state.used[target] += length
        state.topics[target] = tables.topic[paper]
    state.where[paper] = target


@njit(**INNER)
def do_move(tables: SessionTables, state: SessionState) -> None:
    """Do the move at hand."""
    move = state.move
    source, target = move[FROM], move[TO]
    if move[KIND] == PAPER:
        move_paper(tables, state)
    elif move[KIND] == CELL:
        put(state, target, state.old_from, move[HELD_FROM], move[USED_FROM], move[TOPIC_FROM])
        put(state, source, state.old_to, move[HELD_TO], move[USED_TO], move[TOPIC_TO])
    elif move[KIND] == ORDER:
        one, other = np.random.randint(state.held[source]), np.random.randint(state.held[source])
        state.cells[source, one], state.cells[source, other] = state.cells[source, other], state.cells[source, one]
    else:
        for x in range(move[HELD_FROM]):
            state.cells[target, move[HELD_TO] + x] = state.old_from[x]
            state.where[state.old_from[x]] = target
        state.held[target] += move[HELD_FROM]
        state.used[target] += move[USED_FROM]
        state.held[source] = state.used[source] = 0


@njit(**INNER)
def undo_move(state: SessionState) -> None:
    """Give the two cells back what they held."""
    move = state.move
    put(state, move[FROM], state.old_from, move[HELD_FROM], move[USED_FROM], move[TOPIC_FROM])
    if move[TO] != move[FROM]:
        put(state, move[TO], state.old_to, move[HELD_TO], move[USED_TO], move[TOPIC_TO])


@njit(**INNER)
def swap_cells(tables: SessionTables, state: SessionState, one: int, other: int) -> bool:
    """Let two cells change their whole contents; False, with nothing done, where they do not fit."""
    if one == other:
        return True
    room_count = tables.topic_costs.shape[2]
    if state.used[one] > tables.capacity[other // room_count] or state.used[other] > tables.capacity[one // room_count]:
        return False
    held, used, topic = state.held[one], state.used[one], state.topics[one]
    for x in range(held):
        state.old_from[x] = state.cells[one, x]
    for x in range(state.held[other]):
        state.old_to[x] = state.cells[other, x]
    put(state, one, state.old_to, state.held[other], state.used[other], state.topics[other])
    put(state, other, state.old_from, held, used, topic)
    return True


@njit(**INNER)
def draw_rooms(tables: SessionTables, state: SessionState, count: int, cell_count: int) -> None:
    """Choose so many rooms, preferably such as the cells of the line are in; they come to stand first."""
    room_count = tables.topic_costs.shape[2]
    for x in range(count):
        place = x + np.random.randint(room_count - x)
        if np.random.random() < HOME_SHARE:
            wanted = state.line_from[np.random.randint(cell_count)] % room_count
            for y in range(x, room_count):
                if state.line_rooms[y] == wanted:
                    place = y
        room = state.line_rooms[place]
        state.line_rooms[place] = state.line_rooms[x]
        state.line_rooms[x] = room


@njit(**INNER)
def list_line(tables: SessionTables, state: SessionState) -> int:
    """Choose a topic and a block of few rooms over sessions in a row: line up its cells there; return how many must move."""
    session_count, room_count = tables.topic_costs.shape[1], tables.topic_costs.shape[2]
    topic = tables.topic[np.random.randint(tables.topic.shape[0])]
    count = 0
    for cell in range(session_count * room_count):
        if state.held[cell] > 0 and state.topics[cell] == topic:
            state.line_from[count] = cell
            count += 1
    if count == 0:
        return 0
    rooms = (count + session_count - 1) // session_count
    if rooms < room_count and np.random.random() < WIDE_SHARE:
        rooms += 1
    width = (count + rooms - 1) // rooms
    if width < session_count and rooms > 1 and np.random.random() < WIDE_SHARE:
        width += 1
    first = np.random.randint(session_count - width + 1)
    draw_rooms(tables, state, rooms, count)
    targets = 0
    for x in range(count):
        cell = (first + x % width) * room_count + state.line_rooms[x // width]
        if state.held[cell] == 0 or state.topics[cell] != topic:
            state.line_to[targets] = cell
            targets += 1
        else:
            for y in range(count):
                if state.line_from[y] == cell:
                    state.line_from[y] = -1
    left = 0
    for x in range(count):
        if state.line_from[x] >= 0:
            state.line_from[left] = state.line_from[x]
            left += 1
    return left


@njit(**INNER)
def price_line(tables: SessionTables, state: SessionState, count: int) -> float:
    """Return what the line-up changes; the new prices of sessions and topics are kept beside the old, infinite where they are the same."""
    room_count = tables.topic_costs.shape[2]
    for session in range(state.new_sessions.shape[0]):
        state.new_sessions[session] = np.inf
    for topic in range(state.new_topics.shape[0]):
        state.new_topics[topic] = np.inf
    price = 0.0
    for x in range(count):
        for side in range(2):
            cell = state.line_from[x] if side == 0 else state.line_to[x]
            session = cell // room_count
            if state.new_sessions[session] == np.inf:
                state.new_sessions[session] = price_session(tables, state, session)
                price += state.new_sessions[session] - state.session_prices[session]
            topic = state.topics[cell]
            if state.held[cell] > 0 and state.new_topics[topic] == np.inf:
                state.new_topics[topic] = price_topic(tables, state, topic)
                price += state.new_topics[topic] - state.topic_prices[topic]
    return price


@njit(**INNER)
def line_up(tables: SessionTables, state: SessionState, heat: float) -> None:
    """Try to give a topic one room and sessions in a row; whoever is there takes the cells that it leaves."""
    count = list_line(tables, state)
    done = 0
    while done < count and swap_cells(tables, state, state.line_from[done], state.line_to[done]):
        done += 1
    price = price_line(tables, state, count) if done == count else np.inf
    if count == 0 or price == np.inf or (price > 0 and np.random.random() >= np.exp(-price / heat)):
        while done > 0:
            done -= 1
            swap_cells(tables, state, state.line_from[done], state.line_to[done])
        return
    for session in range(state.session_prices.shape[0]):
        if state.new_sessions[session] != np.inf:
            state.session_prices[session] = state.new_sessions[session]
    for topic in range(state.topic_prices.shape[0]):
        if state.new_topics[topic] != np.inf:
            state.topic_prices[topic] = state.new_topics[topic]
    keep_price(state, price)


@njit(**INNER)
def keep_price(state: SessionState, price: float) -> None:
    """Count an accepted move; keep the best."""
    state.figures[CURRENT] += price
    if state.figures[CURRENT] < state.figures[BEST] - 1e-6:
        state.figures[BEST] = state.figures[CURRENT]
        for cell in range(state.held.shape[0]):
            state.best_held[cell] = state.held[cell]
            for x in range(state.held[cell]):
                state.best_cells[cell, x] = state.cells[cell, x]


@njit(**COMPILED)
def anneal(tables: SessionTables, state: SessionState, moves: int, hot: float, cold: float) -> None:
    """Try so many moves while it cools from hot to cold; the best is kept in the state."""
    factor = (cold / hot) ** (1.0 / moves)
    heat = hot
    room_count = tables.topic_costs.shape[2]
    waiting = state.held.shape[0] - 1
    for _ in range(moves):
        heat *= factor
        if np.random.random() < LINE_SHARE:
            line_up(tables, state, heat)
            continue
        if not propose(tables, state):
            continue
        remember(state)
        do_move(tables, state)
        move = state.move
        source, target, paper, other = move[FROM], move[TO], move[ONE], move[OTHER]
        price, one, two, first, second = 0.0, -1, -1, 0.0, 0.0
        if source == waiting:
            price -= WAITING_PRICE * (tables.length[paper] - (tables.length[other] if other >= 0 else 0))
        else:
            one = source // room_count
            first = price_session(tables, state, one)
            price += first - state.session_prices[one]
        if target // room_count != one:
            two = target // room_count
            second = price_session(tables, state, two)
            price += second - state.session_prices[two]
        topic, beside, third, fourth = tables.topic[paper], -1, 0.0, 0.0
        third = price_topic(tables, state, topic)
        price += third - state.topic_prices[topic]
        if move[KIND] == CELL and move[HELD_TO] > 0 and move[TOPIC_TO] != topic:
            beside = move[TOPIC_TO]
            fourth = price_topic(tables, state, beside)
            price += fourth - state.topic_prices[beside]
        if price > 0 and np.random.random() >= np.exp(-price / heat):
            undo_move(state)
            continue
        if one >= 0:
            state.session_prices[one] = first
        if two >= 0:
            state.session_prices[two] = second
        state.topic_prices[topic] = third
        if beside >= 0:
            state.topic_prices[beside] = fourth
        keep_price(state, price)
