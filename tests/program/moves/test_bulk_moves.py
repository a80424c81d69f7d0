"""Shift, swap, pin, clear."""

import datetime as dt
from dataclasses import replace

from program.moves import PlacedPaper
from program.moves.rows import DayRow, RoomRow, SessionRow, SlotRow
from tests.program.moves.drafts import at, list_after, make_draft, play, refuse

DAY = DayRow(uid="d1", on=dt.date(2026, 6, 17), starts_at=at("08:30"), ends_at=at("18:00"))
ROOMS = (RoomRow(uid="r1", position=1, name="Hall"), RoomRow(uid="r2", position=2, name="Annex"))
ORALS = SessionRow(uid="s1", position=1, kind="oral", title="Orals", starts_at=at("09:00"), minutes=60, room="r1")
PANEL = SessionRow(uid="s2", position=2, kind="panel", title="Panel", starts_at=at("10:00"), minutes=30, room="r1", is_pinned=True)
POSTERS = SessionRow(uid="s3", position=3, kind="poster", title="Posters", starts_at=at("11:00"), minutes=90, room="r2")
CLOSING = SessionRow(uid="s4", position=4, kind="closing", starts_at=at("12:30"), minutes=5, room="r1")
NEXT_DAY = SessionRow(uid="s5", position=5, kind="opening", starts_at=at("09:00", "2026-06-18"), minutes=5, room="r1")
SESSIONS = (ORALS, PANEL, POSTERS, CLOSING, NEXT_DAY)
PAPERS = (PlacedPaper(1, "“One”", number=1), PlacedPaper(2, "“Two”", number=2))
FIRST = SlotRow(uid="p1", session="s1", position=1, paper=1, minutes=15)
POSTER = SlotRow(uid="p2", session="s3", position=4, paper=2, board=7)
TALK = SlotRow(uid="t1", session="s1", position=2, kind="winner-talk", title="Won")


def later(session: SessionRow, minutes: int) -> SessionRow:
    assert session.starts_at is not None
    return replace(session, starts_at=session.starts_at + dt.timedelta(minutes=minutes))


def test_shift_moves_the_room_and_names_what_stays() -> None:
    played = play(make_draft(*ROOMS, *SESSIONS), {"move": "shift", "session": "s1", "minutes": 10})
    assert list_after(played) == [later(ORALS, 10), later(CLOSING, 10)]
    assert (played.words, played.stayed) == (
        "Shifted 2 sessions from “Orals” on by 10 min: later.",
        ("“Panel” is pinned and stays at 10:00.",),
    )


def test_shift_of_the_day_without_the_session_itself() -> None:
    move = {"move": "shift", "session": "s1", "minutes": -5, "scope": "day", "with_it": False}
    played = play(make_draft(*ROOMS, *SESSIONS), move)
    assert list_after(played) == [later(POSTERS, -5), later(CLOSING, -5)]
    assert (played.words, played.stayed) == (
        "Shifted 2 sessions from after “Orals” on by 5 min: earlier.",
        ("“Panel” is pinned and stays at 10:00.",),
    )


def test_nothing_follows_a_session_without_a_start() -> None:
    draft = make_draft(*ROOMS, replace(ORALS, starts_at=None))
    assert refuse(draft, {"move": "shift", "session": "s1", "minutes": 5}) == ["“Orals” has no start, so nothing follows it."]


def test_unequal_sessions_trade_times_and_rooms_and_keep_their_lengths() -> None:
    played = play(make_draft(*ROOMS, *SESSIONS), {"move": "swap", "first": "s1", "second": "s3"})
    assert played.words == "Swapped “Orals” with “Posters”."
    assert list_after(played) == [
        replace(ORALS, starts_at=at("11:00"), room="r2"),
        replace(POSTERS, starts_at=at("09:00"), room="r1"),
    ]


