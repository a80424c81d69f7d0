"""The problem of giving each session in each room one topic, with the papers of that topic in order."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from program.solver.placements import SOFT, Matrix, Score, add_shares


@dataclass(frozen=True, slots=True, eq=False)
class SessionWeights:
    """What one breach of each rule about topics costs."""

    parallel: int = 0  # a topic in a second room at the same time
    rooms: int = 0  # each room of a topic beyond its first
    gaps: int = 0  # a topic whose sessions do not follow each other
    order: int = 0  # a paper that is not at its wanted place within its topic


@dataclass(frozen=True, slots=True, eq=False)
class SessionProblem:
    """Papers of topics, to be put into sessions of rooms; a session in a room is a cell and holds one topic.

    Shapes: `capacity[session]` and `length[paper]` in slots; `topic[paper]`; `wanted[paper]` its place within the
    topic from 1, or 0; `topic_costs[topic, session, room]` once a cell; `paper_costs[paper, session, room]`;
    `topic_pairs[topic, topic]` once for two cells of one session; `session_pairs[paper, paper]` for two papers in
    one session in different rooms; `slot_pairs[paper, paper]` for each slot that two papers share. Pairs are symmetric.
    """

    room_count: int
    capacity: Matrix
    length: Matrix
    topic: Matrix
    wanted: Matrix
    topic_costs: Matrix
    paper_costs: Matrix
    topic_pairs: Matrix
    session_pairs: Matrix
    slot_pairs: Matrix
    weights: SessionWeights

    @property
    def paper_count(self) -> int:
        """Return how many papers there are."""
        return len(self.topic)

    @property
    def session_count(self) -> int:
        """Return how many sessions there are, each in every room."""
        return len(self.capacity)

    @property
    def topic_count(self) -> int:
        """Return how many topics there are."""
        return int(self.topic_costs.shape[0])


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What each cell holds: the papers in order, by (session, room); cells that are not named are empty."""

    cells: dict[tuple[int, int], tuple[int, ...]]

    def list_places(self, problem: SessionProblem) -> dict[int, tuple[int, int, int]]:
        """Return session, room and first slot of each paper that is placed."""
        places: dict[int, tuple[int, int, int]] = {}
        for (session, room), papers in self.cells.items():
            slot = 0
            for paper in papers:
                places[paper] = (session, room, slot)
                slot += int(problem.length[paper])
        return places


def score_plan(problem: SessionProblem, plan: SessionPlan) -> Score:
    """Return what a plan costs, computed from the rules alone; hard counts cells that are too full or hold two topics."""
    shares = [*_score_cells(problem, plan), *_score_sessions(problem, plan), *_score_topics(problem, plan)]
    hard = 0
    for (session, _), papers in plan.cells.items():
        hard += int(sum(problem.length[paper] for paper in papers) > problem.capacity[session])
        hard += len({int(problem.topic[paper]) for paper in papers}) > 1
    placed = sum(len(papers) for papers in plan.cells.values())
    return add_shares([*shares, ("cells", "hard", hard)], unplaced=problem.paper_count - placed)


def _score_cells(problem: SessionProblem, plan: SessionPlan) -> list[tuple[str, str, int]]:
    topics = papers = 0
    for (session, room), held in plan.cells.items():
        if held:
            topics += int(problem.topic_costs[problem.topic[held[0]], session, room])
            papers += int(sum(problem.paper_costs[paper, session, room] for paper in held))
    return [("topics at their place", SOFT, topics), ("papers at their place", SOFT, papers)]


def _score_sessions(problem: SessionProblem, plan: SessionPlan) -> list[tuple[str, str, int]]:
    pairs = parallel = together = at_once = 0
    for session in range(problem.session_count):
        held = [papers for (own, _), papers in sorted(plan.cells.items()) if own == session and papers]
        for one, other in combinations(held, 2):
            if problem.topic[one[0]] != problem.topic[other[0]]:
                pairs += int(problem.topic_pairs[problem.topic[one[0]], problem.topic[other[0]]])
            together += int(problem.session_pairs[np.ix_(one, other)].sum())
            at_once += _score_slots(problem, one, other)
        parallel += len(held) - len({int(problem.topic[papers[0]]) for papers in held})
    return [
        ("topics side by side", SOFT, pairs),
        ("one topic in parallel", SOFT, parallel * problem.weights.parallel),
        ("papers in one session", SOFT, together),
        ("papers at one time", SOFT, at_once),
    ]


def _score_slots(problem: SessionProblem, one: tuple[int, ...], other: tuple[int, ...]) -> int:
    slots = [[paper for paper in papers for _ in range(problem.length[paper])] for papers in (one, other)]
    return int(sum(problem.slot_pairs[first, second] for first, second in zip(*slots, strict=False)))


def _score_topics(problem: SessionProblem, plan: SessionPlan) -> list[tuple[str, str, int]]:
    rooms = gaps = misplaced = 0
    for topic in range(problem.topic_count):
        cells = sorted((cell, papers) for cell, papers in plan.cells.items() if papers and problem.topic[papers[0]] == topic)
        if not cells:
            continue
        sessions = {session for (session, _), _ in cells}
        rooms += len({room for (_, room), _ in cells}) - 1
        gaps += max(sessions) - min(sessions) + 1 != len(sessions)
        sequence = [paper for _, papers in cells for paper in papers]
        misplaced += sum(problem.wanted[paper] not in (0, place) for place, paper in enumerate(sequence, start=1))
    weights = problem.weights
    return [
        ("rooms of a topic", SOFT, rooms * weights.rooms),
        ("gaps in a topic", SOFT, gaps * weights.gaps),
        ("order in a topic", SOFT, misplaced * weights.order),
    ]
