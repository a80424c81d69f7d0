"""What is wrong with a schedule is said with names, times and a remedy."""

import dataclasses

from program.conflicts import Conflict, DraftPaper, DraftSession, DraftSlot, find_conflicts
from program.listings import ListedSession
from tests.program.listed import list_person, list_session


def draft(session: ListedSession, *slots: DraftSlot) -> DraftSession:
    """Return a session with slots."""
    values = {name: getattr(session, name) for name in ListedSession.__dataclass_fields__}
    return DraftSession(**values, slots=slots)


def list_codes(*sessions: ListedSession, orals: tuple[DraftPaper, ...] = ()) -> list[str]:
    return [conflict.code for conflict in find_conflicts(sessions, orals=orals)]


def test_introduction_of_2025_overlaps_the_orals() -> None:
    sessions = (
        list_session("opening", "08:30", 10, "Introduction"),
        list_session("oral", "08:35", 25, "Oral presentation"),
        list_session("invited-talk", "09:00", 25, "Inventing Data", number=1),
    )
    assert find_conflicts(sessions) == (
        Conflict(
            "overlap",
            "“Introduction” (8:30, 10 min) lasts until 8:40 and overlaps “Oral presentation” (8:35, 25 min).",
            "Start “Oral presentation” at 8:40, shorten “Introduction” to 5 min, or mark one of them as parallel.",
            ("session-08:30", "session-08:35"),
        ),
    )


def test_a_long_session_overlaps_every_later_one() -> None:
    sessions = [list_session("other", "08:00", 60), list_session("other", "08:10", 10), list_session("other", "08:20", 40)]
    assert [conflict.uids for conflict in find_conflicts(sessions)] == [
        ("session-08:00", "session-08:10"),
        ("session-08:00", "session-08:20"),
    ]


def test_same_start_is_an_overlap_without_a_way_to_shorten() -> None:
    (found,) = find_conflicts([list_session("other", "08:00", 10, "A"), list_session("break", "08:00", 10, "B")])
    assert found.remedy == "Start “B” at 8:10, or mark one of them as parallel."


def test_parallel_sessions_do_not_overlap() -> None:
    assert list_codes(list_session("poster", "08:00", 60, is_parallel=True), list_session("oral", "08:30", 30)) == []


def test_session_without_minutes_lasts_until_the_next() -> None:
    assert list_codes(list_session("opening", "08:00"), list_session("oral", "08:30", 30)) == []


def test_gap_is_named_with_both_neighbors() -> None:
    sessions = (
        list_session("oral", "09:00", 50, "Orals"),
        list_session("poster", "10:00", 30, "Posters"),
        list_session("oral", "2026-06-18T09:00", 30, "Next day"),
    )
    assert find_conflicts(sessions) == (
        Conflict(
            "gap",
            "Nothing happens from 9:50 to 10:00, between “Orals” (9:00, 50 min) and “Posters” (10:00, 30 min).",
            "Start “Posters” at 9:50, or put a break there.",
            ("session-09:00", "session-10:00"),
        ),
    )


def test_speaker_can_not_be_in_two_places_even_in_parallel() -> None:
    ada, also_ada = list_person("Ada A.", full_name="Ada Author"), list_person("Ada", "panelist", full_name="Ada Author")
    sessions = (
        list_session("invited-talk", "09:00", 30, "Counting", number=1, people=(ada,)),
        list_session("panel", "09:15", 30, people=(also_ada, list_person("Eve", "panelist")), is_parallel=True),
        list_session("invited-talk", "09:45", 30, "Again", number=2, people=(ada,)),
    )
    (found,) = (conflict for conflict in find_conflicts(sessions) if conflict.code == "person-twice")
    assert found.sentence == (
        "Ada A. is in “Invited talk 1: Counting” (9:00, 30 min) and in “Panel discussion: Ada, Eve” (9:15, 30 min) at the same time."
    )


def test_panel_needs_panelists() -> None:
    (found,) = find_conflicts([list_session("panel", "09:00", 30, people=(list_person("Mo", "moderator"),))])
    assert (found.code, found.sentence) == ("panel-empty", "“Panel discussion” (9:00, 30 min) has no panelists.")


def test_papers_that_can_not_be_shown_are_named() -> None:
    slots = (
        DraftSlot(DraftPaper("Paper 1", "Fine")),
        DraftSlot(DraftPaper("Paper 2", "Gone", standing="withdrawn", is_active=False)),
        DraftSlot(DraftPaper("Paper 3", "No", is_accepted=False)),
        DraftSlot(DraftPaper("Paper 4", "Soon", is_released=False)),
    )
    found = find_conflicts([draft(list_session("poster", "09:00", 30, "Posters"), *slots)])
    assert [(conflict.code, conflict.sentence) for conflict in found] == [
        ("paper-gone", "Paper 2 “Gone” is withdrawn but has a place in “Posters” (9:00, 30 min)."),
        ("paper-not-accepted", "Paper 3 “No” is not accepted but has a place in “Posters” (9:00, 30 min)."),
        ("paper-not-released", "The decision on Paper 4 “Soon” in “Posters” (9:00, 30 min) is not released; the program leaves it out."),
    ]


def test_slots_must_fill_their_session() -> None:
    one, two = DraftSlot(DraftPaper("Paper 1", "A"), 15), DraftSlot(DraftPaper("Paper 2", "B"), 15)
    session = list_session("oral", "09:00", 20, "Orals")
    assert [conflict.sentence for conflict in find_conflicts([draft(session, one, two)])] == [
        "The papers of “Orals” (9:00, 20 min) take 30 min, longer than the session."
    ]
    assert list_codes(draft(session, one)) == ["slots-shorter"]
    assert list_codes(draft(session, one, DraftSlot(DraftPaper("Paper 3", "C")))) == []
    assert list_codes(draft(list_session("oral", "09:00", 30), one, two)) == []


def test_oral_without_a_place_is_named_once_there_are_oral_slots() -> None:
    placed, lost = DraftPaper("Paper 1", "In", "oral"), DraftPaper("Paper 2", "Out", "oral")
    session = draft(list_session("oral", "09:00", 30), DraftSlot(placed))
    (found,) = find_conflicts([session], orals=(placed, lost))
    assert (found.code, found.sentence) == ("oral-unplaced", "Paper 2 “Out” is an accepted oral but has no place in the schedule.")
    posters_only = draft(list_session("poster", "09:00", 30), DraftSlot(DraftPaper("Paper 3", "P", "poster")))
    assert list_codes(posters_only, orals=(lost,)) == []


def test_session_without_a_start_overlaps_nothing() -> None:
    waiting = dataclasses.replace(list_session("panel", "09:00", 30), starts_at=None)
    (found,) = find_conflicts([waiting, list_session("oral", "09:00", 30)])
    assert found.sentence == "“Panel discussion” (no start yet) has no panelists."
