"""A room followed through its day."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from program.live.following import LATE, LATER, OVER, RUNNING, Followed, Mark, Planned, find_delay, follow_room

NINE = dt.datetime(2026, 6, 17, 9, 0, tzinfo=dt.UTC)


def at(minutes: float) -> dt.datetime:
    return NINE + dt.timedelta(minutes=minutes)


def plan(*spans: tuple[int, int]) -> list[Planned]:
    return [Planned(str(number), at(start), at(end)) for number, (start, end) in enumerate(spans, start=1)]


def tell(followed: tuple[Followed, ...]) -> list[tuple[str, int, int]]:
    minutes = [(int((one.starts_at - NINE).total_seconds() // 60), int((one.ends_at - NINE).total_seconds() // 60)) for one in followed]
    return [(one.state, *span) for one, span in zip(followed, minutes, strict=True)]


THREE = plan((0, 30), (30, 60), (75, 90))


def test_without_marks_the_plan_counts() -> None:
    assert tell(follow_room(THREE, {}, at(-5))) == [(LATER, 0, 30), (LATER, 30, 60), (LATER, 75, 90)]
    assert tell(follow_room(THREE, {}, at(30))) == [(OVER, 0, 30), (RUNNING, 30, 60), (LATER, 75, 90)]
    assert tell(follow_room(THREE, {}, at(200))) == [(OVER, 0, 30), (OVER, 30, 60), (OVER, 75, 90)]
    assert [find_delay(follow_room(THREE, {}, at(minute))) for minute in (-5, 30, 200)] == [0, 0, 0]


def test_late_start_is_carried_as_far_as_no_gap_takes_it_up() -> None:
    followed = follow_room(THREE, {"1": Mark(at(10))}, at(12))
    assert tell(followed) == [(RUNNING, 10, 40), (LATER, 40, 70), (LATER, 75, 90)]
    assert (find_delay(followed), followed[0].start_delay, followed[0].end_delay, followed[0].is_told) == (10, 10, 10, True)
    assert tell(follow_room(THREE, {"1": Mark(at(20))}, at(21)))[2] == (LATER, 80, 95)


def test_running_over_pushes_by_the_clock() -> None:
    followed = follow_room(THREE, {"1": Mark(at(0))}, at(37.5))
    assert tell(followed)[:2] == [(RUNNING, 0, 37), (LATER, 37, 67)]
    assert find_delay(followed) == 8


def test_what_should_have_begun_is_late_until_its_time_is_over() -> None:
    ended = {"1": Mark(at(0), at(32))}
    assert tell(follow_room(THREE, ended, at(40))) == [(OVER, 0, 32), (LATE, 40, 70), (LATER, 75, 90)]
    assert find_delay(follow_room(THREE, ended, at(40))) == 10
    assert tell(follow_room(THREE, ended, at(63))) == [(OVER, 0, 32), (OVER, 30, 60), (LATER, 75, 90)]
    assert tell(follow_room(THREE, ended, at(80)))[2] == (RUNNING, 75, 90)


def test_early_end_lets_nothing_begin_early() -> None:
    assert tell(follow_room(THREE, {"1": Mark(at(0), at(20))}, at(22))) == [(OVER, 0, 20), (LATER, 30, 60), (LATER, 75, 90)]


def test_later_mark_ends_what_came_before() -> None:
    assert tell(follow_room(THREE, {"1": Mark(at(0)), "2": Mark(at(25))}, at(26))) == [(OVER, 0, 26), (RUNNING, 25, 55), (LATER, 75, 90)]
    assert tell(follow_room(THREE, {"3": Mark(at(75))}, at(76))) == [(OVER, 0, 30), (OVER, 30, 60), (RUNNING, 75, 90)]


def test_end_without_a_start_is_enough() -> None:
    assert tell(follow_room(THREE, {"1": Mark(None, at(33))}, at(34))) == [(OVER, 0, 33), (LATE, 34, 64), (LATER, 75, 90)]
    assert tell(follow_room(THREE, {"1": Mark(None, at(-5))}, at(-4)))[0] == (OVER, -5, -5)


def test_forgotten_end_is_believed_for_half_an_hour() -> None:
    assert tell(follow_room(THREE, {"1": Mark(at(0))}, at(60)))[0] == (RUNNING, 0, 60)
    assert tell(follow_room(THREE, {"1": Mark(at(0))}, at(76))) == [(OVER, 0, 30), (OVER, 30, 60), (RUNNING, 75, 90)]


def test_plan_that_overlaps_is_not_late_for_it() -> None:
    overlapping = plan((0, 10), (5, 30))
    assert tell(follow_room(overlapping, {"1": Mark(at(0))}, at(4)))[1] == (LATER, 5, 30)
    assert tell(follow_room(overlapping, {"1": Mark(at(3))}, at(4)))[1] == (LATER, 8, 33)


def test_papers_that_take_longer_make_the_session_longer() -> None:
    one = Planned("1", at(0), at(30), until=at(38))
    assert tell(follow_room([one, *plan((0, 1), (30, 60))[1:]], {"1": Mark(at(0))}, at(5)))[0] == (RUNNING, 0, 38)


def test_nothing_is_followed_in_an_empty_room() -> None:
    assert (follow_room([], {}, NINE), find_delay(())) == ((), 0)


def test_last_session_is_late_by_its_end() -> None:
    assert find_delay(follow_room(plan((0, 30)), {"1": Mark(at(4))}, at(5))) == 4


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=1, max_size=6)


@st.composite
def draw_rooms(draw: st.DrawFn) -> tuple[list[Planned], dict[str, Mark], dt.datetime]:
    """Return a day without overlaps, marks in its order, and a later moment."""
    minute, planned = 0, list[Planned]()
    for gap, length in draw(SPANS):
        planned.append(Planned(str(len(planned)), at(minute + gap), at(minute + gap + length)))
        minute += gap + length
    moments = sorted(draw(st.lists(st.integers(-10, 200), min_size=2, max_size=12)))
    marks = {}
    for one in planned[: draw(st.integers(0, len(planned)))]:
        if len(moments) < 3:
            break
        started, ended, *moments = moments
        marks[one.uid] = Mark(at(started), at(ended) if draw(st.booleans()) else None)
    return planned, marks, at(moments[-1] if marks else draw(st.integers(-10, 400)))


@given(draw_rooms())
def test_followed_room_makes_sense(room: tuple[list[Planned], dict[str, Mark], dt.datetime]) -> None:
    planned, marks, now = room
    followed = follow_room(planned, marks, now)
    assert [one.planned for one in followed] == planned
    assert all(one.starts_at >= one.planned.starts_at for one in followed if one.state in {LATE, LATER})
    assert all(one.starts_at >= now for one in followed if one.state in {LATE, LATER})
    assert all(one.starts_at <= now <= one.ends_at for one in followed if one.state == RUNNING and not one.is_told)
    assert sum(one.state in {RUNNING, LATE} for one in followed) <= 1
    waiting = [one for one in followed if one.state in {LATE, LATER}]
    assert all(first.ends_at <= second.starts_at for first, second in itertools.pairwise(waiting))
    assert find_delay(followed) >= 0
    if not marks:
        assert [one.start_delay for one in followed] == [0] * len(planned)


@given(draw_rooms())
def test_shifting_the_rest_by_the_delay_ends_it(room: tuple[list[Planned], dict[str, Mark], dt.datetime]) -> None:
    planned, marks, now = room
    followed = follow_room(planned, marks, now)
    waiting = [one.planned.uid for one in followed if one.state in {LATE, LATER}]
    delay = dt.timedelta(minutes=find_delay(followed)) if waiting else dt.timedelta()
    shifted = [Planned(one.uid, one.starts_at + delay, one.ends_at + delay) if one.uid in waiting else one for one in planned]
    assert find_delay(follow_room(shifted, marks, now)) == 0 or not waiting
