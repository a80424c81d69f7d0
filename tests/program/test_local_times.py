"""Wall-clock times and the days on which clocks change."""

import datetime as dt

import pytest

from program.local_times import NoSuchTime, describe_unknown_zone, find_end_of_day, list_zones, read_day, read_instant, write_instant

PACIFIC = "America/Los_Angeles"


def refuse(text: str, zone: str = PACIFIC) -> str:
    with pytest.raises(NoSuchTime) as refused:
        read_instant(text, zone)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2025-03-22T23:59", PACIFIC, "2025-03-23T06:59:00+00:00"),
        ("2025-03-22 23:59:30", PACIFIC, "2025-03-23T06:59:30+00:00"),
        ("2025-03-22T23:59", "AoE", "2025-03-23T11:59:00+00:00"),
        ("2025-03-22T23:59Z", "AoE", "2025-03-22T23:59:00+00:00"),
        ("2025-03-22T23:59-08:00", PACIFIC, "2025-03-23T07:59:00+00:00"),
        ("2025-07-01T12:00", "Asia/Kathmandu", "2025-07-01T06:15:00+00:00"),
    ],
)
def test_instant_is_local_unless_it_carries_an_offset(text: str, zone: str, instant: str) -> None:
    assert read_instant(text, zone).isoformat() == instant


@pytest.mark.parametrize(
    "text", ["", "soon", "2025-03-22", "22.03.2025 23:59", "2025-3-22T23:59", "2025-03-22T23:59 PST", "٢٠٢٥-03-22T23:59"]
)
def test_other_forms_are_no_instants(text: str) -> None:
    assert refuse(text) == f"write day and time as 2025-06-12T08:30, not “{text}”."


@pytest.mark.parametrize("text", ["2025-03-22T24:00", "2025-03-22T23:60", "2025-03-22T23:59+24:00"])
def test_times_that_do_not_exist(text: str) -> None:
    assert refuse(text) == f"there is no time “{text}”."


def test_skipped_time_is_refused_with_its_neighbors() -> None:
    assert refuse("2025-03-09T02:30") == (
        "2025-03-09T02:30 does not exist in America/Los_Angeles, where clocks go forward; write for example 01:30 or 03:30."
    )


def test_repeated_time_is_refused_with_both_offsets() -> None:
    assert refuse("2025-11-02T01:30") == (
        "2025-11-02T01:30 happens twice in America/Los_Angeles, where clocks go back; "
        "write 2025-11-02T01:30-07:00 or 2025-11-02T01:30-08:00."
    )


def test_half_an_hour_is_skipped_too() -> None:
    assert "write for example 01:45 or 02:45." in refuse("2025-10-05T02:15", "Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("text", "sentence"), [("2025-02-29", "there is no day 2025-02-29."), ("1969-01-01", "the year 1969 is not between")]
)
def test_days_that_do_not_exist(text: str, sentence: str) -> None:
    with pytest.raises(NoSuchTime, match=sentence.rstrip(".")):
        read_day(text)


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        ("2025-06-12", PACIFIC, "2025-06-13T06:59:59+00:00"),
        ("2025-06-12", "AoE", "2025-06-13T11:59:59+00:00"),
        ("2024-04-25", "Africa/Cairo", "2024-04-25T21:59:59+00:00"),  # midnight is skipped
        ("2024-03-30", "America/Nuuk", "2024-03-31T00:59:59+00:00"),  # the last hour is skipped
        ("2024-11-02", "America/Havana", "2024-11-03T03:59:59+00:00"),  # midnight comes twice
    ],
)
def test_day_ends_with_its_last_second(day: str, zone: str, instant: str) -> None:
    assert find_end_of_day(dt.date.fromisoformat(day), zone).isoformat() == instant


@pytest.mark.parametrize("text", ["2025-11-02T01:30-07:00", "2025-11-02T01:30-08:00", "2025-03-22T23:59", "2025-03-22T23:59:07"])
def test_written_instant_is_read_as_the_same(text: str) -> None:
    assert write_instant(read_instant(text, PACIFIC), PACIFIC) == text


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("pst", "America/Los_Angeles"),
        ("Anywhere on Earth", "AoE"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Europe/Belrin", "Europe/Berlin"),
    ],
)
def test_unknown_zone_comes_with_the_nearest(name: str, near: str) -> None:
    assert describe_unknown_zone(name).endswith(f"Did you mean “{near}”?")


def test_zones_are_whole_names() -> None:
    assert {"AoE", "UTC", PACIFIC} <= list_zones()
    assert list_zones().isdisjoint({"PST", "EST", "CET", "Factory", "localtime", ""})
