"""The program by day, in words."""

import datetime as dt
import zoneinfo
from dataclasses import replace

from program.listings import ListedSession, ListedSlot
from program.public_page.pages import Choices, list_choices, list_days, name_offsets, tell_time
from program.public_page.picks import Pick
from tests.program.listed import PACIFIC, list_paper, list_person, list_session

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def tell(sessions: tuple[ListedSession, ...], zone: str = "") -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(day.words, [(one.clock, one.ends_clock, one.also) for one in day.sessions]) for day in list_days(sessions, Pick(), zone=zone)]


def test_days_tell_start_end_and_the_visitors_time() -> None:
    first = list_session("opening", "08:30", 10, uid="one")
    late = list_session("other", "23:30", 60, uid="two")
    second = list_session("closing", "2026-06-18T09:00", None, uid="three")
    assert tell((first, late, second), "Europe/Berlin") == [
        ("Wednesday, June 17, 2026", [("8:30", "8:40", "17:30"), ("23:30", "Thu 0:30", "Thu 8:30")]),
        ("Thursday, June 18, 2026", [("9:00", "", "18:00")]),
    ]


def test_session_across_a_change_of_clocks_ends_when_the_world_says() -> None:
    at = dt.datetime(2025, 10, 26, 0, 30, tzinfo=dt.UTC).astimezone(BERLIN)
    night = replace(list_session("other", "09:00", 60, uid="night"), starts_at=at)
    (day,) = list_days((night,), Pick(), zone="UTC")
    (one,) = day.sessions
    assert (one.clock, one.ends_clock, one.also, one.ends - one.starts if one.ends and one.starts else 0) == ("2:30", "2:30", "0:30", 3600)
    assert name_offsets((night, list_session("other", "09:00")), "Europe/Berlin") == "CEST"
    winter = replace(night, starts_at=at + dt.timedelta(days=1))
    assert name_offsets((night, winter), "Europe/Berlin") == "CEST and CET"


def test_time_names_the_weekday_on_another_day_only() -> None:
    at = dt.datetime(2026, 6, 17, 23, 5, tzinfo=PACIFIC)
    assert [tell_time(at, zone, on=at.date()) for zone in ("America/Los_Angeles", "Asia/Tokyo", "AoE")] == ["23:05", "Thu 15:05", "18:05"]


def test_sessions_without_a_start_come_last_and_say_so() -> None:
    open_session = replace(list_session("other", "09:00", uid="open", title="Open"), starts_at=None)
    days = list_days((list_session("other", "09:00", uid="a"), list_session("other", "2026-06-18T09:00", uid="b"), open_session), Pick())
    assert [(day.on, day.words) for day in days][-1] == (None, "Time to be announced")
    (one,) = days[-1].sessions
    assert (one.clock, one.ends_clock, one.also, one.starts, one.ends) == ("", "", "", None, None)


def test_session_tells_its_name_kind_people_and_papers() -> None:
    held = (
        ListedSlot("a", "paper", paper=list_paper("On Sheep"), starts_at=dt.datetime(2026, 6, 17, 9, 0, tzinfo=PACIFIC), minutes=15),
        ListedSlot("b", "winner-talk", title="How we won", person=list_person("Wim Winner")),
    )
    panel = list_session("panel", "11:00", 30, "Truth", uid="panel", people=(list_person("Mo", "moderator"), list_person("Pa", "panelist")))
    oral = list_session("oral", "09:00", 30, "Orals", uid="oral", held=held)
    only = list_session("contributed-talk", "10:00", 15, uid="only", papers=(list_paper("On Sheep"),), held=held[:1])
    (day,) = list_days((oral, only, panel), Pick(), zone="Europe/Berlin", late={"oral": 7})
    first, second, third = day.sessions
    assert [(item.clock, item.also, item.has_title, item.starts, item.ends) for item in first.slots] == [
        ("9:00", "18:00", True, 1781712000, 1781712900),
        ("", "", True, None, None),
    ]
    assert [item.by for item in first.slots] == ["Ada Author", ""]
    assert (first.name, first.kind_words, first.tone, first.late, first.has_many) == ("Orals", "Oral session", "violet", 7, False)
    assert (second.name, second.slots[0].has_title, second.late) == ("On Sheep", False, 0)
    assert (third.name, third.kind_words, [part for part, _ in third.people]) == ("Panel discussion: Truth", "", ["Moderator", ""])


def test_breaks_and_long_lists_are_known() -> None:
    many = tuple(ListedSlot(str(number), "paper", paper=list_paper(f"Paper {number}")) for number in range(12))
    (day,) = list_days((list_session("poster", "09:00", held=many), list_session("break", "10:00")), Pick())
    assert [(one.is_break, one.has_many, one.name) for one in day.sessions] == [(False, True, "Poster session"), (True, False, "Break")]


def test_choices_offer_what_differs() -> None:
    papers = tuple(
        ListedSlot(track, "paper", paper=list_paper("A", track=track, track_name=track.title(), presentation="poster"))
        for track in ("short", "full")
    )
    one = list_session("oral", "09:00", room="Room 2", held=papers)
    two = list_session("poster", "10:00", room="Room 1")
    assert list_choices((one, two)) == Choices(
        kinds=(("oral", "Oral session"), ("poster", "Poster session")),
        rooms=(("Room 2", "Room 2"), ("Room 1", "Room 1")),
        days=(),
        tracks=(("full", "Full"), ("short", "Short")),
        presentations=(),
    )
    assert list_choices(()) == Choices((), (), (), (), ())
