"""The runner stops when told, when its time is over, when nothing is left to gain; failures reach whoever waits."""

import time

import pytest

from program.solver.searching import FINISHING, Effort, SearchRun, Watch


class Counting:
    """A search whose solutions are numbers that go down by one with each chunk."""

    heats = (2.0, 1.0)

    def __init__(self, seed: int, pause: float = 0.01) -> None:
        self.value, self.pause, self.begun = 0, pause, list[tuple[int, int]]()

    def begin(self, start: int, seed: int) -> None:
        self.value = start
        self.begun.append((start, seed))

    def cool(self, moves: int, hot: float, cold: float) -> float:
        assert 2.0 >= hot >= cold >= 1.0
        time.sleep(self.pause)
        self.value -= 1
        return self.value

    def take_best(self) -> int:
        return self.value


def rank(value: int) -> tuple[int, ...]:
    return (value,)


def test_run_stops_when_told() -> None:
    told: list[int] = []
    run = SearchRun(lambda: 1_000, rank, Effort(60), Watch(lambda one, _: told.append(one), lambda: len(told) > 4))
    run.anneal(Counting, FINISHING)
    assert run.seconds < 5
    assert run.close() == told[-1]
    assert told[:5] == [1000, 999, 998, 997, 996]


def test_run_obeys_its_seconds() -> None:
    run = SearchRun(lambda: 1_000, rank, Effort(0.4))
    run.anneal(Counting, FINISHING)
    assert 0.3 < run.seconds < 1.4


def test_run_leaves_searches_behind_that_do_not_come_back() -> None:
    told: list[int] = []
    run = SearchRun(lambda: 1_000, rank, Effort(0.2), Watch(lambda one, _: told.append(one)))
    run.anneal(lambda seed: Counting(seed, pause=1.6), FINISHING)
    assert run.seconds < 1.2
    assert run.close() == 1_000
    time.sleep(1.0)
    assert (run.best, told) == (1_000, [1_000])


def test_run_ends_at_its_goal() -> None:
    run = SearchRun(lambda: 1_000, rank, Effort(60), goal=(995,))
    run.anneal(Counting, FINISHING)
    assert (run.close() <= 995, run.seconds < 5) == (True, True)


def test_each_round_begins_from_the_best_of_all() -> None:
    made: list[Counting] = []

    def make(seed: int) -> Counting:
        made.append(Counting(seed, pause=0))
        return made[-1]

    run = SearchRun(lambda: 1_000, rank, Effort(60, seed=7, moves=10))
    run.anneal(make, FINISHING)
    assert sorted(one.begun for one in made) == [[(1_000, 1_011), (950, 1_012)], [(1_000, 2_011), (950, 2_012)]]
    assert run.close() == 900


def test_failures_reach_whoever_waits() -> None:
    def fail(seed: int) -> Counting:
        raise ValueError(f"no search from {seed}")

    with pytest.raises(ValueError, match="no search from"):
        SearchRun(lambda: 1, rank, Effort(60)).anneal(fail, FINISHING)
