"""Problems small enough to be solved by trying everything."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from program.solver.placements import UNPLACED, CostTerm, CountTerm, PairTerm, Placement, PlacementProblem, score_placement
from program.solver.searching import Rank
from program.solver.sessions import SessionPlan, SessionProblem, SessionWeights, score_plan


def place(*places: tuple[int, int] | None) -> Placement:
    """Return a placement from (time, room) of each item."""
    times, rooms = zip(*((UNPLACED, UNPLACED) if one is None else one for one in places), strict=True)
    return Placement(np.array(times, dtype=np.int64), np.array(rooms, dtype=np.int64))


def is_valid_placement(problem: PlacementProblem, placement: Placement) -> bool:
    """Tell whether every placed item stands where it may, alone."""
    places = [(int(t), int(r)) for t, r in zip(placement.times, placement.rooms, strict=True) if t != UNPLACED]
    stand = all(t == UNPLACED or problem.allowed[i, t, r] for i, (t, r) in enumerate(zip(placement.times, placement.rooms, strict=True)))
    return stand and len(places) == len(set(places))


def rank_best_placement(problem: PlacementProblem) -> Rank:
    """Return the rank of the best of all placements."""
    choices = [[None, *((time, room) for time, room in np.argwhere(allowed).tolist())] for allowed in problem.allowed]
    found = (place(*choice) for choice in product(*choices))
    return min(score_placement(problem, one).rank for one in found if is_valid_placement(problem, one))


def make_placement_problem(seed: int, items: int, times: int, rooms: int) -> PlacementProblem:
    """Return a problem with all kinds of terms and all levels, the same for the same seed."""
    random = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return random.integers(0, 5, shape)

    return PlacementProblem(
        allowed=random.random((items, times, rooms)) < 0.8,
        costs=(CostTerm("liking", "soft", draw(items, times, rooms)), CostTerm("ban", "hard", draw(items, times, rooms) // 4)),
        pairs=(
            PairTerm("meeting", "soft", draw(items, items), draw(times, times), draw(rooms, rooms)),
            PairTerm("reward", "soft", -draw(items, items), draw(times, times), np.ones((rooms, rooms), dtype=np.int64)),
            PairTerm("clash", "medium", draw(items, items) // 4, np.eye(times, dtype=np.int64), np.ones((rooms, rooms), dtype=np.int64)),
        ),
        counts=(CountTerm("crowd", "soft", random.random(items) < 0.5, draw(times, items + 1)),),
    )


placement_problems = st.builds(
    make_placement_problem, st.integers(0, 10_000), items=st.integers(1, 4), times=st.integers(1, 3), rooms=st.integers(1, 2)
)


def make_session_problem(seed: int, papers: int, sessions: int, rooms: int, topics: int = 2) -> SessionProblem:
    """Return a problem with all kinds of costs, the same for the same seed."""
    random = np.random.default_rng(seed)

    def draw_pairs(count: int) -> np.ndarray:
        values = np.triu(random.integers(0, 4, (count, count)), 1)
        return values + values.T

    return SessionProblem(
        room_count=rooms,
        capacity=random.integers(1, 4, sessions),
        length=random.integers(1, 3, papers),
        topic=random.integers(0, topics, papers),
        wanted=random.integers(0, 3, papers),
        topic_costs=random.integers(0, 5, (topics, sessions, rooms)),
        paper_costs=random.integers(0, 5, (papers, sessions, rooms)),
        topic_pairs=draw_pairs(topics),
        session_pairs=draw_pairs(papers),
        slot_pairs=draw_pairs(papers),
        weights=SessionWeights(*map(int, random.integers(0, 6, 4))),
    )


session_problems = st.builds(
    make_session_problem, st.integers(0, 10_000), papers=st.integers(1, 4), sessions=st.integers(1, 2), rooms=st.just(2)
)


def is_valid_plan(problem: SessionProblem, plan: SessionPlan) -> bool:
    """Tell whether no paper stands twice and no cell is too full or holds two topics."""
    papers = [paper for held in plan.cells.values() for paper in held]
    return len(papers) == len(set(papers)) and score_plan(problem, plan).hard == 0


def rank_best_plan(problem: SessionProblem) -> Rank:
    """Return the rank of the best of all plans."""
    cells = [*product(range(problem.session_count), range(problem.room_count)), None]
    plans: list[dict[tuple[int, int], tuple[int, ...]]] = [{}]
    for paper in range(problem.paper_count):
        grown = []
        for plan, cell in product(plans, cells):
            if cell is None:
                grown.append(plan)
                continue
            held = plan.get(cell, ())
            grown += [{**plan, cell: (*held[:x], paper, *held[x:])} for x in range(len(held) + 1)]
        plans = [plan for plan in grown if score_plan(problem, SessionPlan(plan)).hard == 0]
    return min(score_plan(problem, SessionPlan(plan)).rank for plan in plans)
