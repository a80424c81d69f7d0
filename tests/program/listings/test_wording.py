"""Sessions, days and times read as sites print them."""

import dataclasses
import datetime as dt

import pytest

from papers.listings import ListedDate
from program.listings import ListedSession
from program.listings.wording import (
    count_minutes,
    find_end,
    group_by_day,
    list_papers_below,
    list_speakers,
    name_date,
    name_days,
    name_offset_of,
    name_ordinal,
    name_session,
    needs_speaker,
)
from tests.program.listed import list_date, list_paper, list_person, list_session


@pytest.mark.parametrize(
    ("number", "name"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd"), (31, "31st")],
)
def test_ordinals(number: int, name: str) -> None:
    assert name_ordinal(number) == name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("2026-06-11", "2026-06-12", "June 11th - 12th"),
        ("2026-05-31", "2026-06-01", "May 31st - June 1st"),
        ("2026-12-31", "2027-01-01", "December 31st, 2026 - January 1st, 2027"),
    ],
)
def test_two_days_are_one_phrase(first: str, last: str, name: str) -> None:
    assert name_days(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == name


@pytest.mark.parametrize(
    ("date", "name"),
    [
        (list_date("d", "2025-03-23T06:59:00"), "March 22nd, 11:59 PM PDT"),
        (list_date("d", "2025-03-02T07:59:00"), "March 1st, 11:59 PM PST"),
        (list_date("d", "2025-06-11T11:59:00", "AoE"), "June 10th, 11:59 PM AoE"),
        (list_date("d", "2025-06-11T11:59:00", "Asia/Kolkata"), "June 11th, 5:29 PM IST"),
        (list_date("d", "2025-06-11T11:59:00", "Asia/Dubai"), "June 11th, 3:59 PM UTC+4"),
        (list_date("d", "2025-06-13T06:59:59", has_time=False), "June 12th"),
        (list_date("d", "2024-12-13T07:59:59", has_time=False), "December 12th, 2024"),
        (list_date("d", "2025-06-12T06:59:59", has_time=False, until=dt.date(2025, 6, 12)), "June 11th or 12th"),
        (list_date("d", "2025-06-12T06:59:59", has_time=False, until=dt.date(2025, 6, 14)), "June 11th to 14th"),
        (list_date("d", None), "TBD"),
    ],
)
def test_date_is_labeled_by_its_own_instant(date: ListedDate, name: str) -> None:
    assert name_date(date, year=2025) == name


def test_year_is_printed_when_asked_for() -> None:
    assert name_date(list_date("d", "2025-03-23T06:59:00"), year=2025, has_year=True) == "March 22nd, 2025, 11:59 PM PDT"


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/Los_Angeles", "PDT (UTC-7)"),
        ("Asia/Kolkata", "IST (UTC+5:30)"),
        ("AoE", "AoE (UTC-12)"),
        ("Asia/Dubai", "UTC+4"),
        ("UTC", "UTC"),
    ],
)
def test_zone_of_an_instant_says_its_distance(zone: str, name: str) -> None:
    assert name_offset_of(dt.datetime(2026, 6, 17, 12, tzinfo=dt.UTC), zone) == name


AUTHORS = list_paper("On Counting", "Ada Author", "Bob Builder")
PANEL = (list_person("Ada", "panelist"), list_person("Mo", "moderator"), list_person("Bob", "panelist"))


@pytest.mark.parametrize(
    ("session", "name"),
    [
        (list_session("invited-talk", "09:00", 25, "Counting", number=2), "Invited talk 2: Counting"),
        (list_session("invited-talk", "09:00", 25, number=2), "Invited talk 2"),
        (list_session("invited-talk", "09:00", 25, "Counting", number=2, label="Keynote"), "Keynote: Counting"),
        (list_session("panel", "09:00", 25, people=PANEL), "Panel discussion: Ada, Bob"),
        (list_session("panel", "09:00", 25, label="Debate", people=PANEL), "Debate: Ada, Bob"),
        (list_session("panel", "09:00", 25, "Do numbers exist?", people=PANEL), "Panel discussion: Do numbers exist? (Ada, Bob)"),
        (list_session("panel", "09:00", 25), "Panel discussion"),
        (list_session("opening", "09:00", 25, "Introduction"), "Introduction"),
        (list_session("break", "09:00", 25), "Break"),
        (list_session("oral", "09:00", 25, "Session A", label="Orals"), "Orals: Session A"),
        (list_session("contributed-talk", "09:00", 25, papers=(AUTHORS,)), "On Counting"),
        (list_session("contributed-talk", "09:00", 25, "Talk", papers=(AUTHORS,)), "Talk"),
    ],
)
def test_session_is_named_in_one_line(session: ListedSession, name: str) -> None:
    assert name_session(session) == name


def test_speaker_column_names_who_stands_in_front() -> None:
    talk = list_session("invited-talk", "09:00", people=(list_person("Ada"), list_person("Chris", "chair"), list_person("Bob")))
    assert list_speakers(talk) == ("Ada", "Bob")
    assert list_speakers(list_session("panel", "09:00", people=PANEL)) == ("Mo",)
    assert list_speakers(list_session("contributed-talk", "09:00", papers=(AUTHORS,))) == ("Ada Author", "Bob Builder")
    assert list_speakers(list_session("oral", "09:00", papers=(AUTHORS,))) == ()
    assert [needs_speaker(list_session(kind, "09:00")) for kind in ("invited-talk", "panel", "oral")] == [True, True, False]


def test_papers_stand_below_unless_the_name_says_them() -> None:
    assert list_papers_below(list_session("contributed-talk", "09:00", papers=(AUTHORS,))) == ()
    assert list_papers_below(list_session("contributed-talk", "09:00", title="Talk", papers=(AUTHORS,))) == (AUTHORS,)
    assert list_papers_below(list_session("oral", "09:00", papers=(AUTHORS,))) == (AUTHORS,)


def test_session_without_minutes_ends_where_the_next_one_of_its_day_starts() -> None:
    first, second, other_day = list_session("oral", "09:00"), list_session("oral", "09:25"), list_session("oral", "2026-06-18T08:00")
    waiting = dataclasses.replace(first, starts_at=None)
    sessions = (first, second, other_day, waiting)
    assert [count_minutes(session, sessions) for session in sessions] == [25, None, None, None]
    assert find_end(first, sessions) == second.starts_at


def test_days_keep_their_order_and_what_has_no_start_comes_under_none_or_the_only_one() -> None:
    first, second = list_session("oral", "09:00"), list_session("oral", "2026-06-18T08:00")
    waiting = dataclasses.replace(first, starts_at=None)
    assert group_by_day([first, waiting]) == [(dt.date(2026, 6, 17), [first, waiting])]
    assert group_by_day([first, second, waiting]) == [(dt.date(2026, 6, 17), [first]), (dt.date(2026, 6, 18), [second]), (None, [waiting])]
