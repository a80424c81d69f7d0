"""YAML readers find the program as it is, whatever its titles hold."""

from typing import Any

import yaml

from program.exports.escaping import tidy_line
from program.exports.registry import export_listing
from program.listings import Listing
from tests.program.exports.test_registry import HOSTILE, make_hostile_listing
from tests.program.exports.test_schedule_frab import make_day
from tests.program.listed import make_listing


def read(listing: Listing) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(export_listing("schedule-yaml", listing))
    return read


def test_days_hold_sessions_and_these_their_talks() -> None:
    first, second, open_ones = read(make_day())["days"]
    assert [(day["date"], [session["uid"] for session in day["sessions"]]) for day in (first, second, open_ones)] == [
        ("2026-06-17", ["orals", "panel"]),
        ("2026-06-18", ["posters"]),
        (None, ["open"]),
    ]
    orals = first["sessions"][0]
    assert (orals["name"], orals["starts_at"], orals["minutes"]) == ("Orals", "2026-06-17T09:00:00-07:00", 30)
    assert [(held["title"], held["people"], held["minutes"]) for held in orals["held"]] == [("A", ["Ada", "Bob"], 15), ("Won", ["Cy"], 15)]
    assert first["sessions"][1]["people"][0]["name"] == "Dot"


def test_hostile_text_reads_back() -> None:
    (day,) = read(make_hostile_listing())["days"]
    assert [session["title"] for session in day["sessions"]] == [tidy_line(text) for text in HOSTILE]
    assert b"{{" not in export_listing("schedule-yaml", make_hostile_listing())


def test_talks_without_a_paper_stand_in_the_calendar() -> None:
    assert b"DESCRIPTION:A. Ada\\, Bob\\nWon. Cy\r\n" in export_listing("schedule-ics", make_day())


def test_program_without_sessions_has_no_days() -> None:
    assert read(make_listing())["days"] == []
