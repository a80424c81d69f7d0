"""Calendars read the program and follow its changes."""

import dataclasses
import datetime as dt
from typing import Any

from icalendar import Calendar

from papers.zones import find_zone
from program.exports.escaping import tidy_line
from program.exports.registry import export_listing
from program.listings import CalendarMark, GoneItem, ListedSession, Listing
from tests.program.exports.test_registry import HOSTILE, make_hostile_listing
from tests.program.listed import list_paper, list_person, list_session, list_workshop, make_listing

CHANGED_AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def make_calendar(*sessions: ListedSession, **fields: Any) -> Calendar:
    listing = make_listing(sessions=sessions, schedule_revision=3, schedule_changed_at=CHANGED_AT, **fields)
    return read_calendar(listing)


def read_calendar(listing: Listing) -> Calendar:
    return Calendar.from_ical(export_listing("schedule-ics", listing))


def read_time(event: Any, name: str) -> Any:
    return event[name].dt


def test_event_carries_identity_time_and_place() -> None:
    session = list_session("invited-talk", "09:00", 25, "Counting", number=1, uid="session-2", people=(list_person("Ada"),))
    (event,) = make_calendar(session).walk("VEVENT")
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "SEQUENCE")} == {
        "UID": "session-2@counted26.syntagen",
        "SUMMARY": "Invited talk 1: Counting",
        "LOCATION": "Room 1, Denver, United States",
        "DESCRIPTION": "Ada",
        "SEQUENCE": "3",
    }
    assert read_time(event, "DTSTAMP") == CHANGED_AT
    assert read_time(event, "DTSTART") == session.starts_at
    assert read_time(event, "DTEND") - read_time(event, "DTSTART") == dt.timedelta(minutes=25)
    assert event["DTSTART"].params["TZID"] == "America/Los_Angeles"


def test_sequence_counts_the_versions_that_changed_an_entry() -> None:
    settled, moved = CHANGED_AT - dt.timedelta(days=9), CHANGED_AT - dt.timedelta(days=1)
    sessions = (list_session("oral", "09:00", 25, uid="a"), list_session("oral", "10:00", 25, uid="b"))
    marks = {"b": CalendarMark(2, moved)}
    first, second = make_calendar(*sessions, marks=marks, schedule_settled_at=settled).walk("VEVENT")
    assert [(event["SEQUENCE"], read_time(event, "LAST-MODIFIED")) for event in (first, second)] == [(3, settled), (5, moved)]
    assert [str(event["STATUS"]) for event in (first, second)] == ["CONFIRMED", "CONFIRMED"]


def test_what_was_taken_out_is_canceled() -> None:
    gone = GoneItem("old", "Panel", list_session("panel", "08:00").starts_at or CHANGED_AT, 30)
    slot = GoneItem("slot", "Talk", gone.starts_at, 10, is_slot=True)
    calendar = make_calendar(list_session("oral", "09:00", 25), gone=(gone, slot), marks={"old": CalendarMark(1, CHANGED_AT)})
    said = [(str(event["UID"]), str(event["STATUS"]), event["SEQUENCE"]) for event in calendar.walk("VEVENT")]
    assert said == [("session-09:00@counted26.syntagen", "CONFIRMED", 3), ("old@counted26.syntagen", "CANCELLED", 4)]


def test_calendar_carries_the_zone_of_its_times() -> None:
    (zone,) = make_calendar(list_session("oral", "09:00", 25)).walk("VTIMEZONE")
    assert zone["TZID"] == "America/Los_Angeles"
    assert {str(part["TZNAME"]) for part in zone.subcomponents} == {"PST", "PDT"}


def test_aoe_is_a_zone_that_calendars_know() -> None:
    session = list_session("oral", "09:00", 25)
    calendar = make_calendar(session, workshop=list_workshop(zone="AoE"))
    (zone,) = calendar.walk("VTIMEZONE")
    (event,) = calendar.walk("VEVENT")
    assert (zone["TZID"], read_time(event, "DTSTART")) == ("Etc/GMT+12", session.starts_at)
    assert session.starts_at is not None
    assert read_time(event, "DTSTART").replace(tzinfo=None) == session.starts_at.astimezone(find_zone("AoE")).replace(tzinfo=None)


def test_papers_are_described_with_their_authors() -> None:
    session = list_session("oral", "09:00", 25, "Orals", papers=(list_paper("A; B, C", "Ada", "Bob"), list_paper("D", "Eve")))
    (event,) = make_calendar(session).walk("VEVENT")
    assert event["DESCRIPTION"] == "A; B, C. Ada, Bob\nD. Eve"


def test_session_without_start_is_left_out_and_one_without_end_has_none() -> None:
    open_end, waiting = list_session("oral", "09:00"), dataclasses.replace(list_session("oral", "10:00"), starts_at=None)
    (event,) = make_calendar(open_end, waiting).walk("VEVENT")
    assert "DTEND" not in event
    assert make_calendar().walk("VEVENT") == []


def test_hostile_text_reads_back() -> None:
    events = read_calendar(make_hostile_listing()).walk("VEVENT")
    said = [tidy_line(f"Invited talk {number}: {text}") for number, text in enumerate(HOSTILE, start=1)]
    assert [str(event["SUMMARY"]) for event in events] == said


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    data = export_listing("schedule-ics", make_hostile_listing())
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
