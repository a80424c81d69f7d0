"""Dates print their history and a label that is true."""

import dataclasses
import datetime as dt

from papers.listings import ListedDate
from program.exports.registry import export_listing
from tests.program.listed import list_date, make_listing


def write_dates(*dates: ListedDate, **options: str) -> list[str]:
    return export_listing("dates-markdown", make_listing(dates=dates), options).decode().splitlines()


def test_earlier_values_are_struck_out() -> None:
    moved = list_date(
        "Camera Ready",
        "2026-04-15T06:59:00",
        note="for everybody",
        is_new=True,
        earlier=(list_date("Camera Ready", "2026-04-08T06:59:00", note="in the proceedings"), list_date("Camera Ready", None, note="soon")),
    )
    assert write_dates(moved) == [
        "* Camera Ready **(new)**: ~~April 7th, 11:59 PM PDT in the proceedings~~ ~~soon~~ **April 14th, 11:59 PM PDT** for everybody"
    ]


def test_label_follows_from_the_instant_and_anywhere_on_earth_is_its_own() -> None:
    winter, summer, aoe = (
        list_date("Winter", "2026-01-10T07:59:00"),
        list_date("Summer", "2026-06-10T06:59:00"),
        list_date("Anywhere", "2026-06-11T11:59:00", "AoE"),
    )
    assert write_dates(winter, summer, aoe) == [
        "* Winter: **January 9th, 11:59 PM PST**",
        "* Summer: **June 9th, 11:59 PM PDT**",
        "* Anywhere: **June 10th, 11:59 PM AoE**",
    ]


def test_candidate_days_other_years_and_open_dates() -> None:
    dates = (
        list_date("Workshop", "2026-06-12T06:59:59", has_time=False, until=dt.date(2026, 6, 12)),
        list_date("Call", "2025-12-02T07:59:59", has_time=False),
        list_date("Later", None),
    )
    assert write_dates(*dates) == ["* Workshop: **June 11th or 12th**", "* Call: **December 1st, 2025**", "* Later: **TBD**"]
    assert write_dates(*dates, year="yes")[0] == "* Workshop: **June 11th or 12th, 2026**"


def test_competition_has_a_list_of_its_own() -> None:
    dates = (list_date("Deadline", None), dataclasses.replace(list_date("Award", None), kind="competition"))
    assert write_dates(*dates) == ["* Deadline: **TBD**", "* Award: **TBD**"]
    assert write_dates(*dates, group="papers") == ["* Deadline: **TBD**"]
    assert write_dates(*dates, group="competition") == ["* Award: **TBD**"]


def test_list_without_dates_says_so() -> None:
    assert write_dates() == ["* TBD"]


def test_date_that_is_not_known_is_what_its_note_says() -> None:
    assert write_dates(list_date("Call", None, note="spring *or* summer"), list_date("Submission", None)) == [
        "* Call: **spring \\*or* summer**",
        "* Submission: **TBD**",
    ]
