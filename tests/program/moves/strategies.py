"""Moves of every kind, most of which fit a small schedule, some of which can't be done."""

from typing import Any

from hypothesis import strategies as st

ZONE = "America/Los_Angeles"
# With an hour that is not there (March 8th, 2:30) and one that is there twice (November 1st, 1:30).
TIMES = st.sampled_from(["2026-06-17T09:00", "2026-06-17T09:45", "2026-06-18T13:00", "2026-11-01T01:30-07:00", "2026-03-08T01:30", ""])
DATES = st.sampled_from(["2026-06-17", "2026-06-18", "2026-03-08", "2026-11-01"])
CLOCKS = st.sampled_from(["8:30", "9:00", "12:15", "18:00", "2:30"])
SESSIONS = st.sampled_from(["s1", "s2", "s3", "n1", "n2", "gone"])
SLOTS = st.sampled_from(["p1", "p2", "p3", "t1", "n3", "n4", "gone"])
ROOMS = st.sampled_from(["r1", "r2", "n5", "", "gone"])
DAYS = st.sampled_from(["d1", "n6", "gone"])
BOARDS = st.sampled_from(["b1", "n7", "gone"])
NEW = st.sampled_from(["", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "s1"])
MINUTES = st.sampled_from([0, 5, 10, 60, 1440])
WORDS = st.sampled_from(["", "A", "B", "Counting"])
KINDS = st.sampled_from(["oral", "poster", "break", "panel", "invited-talk"])


def make(move: str, needed: dict[str, st.SearchStrategy[Any]], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return moves of one kind."""
    return st.fixed_dictionaries({"move": st.just(move), **needed}, optional=optional)


def make_moves(papers: list[int], people: list[int]) -> st.SearchStrategy[dict[str, Any]]:
    """Return every move that an editor can make, about these papers and people and some that are not there."""
    paper, person = st.sampled_from([*papers, 987_654]), st.sampled_from([0, *people, 987_654])
    parts = st.lists(st.fixed_dictionaries({"person": person.filter(bool), "part": st.sampled_from(["chair", "speaker"])}), max_size=2)
    what = {"label": WORDS, "title": WORDS, "minutes": MINUTES, "is_parallel": st.booleans(), "people": parts}
    lengths = {"minutes": MINUTES, "question_minutes": MINUTES}
    talk = {"kind": st.sampled_from(["winner-talk", "invited-talk"]), "title": WORDS}
    numbers = st.sampled_from([1, 5, 10, 140])
    boards = {"prefix": WORDS, "rule": st.sampled_from(["", "paper", "paper + 5", "odd"]), "topic": WORDS}
    return st.one_of(
        make("place-session", {"session": SESSIONS}, starts=TIMES, room=ROOMS),
        make("resize-session", {"session": SESSIONS, "minutes": MINUTES.filter(bool)}, edge=st.sampled_from(["start", "end"])),
        make("add-session", {"kind": KINDS}, uid=NEW, starts=TIMES, room=ROOMS, **what),
        make("edit-session", {"session": SESSIONS}, kind=KINDS, **what),
        make("remove-session", {"session": SESSIONS}),
        make("place-paper", {"paper": paper, "session": SESSIONS}, uid=NEW, position=st.integers(1, 4), **lengths),
        make("place-slot", {"slot": SLOTS, "session": SESSIONS}, position=st.integers(1, 4)),
        make("take-out", {"slot": SLOTS}),
        make("add-talk", {"session": SESSIONS, **talk}, uid=NEW, person=person, position=st.integers(1, 4), **lengths),
        make("edit-slot", {"slot": SLOTS}, person=person, **talk, **lengths),
        make("swap", {"first": st.one_of(SESSIONS, SLOTS), "second": st.one_of(SESSIONS, SLOTS)}),
        make("shift", {"session": SESSIONS, "minutes": st.sampled_from([-30, 10, 600])}, scope=st.sampled_from(["room", "day"])),
        make("pin", {"item": st.one_of(SESSIONS, SLOTS), "is_pinned": st.booleans()}),
        make("clear", {"what": st.sampled_from(["papers", "times", "sessions"])}, day=DAYS, session=SESSIONS),
        make("add-day", {"on": DATES, "starts": CLOCKS, "ends": CLOCKS}, uid=NEW),
        make("edit-day", {"day": DAYS}, on=DATES, starts=CLOCKS, ends=CLOCKS),
        make("remove-day", {"day": DAYS}),
        make("copy-day", {"day": DAYS, "to": DATES}),
        make("apply-template", {"template": st.sampled_from(["half-day-morning", "oral-block"]), "on": DATES}, starts=CLOCKS, room=ROOMS),
        make("add-room", {"name": WORDS}, uid=NEW, capacity=st.sampled_from([0, 50])),
        make("edit-room", {"room": ROOMS}, name=WORDS, position=st.integers(1, 3), capacity=st.sampled_from([0, 50])),
        make("remove-room", {"room": ROOMS}),
        make("add-boards", {"first": numbers, "last": numbers}, uid=NEW, **boards),
        make("edit-boards", {"boards": BOARDS}, first=numbers, last=numbers, **boards),
        make("remove-boards", {"boards": BOARDS}),
        make("set-board", {"slot": SLOTS, "board": st.sampled_from([0, 1, 2, 140])}),
        make("assign-boards", {"session": SESSIONS}),
    )
