"""When reminders leave: deadlines, zones, quiet hours in, moments out."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.reminder_times import QuietHours, find_day, find_leaving, may_leave_now
from papers.zones import find_zone

NIGHT = QuietHours()
NONE = QuietHours(dt.time(0), dt.time(0))
ZONES = ["America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "AoE", "UTC", "America/Sao_Paulo"]
zones = st.sampled_from(ZONES).map(find_zone)
moments = st.integers(0, 4 * 366 * 1440).map(lambda minutes: dt.datetime(2024, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=minutes))
hours = st.integers(-24 * 60, 24 * 60)
times = st.integers(0, 1439).map(lambda minute: dt.time(minute // 60, minute % 60))
quiets = st.builds(QuietHours, times, times)


def leave(due: str, hours: int, quiet: QuietHours = NIGHT, zone: str = "Europe/Berlin") -> str:
    """Tell when it leaves, both by the clock of the zone."""
    place = find_zone(zone)
    due_at = dt.datetime.fromisoformat(due).replace(tzinfo=place)
    return find_leaving(due_at, hours, quiet=quiet, zone=place).astimezone(place).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("due", "hours", "leaves"),
    [
        ("2026-04-14T17:00", -24, "04-13 17:00"),  # by day: as meant
        ("2026-04-14T20:00", -24, "04-14 08:00"),  # quiet hours begin with their first minute
        ("2026-04-14T08:00", -24, "04-13 08:00"),  # and their end is not quiet
        ("2026-04-14T23:59", -24, "04-14 08:00"),  # at night: in the morning
        ("2026-04-14T23:59", -72, "04-12 08:00"),
        ("2026-04-14T07:00", -8, "04-13 19:00"),  # the morning would be too late: an hour before the night
        ("2026-04-14T08:00", -3, "04-13 19:00"),  # also when the deadline is their end
        ("2026-04-14T23:59", 12, "04-15 11:59"),
        ("2026-04-14T12:00", 12, "04-15 08:00"),  # after the deadline it may always wait
    ],
)
def test_reminder_leaves_by_day(due: str, hours: int, leaves: str) -> None:
    assert leave(due, hours) == leaves


def test_quiet_hours_within_a_day_and_none_at_all() -> None:
    noon = QuietHours(dt.time(11), dt.time(15))
    assert leave("2026-04-15T12:30", -24, noon) == "04-14 15:00"
    assert leave("2026-04-15T14:00", -2, noon) == "04-15 10:00"
    assert leave("2026-04-15T03:00", -24, NONE) == "04-14 03:00"


def test_little_time_between_quiet_hours_is_used() -> None:
    long = QuietHours(dt.time(8, 30), dt.time(8))
    assert leave("2026-04-15T07:00", -2, long) == "04-14 08:00"


@pytest.mark.parametrize(
    ("due", "quiet", "leaves"),
    [
        ("2026-03-30T01:30", QuietHours(dt.time(22), dt.time(2, 30)), "03-29 03:30"),  # 2:30 is no time that day: the later reading
        ("2026-10-26T01:30", QuietHours(dt.time(22), dt.time(2, 30)), "10-25 02:30"),  # 2:30 comes twice: the second one
        ("2026-03-30T03:00", NIGHT, "03-29 08:00"),
    ],
)
def test_changes_of_the_clocks(due: str, quiet: QuietHours, leaves: str) -> None:
    assert leave(due, -24, quiet) == leaves


def test_second_reading_of_an_hour_is_quiet_too() -> None:
    place = find_zone("Europe/Berlin")
    quiet = QuietHours(dt.time(22), dt.time(2, 30))
    end = quiet.find_end(dt.datetime(2026, 10, 24, 23, tzinfo=place).astimezone(dt.UTC), place)
    assert end == dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)


def test_day_is_the_recipients() -> None:
    moment = dt.datetime(2026, 4, 14, 23, tzinfo=dt.UTC)
    assert [find_day(moment, find_zone(zone)).day for zone in ("UTC", "Asia/Tokyo", "AoE")] == [14, 15, 14]


@pytest.mark.parametrize(("now", "may"), [(7, False), (8, True), (19, True), (20, False), (23, False)])
def test_may_leave_by_day(now: int, may: bool) -> None:
    moment = dt.datetime(2026, 4, 14, now, tzinfo=dt.UTC)
    assert may_leave_now(moment, until=None, quiet=NIGHT, zone=dt.UTC) is may
    assert may_leave_now(moment, until=moment, quiet=NIGHT, zone=dt.UTC) is False


@settings(deadline=None)
@given(due=moments, hours=hours, quiet=quiets, zone=zones)
def test_nothing_leaves_in_quiet_hours_nor_too_late(due: dt.datetime, hours: int, quiet: QuietHours, zone: dt.tzinfo) -> None:
    leaving = find_leaving(due, hours, quiet=quiet, zone=zone)
    assert not any(start <= leaving < end for start, end in quiet.list_spans(leaving, zone))
    assert leaving < due if hours < 0 else leaving >= due + dt.timedelta(hours=hours)


@settings(deadline=None)
@given(due=moments, hours=hours, quiet=quiets, zone=zones)
def test_nothing_moves_further_than_it_has_to(due: dt.datetime, hours: int, quiet: QuietHours, zone: dt.tzinfo) -> None:
    meant = due + dt.timedelta(hours=hours)
    leaving = find_leaving(due, hours, quiet=quiet, zone=zone)
    awake = not any(start <= meant < end for start, end in quiet.list_spans(meant, zone))
    assert leaving == meant if awake else abs(leaving - meant) < dt.timedelta(hours=51)


@settings(deadline=None)
@given(due=moments, hours=hours, zone=zones)
def test_order_of_deadlines_is_the_order_of_letters(due: dt.datetime, hours: int, zone: dt.tzinfo) -> None:
    later = due + dt.timedelta(days=2)
    assert find_leaving(due, hours, quiet=NIGHT, zone=zone) < find_leaving(later, hours, quiet=NIGHT, zone=zone)