def test_slots_trade_sessions_places_and_boards() -> None:
    draft = make_draft(*ROOMS, *SESSIONS, FIRST, POSTER, papers=PAPERS)
    played = play(draft, {"move": "swap", "first": "p1", "second": "p2"})
    assert list_after(played) == [
        replace(FIRST, session="s3", position=4, board=7),
        replace(POSTER, session="s1", position=1, board=None),
    ]


def test_what_is_pinned_or_of_another_kind_is_not_swapped() -> None:
    draft = make_draft(*ROOMS, *SESSIONS, FIRST, papers=PAPERS)
    pinned = "“Panel” is pinned, so it stays; take the pin off first."
    assert refuse(draft, {"move": "swap", "first": "s1", "second": "s2"}) == [pinned]
    kinds = "Only two sessions, or two places in sessions, can change with each other; one of these is not there any more."
    assert refuse(draft, {"move": "swap", "first": "s1", "second": "p1"}) == [kinds]
    again = SlotRow(uid="p3", session="s3", position=1, paper=1)
    both = make_draft(*ROOMS, *SESSIONS, FIRST, POSTER, again, papers=PAPERS)
    assert refuse(both, {"move": "swap", "first": "p1", "second": "p2"}) == ["“One” has a place in “Posters” already."]


def test_pin_is_put_on_and_taken_off() -> None:
    draft = make_draft(*ROOMS, *SESSIONS, FIRST, POSTER, papers=PAPERS, hidden=frozenset({"p2"}))
    pinned = play(draft, {"move": "pin", "item": "p1", "is_pinned": True})
    assert (pinned.words, list_after(pinned)) == ("Pinned “One”.", [replace(FIRST, is_pinned=True)])
    freed = play(draft, {"move": "pin", "item": "s2", "is_pinned": False})
    assert (freed.words, list_after(freed)) == ("Took the pin off “Panel”.", [replace(PANEL, is_pinned=False)])
    assert refuse(draft, {"move": "pin", "item": "p2", "is_pinned": True}) == ["There is no session or place “p2” that you may pin."]


def test_papers_are_cleared_but_talks_and_what_is_pinned_or_hidden() -> None:
    kept = replace(POSTER, is_pinned=True)
    secret = SlotRow(uid="p3", session="s1", position=3, paper=2)
    draft = make_draft(*ROOMS, *SESSIONS, FIRST, TALK, kept, secret, papers=PAPERS, hidden=frozenset({"p3"}))
    played = play(draft, {"move": "clear", "what": "papers"})
    assert [(change.uid, change.after) for change in played.changes] == [("p1", None)]
    assert (played.words, played.stayed) == (
        "Took 1 papers out of their sessions.",
        ("“Two” must not be moved by you and stays.", "“Two” is pinned, or holds what is, and stays."),
    )


def test_times_are_cleared_of_one_day() -> None:
    played = play(make_draft(DAY, *ROOMS, *SESSIONS), {"move": "clear", "what": "times", "day": "d1"})
    assert list_after(played) == [replace(one, starts_at=None) for one in (ORALS, POSTERS, CLOSING)]
    assert (played.words, played.stayed) == (
        "Took the time from 3 sessions.",
        ("“Panel” is pinned, or holds what is, and stays.",),
    )


def test_sessions_are_cleared_with_what_they_hold() -> None:
    draft = make_draft(*ROOMS, *SESSIONS, FIRST, TALK, replace(POSTER, is_pinned=True), papers=PAPERS)
    played = play(draft, {"move": "clear", "what": "sessions"})
    assert [(change.uid, change.after) for change in played.changes] == [(uid, None) for uid in ("s1", "s4", "s5", "p1", "t1")]
    assert (played.words, played.stayed) == (
        "Removed 3 sessions.",
        ("“Panel” is pinned, or holds what is, and stays.", "“Posters” is pinned, or holds what is, and stays."),
    )
    one = play(draft, {"move": "clear", "what": "sessions", "session": "s4"})
    assert [(change.uid, change.after) for change in one.changes] == [("s4", None)]
