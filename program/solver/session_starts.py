"""A first plan of sessions, without the compiler."""

import numpy as np

from program.solver.sessions import SessionPlan, SessionProblem

EXACT_SECONDS = 3.0
Cell = tuple[int, int]


def start_plan(problem: SessionProblem, seed: int) -> SessionPlan:
    """Return a plan of all papers if one is soon found: packed greedily, exactly where that leaves papers waiting."""
    plan = pack_greedily(problem, seed)
    if count_placed(plan) == problem.paper_count:
        return plan
    exact = pack_exactly(problem, seed)
    return exact if count_placed(exact) > count_placed(plan) else plan


def count_placed(plan: SessionPlan) -> int:
    """Return how many papers have a place."""
    return sum(len(papers) for papers in plan.cells.values())


def pack_greedily(problem: SessionProblem, seed: int) -> SessionPlan:
    """Return a plan that packs topic after topic, the largest first; papers for which no cell was left are left out."""
    random = np.random.default_rng(seed)
    cells = [(session, room) for session in range(problem.session_count) for room in range(problem.room_count)]
    free = [cells[x] for x in random.permutation(len(cells))]
    sizes = np.bincount(problem.topic, weights=problem.length, minlength=problem.topic_count)
    held: dict[Cell, list[int]] = {}
    for topic in sorted(range(problem.topic_count), key=lambda one: (-sizes[one], one)):
        pack_papers(problem, list(map(int, np.flatnonzero(problem.topic == topic))), held, free)
    return SessionPlan({cell: tuple(papers) for cell, papers in held.items()})


def pack_papers(problem: SessionProblem, papers: list[int], held: dict[Cell, list[int]], free: list[Cell]) -> None:
    """Put each paper, the longest first, into the first of these papers' cells that has room, else into a free one."""
    room_left: dict[Cell, int] = {}
    for paper in sorted(papers, key=lambda one: (-problem.length[one], one)):
        length = int(problem.length[paper])
        cell = next((cell for cell, left in room_left.items() if length <= left), None)
        if cell is None:
            cell = next((cell for cell in free if length <= problem.capacity[cell[0]]), None)
            if cell is None:
                continue
            free.remove(cell)
            room_left[cell] = int(problem.capacity[cell[0]])
        room_left[cell] -= length
        held.setdefault(cell, []).append(paper)


def pack_exactly(problem: SessionProblem, seed: int) -> SessionPlan:
    """Return a plan from how many rooms each topic gets in each session, which leaves as few papers out as a short search can."""
    from ortools.sat.python import cp_model  # heavy: loads a native library

    model = cp_model.CpModel()
    topics, sessions = range(problem.topic_count), range(problem.session_count)
    rooms = [[model.new_int_var(0, problem.room_count, "") for _ in sessions] for _ in topics]
    stands = [[model.new_bool_var("") for _ in sessions] for _ in range(problem.paper_count)]
    for session in sessions:
        model.add(sum(rooms[topic][session] for topic in topics) <= problem.room_count)
        for topic in topics:
            of_topic = np.flatnonzero(problem.topic == topic)
            used = sum(int(problem.length[paper]) * stands[paper][session] for paper in of_topic)
            model.add(used <= int(problem.capacity[session]) * rooms[topic][session])
    for paper, places in enumerate(stands):
        model.add_at_most_one(places)
        for session in sessions:
            if problem.length[paper] > problem.capacity[session]:
                model.add(places[session] == 0)
    model.maximize(sum(place for places in stands for place in places))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers, solver.parameters.random_seed = EXACT_SECONDS, 1, seed
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return SessionPlan({})
    held: dict[Cell, list[int]] = {}
    for session in sessions:
        free = [(session, room) for room in range(problem.room_count)]
        for topic in topics:
            own = [int(paper) for paper in np.flatnonzero(problem.topic == topic) if solver.value(stands[paper][session])]
            pack_papers(problem, own, held, free)
    return SessionPlan({cell: tuple(papers) for cell, papers in held.items()})
