"""Runs a local search in several threads until its time is over, somebody stops it, or nothing is left to gain."""

import threading
import time as clock
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

Solution = TypeVar("Solution")
Rank = tuple[int, ...]

CHUNK_SECONDS = 0.25
CHUNKS_OF_MOVES = 50  # of a round whose length is told in moves
FIRST_CHUNK = 2_000
SEED_STEP = 1_000


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: `seconds` of the clock, and, for the same result from the same seed, `moves` of each searcher."""

    seconds: float
    seed: int = 1
    moves: int | None = None
    searcher_count: int = 2


@dataclass(frozen=True, slots=True)
class Round:
    """A cooling that takes this share of the effort; `cooled` tells how far, from 0 to 1, it is cool when it begins."""

    number: int
    share: float
    cooled: float


# The first soon has something to show, the second and third dig; the last go on from the best without losing what it has.
DIGGING = (Round(1, 0.05, 0.0), Round(2, 0.13, 0.0), Round(3, 0.56, 0.0))
FINISHING = (Round(4, 0.14, 0.45), Round(5, 0.12, 0.6))

# For placements: one long cooling, then twice warm enough again to leave what it has; measured in benchmarks/schedule.md.
REHEATING = (Round(1, 0.04, 0.0), Round(2, 0.48, 0.0), Round(3, 0.24, 0.3), Round(4, 0.24, 0.4))


class Searcher(Protocol[Solution]):
    """One search as the runner drives it."""

    heats: tuple[float, float]

    def begin(self, start: Solution, seed: int) -> None:
        """Go on from here, in the thread that calls."""

    def cool(self, moves: int, hot: float, cold: float) -> float:
        """Try so many moves while it cools; return what the best so far costs, good only to see a change."""

    def take_best(self) -> Solution:
        """Return the best so far."""


@dataclass(frozen=True, slots=True)
class Watch(Generic[Solution]):
    """Who watches a search: `tell` gets each better solution with the seconds since the start, `should_stop` ends it."""

    tell: Callable[[Solution, float], None] | None = None
    should_stop: Callable[[], bool] | None = None


class SearchRun(Generic[Solution]):
    """Searches of one problem with their best; `rank` orders solutions, smaller is better, `goal` is as good as it gets."""

    def __init__(
        self,
        make_start: Callable[[], Solution],
        rank: Callable[[Solution], Rank],
        effort: Effort,
        watch: Watch[Solution] | None = None,
        goal: Rank | None = None,
    ) -> None:
        self._begun = clock.monotonic()
        watch = watch or Watch()
        self._rank, self._effort, self._watch, self._goal = rank, effort, watch, goal
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._failures: list[BaseException] = []
        self.best = self.start = make_start()
        self._best_rank = self._shown_rank = rank(self.start)
        if watch.tell:
            watch.tell(self.start, self.seconds)

    @property
    def seconds(self) -> float:
        """Return how long it has run."""
        return clock.monotonic() - self._begun

    def is_done(self) -> bool:
        """Tell whether somebody stopped it, its time is over, or the goal is reached."""
        if self._watch.should_stop and self._watch.should_stop():
            self._is_over.set()
        has_time = self.seconds < self._effort.seconds
        return self._is_over.is_set() or not has_time or (self._goal is not None and self._best_rank <= self._goal)

    def offer(self, solution: Solution) -> None:
        """Take a solution if it is better than all before it and the run still goes on."""
        rank = self._rank(solution)
        with self._lock:
            if rank < self._best_rank and not self._is_over.is_set():
                self.best, self._best_rank = solution, rank
                self._show(solution, rank)

    def preview(self, solution: Solution) -> None:
        """Show a solution that is better than all shown before, without going on from it."""
        rank = self._rank(solution)
        with self._lock:
            self._show(solution, rank)

    def _show(self, solution: Solution, rank: Rank) -> None:
        if rank < self._shown_rank and self._watch.tell and not self._is_over.is_set():
            self._shown_rank = rank
            self._watch.tell(solution, self.seconds)

    def anneal(self, make_searcher: Callable[[int], Searcher[Solution]], rounds: Sequence[Round], until: float = 1.0) -> None:
        """Let all searchers cool in rounds, each from the best of all, until this share of the seconds is over."""
        searchers: list[Searcher[Solution] | None] = [None] * self._effort.searcher_count
        self._join(searchers, lambda number: _set(searchers, number, make_searcher(self._effort.seed + SEED_STEP * number)), patience=0)
        begun, left = self.seconds, self._effort.seconds * until - self.seconds
        whole = sum(round_.share for round_ in rounds)
        spent = 0.0
        for round_ in rounds:
            spent += round_.share / whole
            self._run_round(searchers, round_, begun + left * spent)

    def _run_round(self, searchers: list[Searcher[Solution] | None], round_: Round, ends: float) -> None:
        start = self.best
        found: list[Solution | None] = [None] * len(searchers)
        self._join(searchers, lambda own: _set(found, own, self._cool(searchers[own], own, start, round_, ends)), patience=2)
        for solution in found:
            if solution is not None:
                self.offer(solution)

    def close(self) -> Solution:
        """End the run; return the best."""
        with self._lock:
            self._is_over.set()
        return self.best

    def _join(self, searchers: list[Searcher[Solution] | None], work: Callable[[int], None], patience: int) -> None:
        """Run the work in a thread for each searcher; leave those behind that do not come back when the run is done."""

        def run(number: int) -> None:
            try:
                work(number)
            except BaseException as failure:  # noqa: BLE001  goes on in the thread that waits
                self._failures.append(failure)

        if self.is_done():
            return
        threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(len(searchers))]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads) and patience >= 0:
            for thread in threads:
                thread.join(CHUNK_SECONDS / len(threads))
            patience -= self.is_done()
        if self._failures:
            raise self._failures[0]

    def _cool(self, searcher: Searcher[Solution] | None, number: int, start: Solution, round_: Round, ends: float) -> Solution | None:
        if searcher is None:
            return None
        searcher.begin(start, self._effort.seed + SEED_STEP * (number + 1) + round_.number)
        hot, cold = searcher.heats
        hot *= (cold / hot) ** round_.cooled
        steps = _Steps(round_, self._effort.moves, self.seconds, ends)
        known = float("inf")
        while steps.progress < 1 and not self.is_done():
            before, (moves, ahead) = self.seconds, steps.plan()
            price = searcher.cool(moves, hot * (cold / hot) ** steps.progress, hot * (cold / hot) ** ahead)
            steps.note(moves, before, self.seconds)
            if price < known:
                # With counted moves the result must not depend on which thread is faster.
                (self.offer if self._effort.moves is None else self.preview)(searcher.take_best())
            known = min(known, price)
        return searcher.take_best()


def _set(values: list[Any], number: int, value: object) -> None:
    values[number] = value


class _Steps:
    """How far one searcher is in its round, by the clock or by moves."""

    def __init__(self, round_: Round, moves: int | None, now: float, ends: float) -> None:
        self.progress = 0.0
        self._moves = None if moves is None else max(1, round(moves * round_.share / CHUNKS_OF_MOVES))
        self._begun, self._seconds = now, max(1e-3, ends - now)
        self._rate = FIRST_CHUNK / CHUNK_SECONDS

    def plan(self) -> tuple[int, float]:
        """Return how many moves come next, and how far they lead."""
        if self._moves is not None:
            return self._moves, min(1.0, self.progress + 1 / CHUNKS_OF_MOVES)
        moves = max(FIRST_CHUNK, int(self._rate * min(CHUNK_SECONDS, self._seconds / 20)))
        return moves, min(1.0, self.progress + moves / self._rate / self._seconds)

    def note(self, moves: int, before: float, now: float) -> None:
        """Count moves that are done."""
        if self._moves is not None:
            self.progress += 1 / CHUNKS_OF_MOVES
            if self.progress > 1 - 1e-9:
                self.progress = 1.0
            return
        self._rate = moves / max(1e-4, now - before)
        self.progress = (now - self._begun) / self._seconds
