"""Local search for sessions, from any start to a better plan by annealing; importing this module loads the compiler."""

import numpy as np

from program.solver import session_kernels as kernels
from program.solver import session_prices as prices
from program.solver.sessions import SessionPlan, SessionProblem


def make_tables(problem: SessionProblem) -> prices.SessionTables:
    """Bring a problem into the shape of the kernels."""
    weights = problem.weights
    ordered = [bool((problem.wanted[problem.topic == topic] > 0).any()) for topic in range(problem.topic_count)]
    floats = {
        name: np.ascontiguousarray(getattr(problem, name), dtype=np.float64)
        for name in ("topic_costs", "paper_costs", "topic_pairs", "session_pairs", "slot_pairs")
    }
    return prices.SessionTables(
        capacity=problem.capacity.astype(np.int64),
        length=problem.length.astype(np.int64),
        topic=problem.topic.astype(np.int64),
        wanted=problem.wanted.astype(np.int64),
        is_ordered=np.array(ordered, dtype=np.bool_),
        has_slot_pairs=bool(problem.slot_pairs.any()),
        weights=np.array([weights.parallel, weights.rooms, weights.gaps, weights.order], dtype=np.float64),
        **floats,
    )


def start_state(problem: SessionProblem, tables: prices.SessionTables, plan: SessionPlan) -> prices.SessionState:
    """Return the state of a search that starts from a plan; papers that it leaves out wait."""
    cell_count, paper_count = problem.session_count * problem.room_count, problem.paper_count
    longest = int(problem.capacity.max(initial=0))
    state = prices.SessionState(
        cells=np.zeros((cell_count + 1, paper_count + 1), dtype=np.int64),
        held=np.zeros(cell_count + 1, dtype=np.int64),
        used=np.zeros(cell_count + 1, dtype=np.int64),
        topics=np.full(cell_count + 1, -1, dtype=np.int64),
        where=np.full(paper_count, cell_count, dtype=np.int64),
        session_prices=np.zeros(problem.session_count),
        topic_prices=np.zeros(problem.topic_count),
        best_cells=np.zeros((cell_count + 1, paper_count + 1), dtype=np.int64),
        best_held=np.zeros(cell_count + 1, dtype=np.int64),
        figures=np.zeros(2),
        move=np.zeros(11, dtype=np.int64),
        old_from=np.zeros(paper_count + 1, dtype=np.int64),
        old_to=np.zeros(paper_count + 1, dtype=np.int64),
        at=np.zeros((longest + 1, problem.room_count + 1), dtype=np.int64),
        at_count=np.zeros(longest + 1, dtype=np.int64),
        line_from=np.zeros(cell_count + 1, dtype=np.int64),
        line_to=np.zeros(cell_count + 1, dtype=np.int64),
        line_rooms=np.arange(problem.room_count),
        new_sessions=np.zeros(problem.session_count),
        new_topics=np.zeros(problem.topic_count),
        room_seen=np.zeros(problem.room_count, dtype=np.bool_),
    )
    for (session, room), papers in plan.cells.items():
        _fill_cell(problem, state, session * problem.room_count + room, papers)
    _fill_cell(problem, state, cell_count, tuple(map(int, np.flatnonzero(state.where == cell_count))))
    state.best_cells[:], state.best_held[:] = state.cells, state.held
    state.figures[:] = prices.price_all(tables, state)
    return state


def _fill_cell(problem: SessionProblem, state: prices.SessionState, cell: int, papers: tuple[int, ...]) -> None:
    for place, paper in enumerate(papers):
        state.cells[cell, place], state.where[paper] = paper, cell
    state.held[cell], state.used[cell] = len(papers), sum(problem.length[list(papers)])
    state.topics[cell] = problem.topic[papers[0]] if papers else -1


def read_plan(problem: SessionProblem, state: prices.SessionState) -> SessionPlan:
    """Return the best plan of a search; what still waits is left out."""
    cells = {}
    for cell in range(problem.session_count * problem.room_count):
        if state.best_held[cell]:
            cells[divmod(cell, problem.room_count)] = tuple(map(int, state.best_cells[cell, : state.best_held[cell]]))
    return SessionPlan(cells)


class SessionSearcher:
    """One annealing of a session problem; it cools from a third of the largest price to a third of the least."""

    def __init__(self, problem: SessionProblem, start: SessionPlan, seed: int) -> None:
        self._problem, self._tables = problem, make_tables(problem)
        self.begin(start, seed)
        arrays = (problem.topic_costs, problem.paper_costs, problem.topic_pairs, problem.session_pairs, problem.slot_pairs)
        costs = np.concatenate([*(values[values > 0] for values in arrays), self._tables.weights[self._tables.weights > 0]])
        self.heats = (float(costs.max()) / 3, float(costs.min()) / 3) if costs.size else (1.0, 0.5)

    def begin(self, start: SessionPlan, seed: int) -> None:
        """Go on from here, in the thread that calls."""
        self._state = start_state(self._problem, self._tables, start)
        kernels.seed_moves(seed)

    def cool(self, moves: int, hot: float, cold: float) -> float:
        """Try so many moves while it cools; return what the best so far costs as the search counts."""
        kernels.anneal(self._tables, self._state, moves, hot, cold)
        return float(self._state.figures[kernels.BEST])

    def take_best(self) -> SessionPlan:
        """Return the best so far."""
        return read_plan(self._problem, self._state)
