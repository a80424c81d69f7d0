"""Instances of sessions that hold one topic each: CoSPLib workbooks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

import numpy as np

from benchmarks.schedule_instances.workbooks import Row, read_minutes, read_names, read_sheets
from program.solver.placements import Matrix
from program.solver.sessions import SessionPlan, SessionProblem, SessionWeights

# Rows of the sheet of parameters, below its head, with the weights in the fifth column.
WEIGHTS = (
    "topic_sessions", "topic_rooms", "session_rooms", "similar", "rooms", "parallel", "gaps", "zones", "order", "paper_sessions",
    "paper_rooms", "presenters", "attendees", "chairs", "presenters_at_once", "attendees_at_once",
)  # fmt: skip
LOCAL_ZONE, FIRST_GOOD, LAST_GOOD, FIRST_FAIR, LAST_FAIR, FAIR_PRICE, BAD_PRICE = 0, 2, 3, 5, 6, 7, 9
FIXED_COLUMNS = 7  # of the sheet of submissions, before a column for each session and room
DAY = 24 * 60
Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Submission:
    """A row of the sheet of submissions."""

    name: str
    topic: int
    length: int
    wanted: int
    zone: int
    presenters: tuple[str, ...]
    attendees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicInstance:
    """A workbook as a problem, with the names that solutions are told by."""

    names: tuple[str, ...]
    problem: SessionProblem

    def write_solution(self, plan: SessionPlan) -> dict[str, list[int]]:
        """Return session, room and first slot of each submission by its name."""
        return {self.names[paper]: list(place) for paper, place in sorted(plan.list_places(self.problem).items())}


class _Workbook:
    """The sheets with what their heads say."""

    def __init__(self, path: Path) -> None:
        self.sheets = {name: [row for row in rows if any(cell is not None for cell in row)] for name, rows in read_sheets(path).items()}
        parameters = read_sheets(path)["parameters"][1:]
        self.parameters = [row[1] for row in parameters]
        self.weights = {name: int(parameters[place][4] or 0) for place, name in enumerate(WEIGHTS)}
        self.sessions, self.rooms, self.topics = (
            [row for row in self.sheets[name][1:] if row[0] is not None] for name in ("sessions", "rooms", "tracks")
        )
        self.chairs = [read_names(row[1]) if len(row) > 1 else () for row in self.topics]
        known = {str(row[0]): place for place, row in enumerate(self.topics)}
        self.rows = [row for row in self.sheets["submissions"][1:] if row[0] is not None]
        self.submissions = [
            Submission(
                str(row[0]), known[str(row[1])], int(row[2]), int(row[3] or 0), _read_zone(row[4]), read_names(row[5]), read_names(row[6])
            )
            for row in self.rows
        ]

    def read_matrix(self, sheet: str, down: list[Row], across: list[Row]) -> Matrix:
        """Return the numbers of a sheet by the names at its edges."""
        rows = {str(row[0]): place for place, row in enumerate(down)}
        columns = {str(row[0]): place for place, row in enumerate(across)}
        matrix = np.zeros((len(down), len(across)), dtype=np.int64)
        head, *body = self.sheets[sheet]
        for row in body:
            for name, cell in zip(head[1:], row[1:], strict=False):
                if str(row[0]) in rows and str(name) in columns:
                    matrix[rows[str(row[0])], columns[str(name)]] = int(cell or 0)
        return matrix

    def read_wishes(self, across: list[Row]) -> Matrix:
        """Return the numbers of the sheet of submissions in the columns of these names."""
        head = [str(cell) for cell in self.sheets["submissions"][0]]
        first = FIXED_COLUMNS if across is self.sessions else FIXED_COLUMNS + len(self.sessions)
        place_of = {name: place for place, name in enumerate(head[first : first + len(across)], start=first)}
        return np.array([[int(row[place_of[str(name[0])]] or 0) for name in across] for row in self.rows], dtype=np.int64)

    def price_zones(self) -> Matrix:
        """Return what a session costs a submission by the clock of its own zone."""
        local = _read_zone(self.parameters[LOCAL_ZONE])
        good_from, good_to, fair_from, fair_to = (read_minutes(self.parameters[x]) for x in (FIRST_GOOD, LAST_GOOD, FIRST_FAIR, LAST_FAIR))
        fair, bad = int(self.parameters[FAIR_PRICE]), int(self.parameters[BAD_PRICE])
        prices = np.zeros((len(self.submissions), len(self.sessions)), dtype=np.int64)
        for (paper, submission), (session, row) in product(enumerate(self.submissions), enumerate(self.sessions)):
            start, end = ((read_minutes(cell) + 60 * (submission.zone - local)) % DAY for cell in row[3:5])
            if start < fair_from or end > fair_to or end < fair_from:
                prices[paper, session] = bad
            elif start < good_from or end > good_to:
                prices[paper, session] = fair
        return prices


def _read_zone(cell: object) -> int:
    return int(str(cell).strip().removeprefix("GMT").removeprefix("UTC") or 0)


def _find_conflicts(book: _Workbook) -> tuple[Pairs, Pairs, Pairs]:
    """Return pairs of papers with a presenter in common, with an attendee in common, and pairs of topics with a chair in common."""
    presented: defaultdict[str, set[int]] = defaultdict(set)
    attended: defaultdict[str, set[int]] = defaultdict(set)
    chaired: defaultdict[str, set[int]] = defaultdict(set)
    of_topic: defaultdict[int, set[int]] = defaultdict(set)
    for paper, submission in enumerate(book.submissions):
        of_topic[submission.topic].add(paper)
        for names, papers in ((submission.presenters, presented), (submission.attendees, attended)):
            for name in names:
                papers[name].add(paper)
    for topic, names in enumerate(book.chairs):
        for name in names:
            chaired[name].add(topic)

    def list_chaired(paper: int, name: str) -> Iterator[int]:
        own = book.submissions[paper].topic
        return (other for topic in chaired[name] if topic != own for other in of_topic[topic])

    presenters = _pair_up(presented.values())
    presenters |= {_order(paper, other) for name, papers in presented.items() for paper in papers for other in list_chaired(paper, name)}
    attendees = _pair_up(attended.values())
    attendees |= {
        _order(paper, other)
        for name, papers in attended.items()
        for paper in papers
        for other in (*presented.get(name, ()), *list_chaired(paper, name))
        if other != paper
    }
    return presenters, attendees, _pair_up(chaired.values())


def _order(one: int, other: int) -> tuple[int, int]:
    return (min(one, other), max(one, other))


def _pair_up(groups: Iterable[set[int]]) -> Pairs:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _price_pairs(count: int, *priced: tuple[Pairs, int]) -> Matrix:
    matrix = np.zeros((count, count), dtype=np.int64)
    for pairs, price in priced:
        for one, other in pairs:
            matrix[one, other] += price
            matrix[other, one] += price
    return matrix


def _price_topics(book: _Workbook, chairs: Pairs) -> Matrix:
    """Return what two topics cost at one time; of their likeness only the upper triangle of the sheet counts."""
    body = book.sheets["similar tracks"][1:]
    known = {str(row[0]): place for place, row in enumerate(book.topics)}
    names = [str(row[0]) for row in body]
    matrix = _price_pairs(len(book.topics), (chairs, book.weights["chairs"]))
    for one, other in combinations(range(len(names)), 2):
        price = book.weights["similar"] * int(body[one][1 + other] or 0)
        first, second = known[names[one]], known[names[other]]
        matrix[first, second] += price
        matrix[second, first] += price
    return matrix


def load_topic_instance(path: Path) -> TopicInstance:
    """Read a workbook."""
    book = _Workbook(path)
    weights, submissions = book.weights, book.submissions
    presenters, attendees, chairs = _find_conflicts(book)
    topic_costs = weights["topic_sessions"] * book.read_matrix("tracks_sessions|penalty", book.topics, book.sessions)[:, :, None]
    topic_costs = topic_costs + weights["topic_rooms"] * book.read_matrix("tracks_rooms|penalty", book.topics, book.rooms)[:, None, :]
    topic_costs += weights["session_rooms"] * book.read_matrix("sessions_rooms|penalty", book.sessions, book.rooms)[None, :, :]
    paper_costs = weights["zones"] * book.price_zones() + weights["paper_sessions"] * book.read_wishes(book.sessions)
    paper_costs = paper_costs[:, :, None] + weights["paper_rooms"] * book.read_wishes(book.rooms)[:, None, :]
    length, topic, wanted = (
        np.array([getattr(one, name) for one in submissions], dtype=np.int64) for name in ("length", "topic", "wanted")
    )
    ordered = {
        pair
        for pair in combinations(range(len(submissions)), 2)
        if topic[pair[0]] == topic[pair[1]] and wanted[pair[0]] and wanted[pair[1]]
    }
    count = len(submissions)
    at_once = ((presenters, weights["presenters_at_once"]), (attendees, weights["attendees_at_once"]), (ordered, weights["order"]))
    problem = SessionProblem(
        room_count=len(book.rooms),
        capacity=np.array([int(row[1]) for row in book.sessions], dtype=np.int64),
        length=length,
        topic=topic,
        wanted=wanted,
        topic_costs=topic_costs,
        paper_costs=paper_costs * length[:, None, None],  # counts once for each slot
        topic_pairs=_price_topics(book, chairs),
        session_pairs=_price_pairs(count, (presenters, weights["presenters"]), (attendees, weights["attendees"])),
        slot_pairs=_price_pairs(count, *at_once),
        weights=SessionWeights(weights["parallel"], weights["rooms"], weights["gaps"], weights["order"]),
    )
    return TopicInstance(tuple(one.name for one in submissions), problem)
