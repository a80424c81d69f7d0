"""Exact search for sessions by CP-SAT, from the best plan known so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import Any

import numpy as np

from program.solver.searching import Effort, SearchRun
from program.solver.session_starts import pack_papers
from program.solver.sessions import SessionPlan, SessionProblem

MOST_VARIABLES = 60_000  # beyond, building the model alone takes the time away
EXACT_UNTIL = 0.85  # of the seconds


def count_variables(problem: SessionProblem) -> int:
    """Return about how many unknowns the model would have."""
    pairs = int(np.triu((problem.session_pairs + problem.slot_pairs) > 0, 1).sum())
    cells = problem.topic_count * problem.room_count + problem.paper_count + pairs
    return problem.session_count * cells


@dataclass(slots=True)
class SessionModel:
    """Which topic stands in which cell, which paper in which session; order within a session is not modelled."""

    problem: SessionProblem
    model: Any
    cells: dict[tuple[int, int, int], Any] = field(default_factory=dict)  # topic, session, room
    stands: dict[tuple[int, int], Any] = field(default_factory=dict)  # paper, session
    here: dict[tuple[int, int], Any] = field(default_factory=dict)  # topic, session
    terms: list[Any] = field(default_factory=list)

    def read_plan(self, value: Any) -> SessionPlan:
        """Return the plan that the values of the unknowns tell."""
        problem = self.problem
        held: dict[tuple[int, int], list[int]] = {}
        for topic, session in product(range(problem.topic_count), range(problem.session_count)):
            free = [(session, room) for room in range(problem.room_count) if value(self.cells[topic, session, room])]
            papers = [int(paper) for paper in np.flatnonzero(problem.topic == topic) if value(self.stands[int(paper), session])]
            pack_papers(problem, papers, held, free)
        return sort_papers(problem, SessionPlan({cell: tuple(papers) for cell, papers in held.items()}))


def sort_papers(problem: SessionProblem, plan: SessionPlan) -> SessionPlan:
    """Return the plan with the papers of each cell by their wanted place, those without one last."""
    last = problem.paper_count + 1
    return SessionPlan(
        {cell: tuple(sorted(papers, key=lambda one: int(problem.wanted[one]) or last)) for cell, papers in plan.cells.items()}
    )


def build_model(problem: SessionProblem) -> SessionModel:
    """Return the model of a problem; what it costs agrees with the rules but for the order of papers."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    built = SessionModel(problem, cp_model.CpModel())
    topics, sessions, rooms = range(problem.topic_count), range(problem.session_count), range(problem.room_count)
    for key in product(topics, sessions, rooms):
        built.cells[key] = built.model.new_bool_var("")
    for paper, session in product(range(problem.paper_count), sessions):
        built.stands[paper, session] = built.model.new_bool_var("")
    for topic, session in product(topics, sessions):
        built.here[topic, session] = built.model.new_bool_var("")
        built.model.add_max_equality(built.here[topic, session], [built.cells[topic, session, room] for room in rooms])
    for session, room in product(sessions, rooms):
        built.model.add_at_most_one(built.cells[topic, session, room] for topic in topics)
    for paper in range(problem.paper_count):
        built.model.add_exactly_one(built.stands[paper, session] for session in sessions)
    for topic, session in product(topics, sessions):
        _fit_papers(built, topic, session)
    for key, cell in built.cells.items():
        built.terms.append(int(problem.topic_costs[key]) * cell)
    for topic in topics:
        _price_topic(built, topic)
    for session in sessions:
        _price_pairs(built, session)
    built.model.minimize(sum(built.terms))
    return built


