"""The forecast: nothing is known, much is known, everything came, time is over."""

import datetime as dt

import pytest

from papers.forecast import Awaited, LearnedPattern, RushPattern, forecast_arrivals, learn_pattern

DUE = dt.datetime(2026, 4, 15, 7, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def await_some(missing: int, came: int, *, due_at: dt.datetime = DUE) -> list[Awaited]:
    return [
        *(Awaited(key, due_at) for key in range(missing)),
        *(Awaited(100 + key, due_at, due_at - 50 * HOUR) for key in range(came)),
    ]


def test_nothing_awaited_is_no_forecast() -> None:
    assert forecast_arrivals([], RushPattern(100), now=DUE) is None


def test_what_is_learned_is_the_share_that_had_come() -> None:
    leads = [*[48.0] * 10, *[2.0] * 20, *[-5.0] * 5, None, None, None, None, None]
    past = [Awaited(key, DUE, None if lead is None else DUE - lead * HOUR) for key, lead in enumerate(leads)]
    pattern = learn_pattern(past, words="before")
    assert pattern is not None
    assert [pattern.find_share(hours) for hours in (50, 48, 3, 2, 0)] == [0.0, 0.25, 0.25, 0.75, 0.75]
    assert (pattern.weight, pattern.words) == (40, "before")
    assert learn_pattern(past[:19], words="too few") is None


def test_rush_grows_toward_the_deadline() -> None:
    rush = RushPattern(span=168)
    shares = [rush.find_share(hours) for hours in (200, 168, 24, 1, 0)]
    assert shares == pytest.approx([0, 0, 0.3354, 0.7784, 0.9], abs=0.001)
    assert rush.find_share(-5) == rush.find_share(0)


def test_expected_part_of_the_missing_is_added() -> None:
    pattern = LearnedPattern(tuple([-float("inf")] * 2 + [1.0] * 4 + [30.0] * 4), "ten before")
    forecast = forecast_arrivals(await_some(60, 40), pattern, now=DUE - 24 * HOUR)
    assert forecast is not None
    # 4 of 10 had come a day before, 8 of 10 in the end: of the missing 60 come 4/6, give or take what ten cases are worth.
    assert (forecast.total, forecast.arrived, forecast.late, forecast.is_open) == (100, 40, (), True)
    assert (forecast.low, forecast.high, forecast.range_words) == (68, 92, "68 to 92")


def test_more_experience_narrows_the_range() -> None:
    few = LearnedPattern(tuple(sorted([-5.0, 1.0, 30.0] * 7)), "")
    many = LearnedPattern(tuple(sorted([-5.0, 1.0, 30.0] * 700)), "")
    ranges = []
    for pattern in (few, many):
        forecast = forecast_arrivals(await_some(50, 10), pattern, now=DUE - 24 * HOUR)
        assert forecast is not None
        ranges.append(forecast.high - forecast.low)
    assert ranges == [18, 10]


def test_all_here_leaves_no_doubt() -> None:
    forecast = forecast_arrivals(await_some(0, 5), RushPattern(100), now=DUE - HOUR)
    assert forecast is not None
    assert (forecast.low, forecast.high, forecast.range_words, forecast.is_open) == (5, 5, "5", False)


def test_what_missed_its_deadline_is_late_and_not_expected() -> None:
    awaited = [*await_some(3, 2), Awaited(50, DUE + 48 * HOUR)]
    forecast = forecast_arrivals(awaited, RushPattern(100), now=DUE + HOUR)
    assert forecast is not None
    assert (forecast.total, forecast.arrived, forecast.late, forecast.due_at) == (6, 2, (0, 1, 2), DUE + 48 * HOUR)
    assert (forecast.low, forecast.high, forecast.is_open) == (2, 3, True)


def test_range_never_leaves_what_is_possible() -> None:
    for missing in (1, 2, 30):
        for hours in (0, 1, 24, 500):
            forecast = forecast_arrivals(await_some(missing, 3), RushPattern(168), now=DUE - hours * HOUR)
            assert forecast is not None
            assert 3 <= forecast.low <= forecast.high <= 3 + missing


def test_pattern_in_which_all_had_come_expects_all() -> None:
    forecast = forecast_arrivals(await_some(4, 0), LearnedPattern((30.0,) * 20, ""), now=DUE - 24 * HOUR)
    assert forecast is not None
    assert (forecast.low, forecast.high) == (4, 4)
