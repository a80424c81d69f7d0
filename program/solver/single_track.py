"""Sessions of one room, one after the other within a day, by CP-SAT: small enough to be proven best."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Any

from program.solver.days.values import Contradiction, Reason, Span, name_pair

SECONDS = 20.0
FIXED, AVAILABLE, WITHIN, ORDER, APART, HELD = "fixed", "available", "day", "order", "apart", "held"
ALL = "all"  # for whom a rule holds that is about the whole day
WEIGHTS: dict[str, int] = {"idle": 10, "wanted": 1, "moved": 1, "order": 30}


@dataclass(frozen=True, slots=True)
class Piece:
    """A session to be given a start: `fixed` where it must begin, `wanted` where it should, `published` where the world saw it.

    `can` are the spans in which its people are there, none of them any time. All in minutes since a common moment.
    """

    uid: str
    minutes: int
    fixed: int | None = None
    wanted: int | None = None
    published: int | None = None
    can: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TrackProblem:
    """Pieces in the order in which they are wanted, one or more days as spans, pairs of which the first comes first.

    `step` is the grid of starts in minutes. `relaxed` are exceptions from hard rules: `("fixed", uid)`, `("available", uid)`,
    `("held", uid)` for a piece that may lie anywhere, `("order", "a>b")`, `("day", "all")` for a day that may be longer.
    """

    pieces: tuple[Piece, ...]
    days: tuple[Span, ...]
    order: tuple[tuple[str, str], ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    relaxed: frozenset[Reason] = frozenset()
    step: int = 5

    def weigh(self, rule: str) -> int:
        """Return what a breach of a soft rule costs."""
        return self.weights.get(rule, WEIGHTS[rule])


@dataclass(frozen=True, slots=True)
class TrackPlan:
    """When each piece begins, what that costs by rule, and whether nothing better exists."""

    starts: dict[str, int]
    costs: dict[str, int]
    is_proven: bool


class _Track:
    """The model: one start for each piece; each hard rule holds as far as its reason is assumed."""

    def __init__(self, problem: TrackProblem) -> None:
        from ortools.sat.python import cp_model  # heavy: loads a native library

        self.cp_model, self.problem, self.model = cp_model, problem, cp_model.CpModel()
        self.reasons: dict[Reason, Any] = {}
        moments = [moment for day in problem.days for moment in day] + [piece.fixed for piece in problem.pieces if piece.fixed is not None]
        more = sum(piece.minutes for piece in problem.pieces)
        self.starts = {piece.uid: self.model.new_int_var(min(moments) - more, max(moments) + more, "") for piece in problem.pieces}
        self.costs: dict[str, list[Any]] = {rule: [] for rule in WEIGHTS}
        for piece in problem.pieces:
            self._hold_piece(piece)
        for one, other in combinations(problem.pieces, 2):
            self._part(one, other)
        for before, after in problem.order:
            if before in self.starts and after in self.starts and self._holds(ORDER, name_pair(before, after)):
                end = self.starts[before] + self._minutes(before)
                self.model.add(self.starts[after] >= end).only_enforce_if(self._name(ORDER, name_pair(before, after)))
        self._fit_days()
        self._price()

    def _fit_days(self) -> None:
        """Say what follows from the rest, so that a day too short is seen at once: all pieces together take no longer than all days."""
        if not self._holds(APART, ALL) or not self._holds(WITHIN, ALL) or len(self.problem.pieces) < 2:
            return
        held = [piece for piece in self.problem.pieces if self._holds(HELD, piece.uid)]
        used = sum(piece.minutes * self._name(HELD, piece.uid) for piece in held)
        whole = sum(end - start for start, end in self.problem.days)
        self.model.add(used <= whole).only_enforce_if(self._name(APART, ALL), self._name(WITHIN, ALL))

    def _minutes(self, uid: str) -> int:
        return next(piece.minutes for piece in self.problem.pieces if piece.uid == uid)

    def _holds(self, rule: str, whom: str) -> bool:
        return (rule, whom) not in self.problem.relaxed

    def _name(self, rule: str, whom: str) -> Any:
        return self.reasons.setdefault((rule, whom), self.model.new_bool_var(""))

    def _hold_piece(self, piece: Piece) -> None:
        start = self.starts[piece.uid]
        if piece.fixed is not None and self._holds(FIXED, piece.uid):
            self.model.add(start == piece.fixed).only_enforce_if(self._name(FIXED, piece.uid))
        elif self.problem.step > 1:
            step = self.model.new_int_var(-100_000, 100_000_000, "")
            self.model.add(start == min(day[0] for day in self.problem.days) + self.problem.step * step)
        if self._holds(WITHIN, ALL) and self._holds(HELD, piece.uid):
            self._hold_within(start, piece, self.problem.days, [self._name(WITHIN, ALL), self._name(HELD, piece.uid)])
        if piece.can and self._holds(AVAILABLE, piece.uid):
            self._hold_within(start, piece, piece.can, [self._name(AVAILABLE, piece.uid)])

    def _hold_within(self, start: Any, piece: Piece, spans: tuple[Span, ...], reasons: list[Any]) -> None:
        chosen = [self.model.new_bool_var("") for _ in spans]
        for (begin, end), own in zip(spans, chosen, strict=True):
            self.model.add(start >= begin).only_enforce_if(own)
            self.model.add(start + piece.minutes <= end).only_enforce_if(own)
        self.model.add_bool_or(*(reason.negated() for reason in reasons), *chosen)

    def _part(self, one: Piece, other: Piece) -> None:
        """Keep two pieces apart; priced when they come the other way round than wanted."""
        is_first = self.model.new_bool_var("")
        if self._holds(APART, ALL) and all(self._holds(HELD, piece.uid) for piece in (one, other)):
            reasons = [self._name(APART, ALL), self._name(HELD, one.uid), self._name(HELD, other.uid)]
            self.model.add(self.starts[other.uid] >= self.starts[one.uid] + one.minutes).only_enforce_if(*reasons, is_first)
            self.model.add(self.starts[one.uid] >= self.starts[other.uid] + other.minutes).only_enforce_if(*reasons, is_first.negated())
        self.costs["order"].append(1 - is_first)

    def _price(self) -> None:
        last = self.model.new_int_var(-(10**8), 10**8, "")
        first = self.model.new_int_var(-(10**8), 10**8, "")
        self.model.add_max_equality(last, [self.starts[piece.uid] + piece.minutes for piece in self.problem.pieces])
        self.model.add_min_equality(first, list(self.starts.values()))
        if len(self.problem.days) == 1:
            self.costs["idle"].append(last - first - sum(piece.minutes for piece in self.problem.pieces))
        for piece in self.problem.pieces:
            for rule, target in (("wanted", piece.wanted), ("moved", piece.published)):
                if target is not None:
                    distance = self.model.new_int_var(0, 10**8, "")
                    self.model.add_abs_equality(distance, self.starts[piece.uid] - target)
                    self.costs[rule].append(distance)

    def solve(self, assumed: list[Reason], *, is_priced: bool, seed: int, seconds: float) -> tuple[Any, Any]:
        """Return solver and status with these reasons assumed."""
        self.model.clear_assumptions()
        if is_priced:
            for reason, unknown in self.reasons.items():
                self.model.add_hint(unknown, reason in assumed)
            self.model.minimize(sum(self.problem.weigh(rule) * cost for rule, costs in self.costs.items() for cost in costs))
        self.model.add_assumptions([self.reasons[reason] for reason in assumed])
        solver = self.cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, seed
        solver.parameters.max_deterministic_time, solver.parameters.max_time_in_seconds = seconds, 4 * seconds
        return solver, solver.solve(self.model)


def solve_track(problem: TrackProblem, *, seed: int = 1, seconds: float = SECONDS) -> TrackPlan | Contradiction | None:
    """Return when each piece begins, or a smallest set of rules that contradict each other, or nothing if nobody could tell in time.

    Same seed and seconds, same result.
    """
    if not problem.pieces:
        return TrackPlan({}, {}, is_proven=True)
    track = _Track(problem)
    reasons = list(track.reasons)
    solver, status = track.solve(reasons, is_priced=True, seed=seed, seconds=seconds)
    if status in {track.cp_model.OPTIMAL, track.cp_model.FEASIBLE}:
        starts = {uid: int(solver.value(start)) for uid, start in track.starts.items()}
        return TrackPlan(starts, price_starts(problem, starts), is_proven=status == track.cp_model.OPTIMAL)
    if status != track.cp_model.INFEASIBLE:
        return None
    return _shrink(_Track(problem), reasons, seed, seconds)


def _shrink(track: _Track, reasons: list[Reason], seed: int, seconds: float) -> Contradiction:
    needed: list[Reason] = []
    left = list(reasons)
    while left:
        tried = left.pop()
        _, status = track.solve([*needed, *left], is_priced=False, seed=seed, seconds=seconds)
        if status != track.cp_model.INFEASIBLE:
            needed.append(tried)
    return Contradiction(tuple(sorted(needed)))


def price_starts(problem: TrackProblem, starts: Mapping[str, int]) -> dict[str, int]:
    """Return what these starts cost by rule, computed from the rules alone."""
    pieces = problem.pieces
    ends = [starts[piece.uid] + piece.minutes for piece in pieces]
    counts = {
        "idle": max(ends) - min(starts.values()) - sum(piece.minutes for piece in pieces) if len(problem.days) == 1 else 0,
        "wanted": sum(abs(starts[piece.uid] - piece.wanted) for piece in pieces if piece.wanted is not None),
        "moved": sum(abs(starts[piece.uid] - piece.published) for piece in pieces if piece.published is not None),
        "order": sum(starts[one.uid] > starts[other.uid] for one, other in combinations(pieces, 2)),
    }
    return {rule: problem.weigh(rule) * count for rule, count in counts.items() if count}


def chain_starts(pieces: tuple[Piece, ...], begin: int) -> dict[str, int]:
    """Return the starts of pieces that follow each other without a pause."""
    starts = [begin]
    for piece in pieces:
        starts.append(starts[-1] + piece.minutes)
    return {piece.uid: start for piece, (start, _) in zip(pieces, pairwise(starts), strict=True)}