def _fit_papers(built: SessionModel, topic: int, session: int) -> None:
    """Hold the papers of a topic in a session within its rooms there, each at what it costs."""
    problem = built.problem
    cells = [built.cells[topic, session, room] for room in range(problem.room_count)]
    papers = [int(paper) for paper in np.flatnonzero(problem.topic == topic)]
    used = sum(int(problem.length[paper]) * built.stands[paper, session] for paper in papers)
    built.model.add(used <= int(problem.capacity[session]) * sum(cells))
    for paper in papers:
        stands, costs = built.stands[paper, session], problem.paper_costs[paper, session]
        if problem.length[paper] > problem.capacity[session]:
            built.model.add(stands == 0)
        built.model.add_at_least_one(stands.negated(), *cells)
        built.terms.append(int(costs.min()) * stands)
        for room in np.flatnonzero(costs > costs.min()):
            both = _both(built, stands, cells[room])
            built.terms.append(int(costs[room] - costs.min()) * both)
    if problem.weights.parallel:
        more = built.model.new_int_var(0, problem.room_count, "")
        built.model.add(more >= sum(cells) - 1)
        built.terms.append(problem.weights.parallel * more)


def _both(built: SessionModel, one: Any, other: Any) -> Any:
    """Return an unknown that is true where both are; being priced, it is false elsewhere."""
    both = built.model.new_bool_var("")
    built.model.add_bool_or(one.negated(), other.negated(), both)
    return both


def _price_topic(built: SessionModel, topic: int) -> None:
    """Price the rooms and the gaps of a topic."""
    problem, weights = built.problem, built.problem.weights
    sessions, rooms = range(problem.session_count), range(problem.room_count)
    if not (problem.topic == topic).any():
        return
    if weights.rooms:
        used = [built.model.new_bool_var("") for _ in rooms]
        for session, room in product(sessions, rooms):
            built.model.add_implication(built.cells[topic, session, room], used[room])
        built.terms.append(weights.rooms * (sum(used) - 1))
    if not weights.gaps or len(sessions) < 3:
        return
    here = [built.here[topic, session] for session in sessions]
    begins = [here[0]]
    for before, after in pairwise(here):
        begin = built.model.new_bool_var("")
        built.model.add_bool_or(after.negated(), before, begin)
        begins.append(begin)
    is_torn = built.model.new_bool_var("")
    built.model.add(sum(begins) <= 1 + len(begins) * is_torn)
    built.terms.append(weights.gaps * is_torn)


def _price_pairs(built: SessionModel, session: int) -> None:
    """Price topics side by side and papers of two topics in one session."""
    problem = built.problem
    for one, other in combinations(range(problem.topic_count), 2):
        price = int(problem.topic_pairs[one, other])
        if price:
            built.terms.append(price * _both(built, built.here[one, session], built.here[other, session]))
    for one, other in _list_pairs(problem):
        both = _both(built, built.stands[one, session], built.stands[other, session])
        built.terms.append(int(problem.session_pairs[one, other]) * both)


def _list_pairs(problem: SessionProblem) -> Iterator[tuple[int, int]]:
    for one, other in np.argwhere(np.triu(problem.session_pairs, 1) > 0).tolist():
        if problem.topic[one] != problem.topic[other]:
            yield one, other


def improve_plan(problem: SessionProblem, run: SearchRun[SessionPlan], effort: Effort) -> None:
    """Search from the best plan of the run, offering each better one to it, until the time is over or nothing better exists."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    built = build_model(problem)
    stands = {(paper, session) for paper, (session, _, _) in run.best.list_places(problem).items()}
    for (topic, session, room), cell in built.cells.items():
        papers = run.best.cells.get((session, room), ())
        built.model.add_hint(cell, bool(papers) and int(problem.topic[papers[0]]) == topic)
    for key, unknown in built.stands.items():
        built.model.add_hint(unknown, key in stands)

    class Offers(cp_model.CpSolverSolutionCallback):
        """Hands each plan on."""

        def on_solution_callback(self) -> None:
            run.offer(built.read_plan(self.boolean_value))
            if run.is_done():
                self.stop_search()

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, EXACT_UNTIL * effort.seconds - run.seconds)
    solver.parameters.num_workers, solver.parameters.random_seed = effort.searcher_count, effort.seed
    solver.best_bound_callback = lambda _: solver.stop_search() if run.is_done() else None
    solver.solve(built.model, Offers())
