"""Instants in zones, on days when clocks change."""

import datetime as dt

from papers.zones import add_minutes, find_zone


def test_an_hour_is_an_hour_when_clocks_change() -> None:
    before = dt.datetime(2026, 3, 8, 1, 30, tzinfo=find_zone("America/Los_Angeles"))
    assert add_minutes(before, 60).isoformat() == "2026-03-08T03:30:00-07:00"
