"""A day in one room filled from durations: proven best, or why it can't be."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.solver.days.values import Contradiction, Reason
from program.solver.single_track import Piece, TrackPlan, TrackProblem, chain_starts, price_starts, solve_track

HALF_DAY = (
    Piece("introduction", 10, fixed=510),
    Piece("talk-1", 30, can=((600, 800),)),
    Piece("talk-2", 30),
    Piece("break", 30, wanted=600),
    Piece("orals", 20),
    Piece("panel", 40),
)


def fill(problem: TrackProblem) -> TrackPlan:
    plan = solve_track(problem)
    assert isinstance(plan, TrackPlan)
    return plan


def refuse(problem: TrackProblem) -> tuple[Reason, ...]:
    found = solve_track(problem)
    assert isinstance(found, Contradiction)
    return found.reasons


def test_half_day_is_filled_without_a_gap() -> None:
    plan = fill(TrackProblem(HALF_DAY, ((510, 700),)))
    starts = sorted((start, uid) for uid, start in plan.starts.items())
    minutes = {piece.uid: piece.minutes for piece in HALF_DAY}
    assert all(start + minutes[uid] == after for (start, uid), (after, _) in pairwise(starts))
    assert (starts[0], plan.is_proven) == ((510, "introduction"), True)
    assert 600 <= plan.starts["talk-1"] <= 770


def test_order_is_kept_where_nothing_speaks_against_it() -> None:
    pieces = tuple(Piece(name, minutes) for name, minutes in (("a", 10), ("b", 25), ("c", 5)))
    plan = fill(TrackProblem(pieces, ((0, 60),)))
    assert {uid: start - plan.starts["a"] for uid, start in plan.starts.items()} == chain_starts(pieces, 0)
    assert plan.costs == {}


def test_pieces_that_must_come_first_do() -> None:
    pieces = (Piece("award", 10), Piece("talk", 20))
    assert fill(TrackProblem(pieces, ((0, 60),), order=(("talk", "award"),))).costs == {"order": 30}


def test_published_starts_move_as_little_as_possible() -> None:
    pieces = (Piece("a", 10, published=0), Piece("b", 20, published=10), Piece("c", 10, published=30, can=((40, 60),)))
    assert fill(TrackProblem(pieces, ((0, 60),), weights={"idle": 0})).starts == {"a": 0, "b": 10, "c": 40}


def test_two_days_hold_what_one_does_not() -> None:
    pieces = (Piece("a", 40), Piece("b", 40))
    starts = fill(TrackProblem(pieces, ((0, 60), (1440, 1500)))).starts
    assert sorted(start // 1440 for start in starts.values()) == [0, 1]


@pytest.mark.parametrize(
    ("problem", "reasons"),
    [
        (
            TrackProblem((Piece("a", 40), Piece("b", 30)), ((0, 60),)),
            (("apart", "all"), ("day", "all"), ("held", "a"), ("held", "b")),
        ),
        (TrackProblem((Piece("a", 10, fixed=0, can=((20, 60),)),), ((0, 60),)), (("available", "a"), ("fixed", "a"))),
        (TrackProblem((Piece("a", 10, fixed=90),), ((0, 60),)), (("day", "all"), ("fixed", "a"), ("held", "a"))),
        (
            TrackProblem((Piece("a", 10, fixed=30), Piece("b", 10, fixed=20)), ((0, 60),), order=(("a", "b"),)),
            (("fixed", "a"), ("fixed", "b"), ("order", "a>b")),
        ),
    ],
)
def test_contradiction_is_the_smallest(problem: TrackProblem, reasons: tuple[Reason, ...]) -> None:
    assert refuse(problem) == reasons
    for reason in reasons:
        relaxed = TrackProblem(problem.pieces, problem.days, problem.order, relaxed=frozenset({reason}))
        assert isinstance(solve_track(relaxed), TrackPlan)


@given(st.lists(st.tuples(st.integers(1, 8), st.sampled_from([None, None, 0, 3, 9])), min_size=1, max_size=5), st.integers(1, 30))
@settings(max_examples=30, deadline=None)
def test_plans_never_overlap_or_leave_the_day(sizes: list[tuple[int, int | None]], length: int) -> None:
    pieces = tuple(Piece(f"p{number}", minutes, fixed=fixed) for number, (minutes, fixed) in enumerate(sizes))
    problem = TrackProblem(pieces, ((0, length),), step=1)
    found = solve_track(problem)
    if isinstance(found, TrackPlan):
        spans = sorted((found.starts[piece.uid], found.starts[piece.uid] + piece.minutes) for piece in pieces)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))
        assert (spans[0][0] >= 0, spans[-1][1] <= length) == (True, True)
        assert all(piece.fixed in {None, found.starts[piece.uid]} for piece in pieces)
        assert found.costs == price_starts(problem, found.starts)
    else:
        assert isinstance(found, Contradiction)


def test_same_seed_gives_the_same_starts() -> None:
    problem = TrackProblem(HALF_DAY, ((510, 720),))
    assert fill(problem) == fill(problem)


def test_nothing_to_place_is_a_plan() -> None:
    assert solve_track(TrackProblem((), ((0, 60),))) == TrackPlan({}, {}, is_proven=True)
