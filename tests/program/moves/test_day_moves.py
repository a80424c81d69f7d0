"""Days added, copied across changes of clocks, filled from templates."""

import datetime as dt
from dataclasses import replace

import pytest

from program.moves.rows import Awaited, DayRow, Part, RoomRow, SessionRow, SlotRow
from program.moves.templates import TEMPLATES
from tests.program.moves.drafts import at, keys, list_after, make_draft, play, refuse

__all__ = ["keys"]
DAY = DayRow(uid="d1", on=dt.date(2026, 6, 17), starts_at=at("08:30"), ends_at=at("18:00"))
ROOM = RoomRow(uid="r1", position=1, name="Hall")
ORALS = SessionRow(
    uid="s1",
    position=1,
    kind="oral",
    title="Orals",
    starts_at=at("09:00"),
    minutes=60,
    room="r1",
    is_pinned=True,
    people=(Part(1, "chair"),),
    awaited=(Awaited("abc", 1),),
)
LUNCH = SessionRow(uid="s2", position=2, kind="break", label="Lunch", starts_at=at("12:00"), minutes=45)
LATER = SessionRow(uid="s3", position=3, kind="oral", starts_at=at("09:00", "2026-06-18"))


@pytest.mark.usefixtures("keys")
def test_day_is_copied_without_papers_people_or_pins() -> None:
    slot = SlotRow(uid="p1", session="s1", position=1, kind="winner-talk", title="Won")
    played = play(make_draft(DAY, ROOM, ORALS, LUNCH, LATER, slot), {"move": "copy-day", "day": "d1", "to": "2026-06-19"})
    assert played.words == "Copied 2 sessions of June 17 to June 19."
    assert list_after(played) == [
        DayRow(uid="new-3", on=dt.date(2026, 6, 19), starts_at=at("08:30", "2026-06-19"), ends_at=at("18:00", "2026-06-19")),
        replace(ORALS, uid="new-1", position=4, starts_at=at("09:00", "2026-06-19"), is_pinned=False, people=(), awaited=()),
        replace(LUNCH, uid="new-2", position=5, starts_at=at("12:00", "2026-06-19")),
    ]


@pytest.mark.usefixtures("keys")
def test_copy_keeps_what_clocks_show_when_they_change_between() -> None:
    played = play(make_draft(DAY, LUNCH), {"move": "copy-day", "day": "d1", "to": "2026-11-02"})
    assert list_after(played) == [
        DayRow(
            uid="new-2",
            on=dt.date(2026, 11, 2),
            starts_at=at("08:30", "2026-11-02", "-08:00"),
            ends_at=at("18:00", "2026-11-02", "-08:00"),
        ),
        replace(LUNCH, uid="new-1", position=3, starts_at=at("12:00", "2026-11-02", "-08:00")),
    ]


def test_copy_into_an_hour_that_is_not_there_is_refused() -> None:
    early = replace(LUNCH, starts_at=at("02:30"))
    (sentence,) = refuse(make_draft(DAY, early), {"move": "copy-day", "day": "d1", "to": "2026-03-08"})
    assert "02:30" in sentence
    assert "does not exist in America/Los_Angeles" in sentence


@pytest.mark.usefixtures("keys")
def test_copy_to_a_day_that_exists_leaves_its_times() -> None:
    other = DayRow(uid="d2", on=dt.date(2026, 6, 18), starts_at=at("10:00", "2026-06-18"), ends_at=at("11:00", "2026-06-18"))
    played = play(make_draft(DAY, other, LUNCH), {"move": "copy-day", "day": "d1", "to": "2026-06-18"})
    assert list_after(played) == [replace(LUNCH, uid="new-1", position=3, starts_at=at("12:00", "2026-06-18"))]


def test_day_is_not_copied_to_itself_or_from_nowhere() -> None:
    draft = make_draft(DAY, LUNCH)
    assert refuse(draft, {"move": "copy-day", "day": "d1", "to": "2026-06-17"}) == ["A day can't be copied to itself; name another date."]
    assert refuse(draft, {"move": "copy-day", "day": "gone", "to": "2026-06-18"}) == [
        "There is no day “gone” any more; somebody may have taken it away."
    ]


@pytest.mark.usefixtures("keys")
def test_template_on_a_day_that_exists_adds_its_sessions_alone() -> None:
    move = {"move": "apply-template", "template": "half-day-morning", "on": "2026-06-17", "starts": "9:15", "room": "r1"}
    played = play(make_draft(DAY, ROOM, LUNCH), move)
    assert played.words == "Added the 8 sessions of “Half day, morning” from 2026-06-17, 09:15."
    expected, starts = [], at("09:15")
    for number, (kind, label, minutes) in enumerate(TEMPLATES["half-day-morning"].sessions, start=1):
        expected.append(
            SessionRow(uid=f"new-{number}", position=number + 2, kind=kind, label=label, starts_at=starts, minutes=minutes, room="r1")
        )
        starts += dt.timedelta(minutes=minutes)
    assert list_after(played) == expected


@pytest.mark.usefixtures("keys")
def test_template_brings_a_day_as_long_as_it_is() -> None:
    played = play(make_draft(), {"move": "apply-template", "template": "oral-block", "on": "2026-06-17"})
    assert list_after(played) == [
        DayRow(uid="new-2", on=dt.date(2026, 6, 17), starts_at=at("09:00"), ends_at=at("10:30")),
        SessionRow(uid="new-1", position=1, kind="oral", starts_at=at("09:00"), minutes=90),
    ]


@pytest.mark.usefixtures("keys")
def test_day_is_added_edited_and_removed() -> None:
    added = {"move": "add-day", "on": "2026-06-17", "starts": "8:30", "ends": "18:00"}
    played = play(make_draft(), added)
    assert (played.words, list_after(played)) == ("Added June 17, 08:30 to 18:00.", [replace(DAY, uid="new-1")])
    edited = play(make_draft(DAY), {"move": "edit-day", "day": "d1", "on": "2026-06-18", "ends": "17:00"})
    assert edited.words == "June 18 is from 08:30 to 17:00 now."
    moved = DayRow(uid="d1", on=dt.date(2026, 6, 18), starts_at=at("08:30", "2026-06-18"), ends_at=at("17:00", "2026-06-18"))
    assert list_after(edited) == [moved]
    removed = play(make_draft(DAY, LUNCH), {"move": "remove-day", "day": "d1"})
    assert (removed.words, list_after(removed)) == ("Removed June 17.", [None])
    assert refuse(make_draft(DAY), added) == ["June 17 is there already; a date is a day once."]
    assert refuse(make_draft(DAY), {"move": "edit-day", "day": "d1", "ends": "8:00"}) == ["June 17 ends before it starts."]
