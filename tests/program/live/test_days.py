"""A day of the published program by room."""

import datetime as dt

from program.listings import ListedSession, ListedSlot
from program.live.days import LiveRoom, choose_date, find_told_delays, list_dates, list_rooms
from program.live.following import Mark
from tests.program.listed import PACIFIC, list_paper, list_session

ON = dt.date(2026, 6, 17)


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-06-17T{clock}").replace(tzinfo=PACIFIC).astimezone(dt.UTC)


def hold(uid: str, clock: str, minutes: int | None = 15) -> ListedSlot:
    local = at(clock).astimezone(PACIFIC)
    return ListedSlot(uid, "paper", paper=list_paper(f"Paper {uid}"), starts_at=local if minutes else None, minutes=minutes)


ORALS = list_session("oral", "09:00", 30, "Orals", uid="orals", room="Hall", held=(hold("a", "09:00"), hold("b", "09:15")))
TALK = list_session("invited-talk", "09:30", 30, "Sheep", uid="talk", room="Hall")
PARTY = list_session("other", "20:00", None, "Party", uid="party", room="")
NEXT_DAY = list_session("closing", "2026-06-18T09:00", 10, uid="closing", room="Hall")
ALL = (ORALS, TALK, PARTY, NEXT_DAY)


def find_room(name: str, marks: dict[str, Mark], clock: str, sessions: tuple[ListedSession, ...] = ALL) -> LiveRoom:
    return next(room for room in list_rooms(sessions, ON, marks, at(clock)) if room.name == name)


def test_day_is_the_one_asked_for_else_today_else_the_next_else_the_last() -> None:
    dates = list_dates(ALL)
    tomorrow = dt.date(2026, 6, 18)
    assert dates == (ON, tomorrow)
    assert choose_date(dates, dt.date(2026, 6, 1)) == ON
    assert choose_date(dates, tomorrow) == tomorrow
    assert choose_date(dates, dt.date(2027, 1, 1)) == tomorrow
    assert choose_date(dates, tomorrow, ON) == ON
    assert choose_date(dates, ON, dt.date(2020, 1, 1)) == ON
    assert choose_date((), ON) is None


def test_rooms_come_by_name_what_is_over_last() -> None:
    assert [(room.key, room.name, room.is_over) for room in list_rooms(ALL, ON, {}, at("08:00"))] == [(2, "Hall", False), (1, "", False)]
    assert [room.name for room in list_rooms(ALL, ON, {}, at("19:00"))] == ["", "Hall"]
    assert list_rooms(ALL, dt.date(2026, 6, 19), {}, at("08:00")) == ()


def test_room_says_what_runs_what_is_next_and_how_late() -> None:
    room = find_room("Hall", {"orals": Mark(at("09:07"))}, "09:10")
    assert [one.session.uid for one in room.running] == ["orals"]
    assert room.next is not None
    assert (room.next.session.uid, room.next.clocks[0], room.next.planned_clock, room.next.span_until) == ("talk", "9:37", "9:30", "27 min")
    assert (room.delay, room.suggested_shift, room.running[0].minutes_left, room.running[0].clocks) == (7, 10, 27, ("9:07", "9:37", "9:37"))
    assert [item.clock for item in room.running[0].slots] == ["9:07", "9:22"]
    assert [item.followed.planned.starts_at for item in room.running[0].slots if item.followed] == [at("09:07"), at("09:22")]


def test_room_on_time_suggests_the_smallest_step() -> None:
    room = find_room("Hall", {}, "08:00")
    assert (room.delay, room.suggested_shift, [one.session.uid for one in room.later], room.past) == (0, 5, ["talk"], ())
    assert room.next is not None
    assert (room.next.span_until, room.next.is_waiting) == ("1 h 0 min", True)


def test_a_day_that_is_far_is_counted_in_days() -> None:
    [hall] = [room for room in list_rooms(ALL, ON, {}, at("09:00") - dt.timedelta(days=40)) if room.name == "Hall"]
    assert hall.next is not None
    assert hall.next.span_until == "40 days"


def test_what_runs_over_its_time_says_so() -> None:
    room = find_room("Hall", {"orals": Mark(at("09:00"))}, "09:38")
    assert (room.running[0].minutes_left, room.delay) == (-8, 8)


def test_delay_that_a_gap_takes_up_is_told_of_what_runs_alone() -> None:
    room = find_room("Hall", {"orals": Mark(at("09:07"))}, "09:10", (ORALS, list_session("other", "10:00", 5, uid="late", room="Hall")))
    assert (room.delay, room.late) == (0, 7)


def test_paper_that_began_begins_its_session_and_makes_it_longer() -> None:
    room = find_room("Hall", {"a": Mark(at("09:02"), at("09:25"))}, "09:26")
    (orals,) = room.running
    assert (orals.followed.is_told, orals.clocks) == (True, ("9:02", "9:41", "9:41"))
    assert [(item.followed.state, item.followed.is_told) for item in orals.slots if item.followed] == [("over", True), ("late", False)]
    assert room.delay == 11


def test_paper_without_times_can_not_be_followed() -> None:
    session = list_session("poster", "09:00", 30, uid="posters", room="Hall", held=(hold("p", "09:00", None),))
    room = find_room("Hall", {}, "09:05", (session,))
    assert [(item.clock, item.followed) for item in room.running[0].slots] == [("", None)]


def test_what_is_over_and_was_marked_can_be_taken_back() -> None:
    room = find_room("Hall", {"orals": Mark(at("09:00"), at("09:25")), "talk": Mark(at("09:30"), at("09:58"))}, "10:00")
    assert [(one.session.uid, one.clocks[:2]) for one in room.past] == [("talk", ("9:30", "9:58")), ("orals", ("9:00", "9:25"))]


def test_world_is_told_of_rooms_that_are_switched_on() -> None:
    rooms = list_rooms(ALL, ON, {"orals": Mark(at("09:07"))}, at("09:10"))
    assert find_told_delays(rooms, frozenset({"Hall"})) == {"orals": 7, "talk": 7}
    assert find_told_delays(rooms, frozenset({""})) == {}
    over = list_rooms(ALL, ON, {"talk": Mark(at("09:37"))}, at("09:40"))
    assert find_told_delays(over, frozenset({"Hall"})) == {"talk": 7}
