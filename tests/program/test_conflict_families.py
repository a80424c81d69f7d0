"""Each family of conflicts, with the sentence, the items and the way out."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from program.conflicts import (
    HARD,
    SEVERITIES,
    SOFT,
    Conflict,
    DraftAuthor,
    DraftDay,
    DraftPaper,
    DraftPerson,
    DraftRoom,
    DraftSession,
    DraftSlot,
    Frame,
    find_conflicts,
)
from program.listings import ListedSession
from tests.program.listed import PACIFIC, list_person, list_session

ADA = DraftAuthor("Ada Author", "~Ada1")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text if "T" in text else f"2026-06-17T{text}").replace(tzinfo=PACIFIC)


def draft(kind: str, start: str, minutes: int | None, *slots: DraftSlot, **fields: Any) -> DraftSession:
    listed = list_session(kind, start, minutes, fields.pop("title", f"{kind} {start}"), **fields)
    values = {name: getattr(listed, name) for name in ListedSession.__dataclass_fields__}
    return DraftSession(**values, slots=slots)


def find(*sessions: ListedSession, code: str, **frame: Any) -> list[Conflict]:
    return [one for one in find_conflicts(sessions, frame=Frame(zone="America/Los_Angeles", **frame)) if one.code == code]


def paper(number: int, **fields: Any) -> DraftPaper:
    return DraftPaper(f"Paper {number}", f"Title {number}", key=number, **fields)


def test_sessions_beside_each_other_must_be_marked() -> None:
    rooms = [list_session("oral", "09:00", 60, f"Orals {room}", uid=room, room=room) for room in "ABCD"]
    (found,) = find(*rooms, code="beside")
    assert found.sentence == (
        "“Orals A” (9:00, 60 min), “Orals B” (9:00, 60 min), “Orals C” (9:00, 60 min) and 1 more run beside each other in different rooms, "
        "but are not marked as parallel."
    )
    assert found.uids == ("A", "B", "C", "D")
    assert [move["is_parallel"] for move in found.ways[0].moves] == [True] * 4
    marked = [dataclasses.replace(room, is_parallel=True) for room in rooms]
    assert find(*marked, code="beside") == []
    later = [list_session("oral", "13:00", 60, room, uid=f"{room}2", room=room) for room in "AB"]
    assert [one.uids for one in find(*rooms, *later, code="beside")] == [("A", "B", "C", "D"), ("A2", "B2")]


def test_one_room_holds_one_session_even_when_marked() -> None:
    first = list_session("oral", "09:00", 60, "Orals", uid="a", room="Hall", is_parallel=True)
    second = list_session("oral", "09:30", 60, "More", uid="b", room="Hall", is_parallel=True)
    (found,) = find(first, second, code="overlap")
    assert found.sentence == "“Orals” (9:00, 60 min) lasts until 10:00 and overlaps “More” (9:30, 60 min) in Hall."
    assert [way.words for way in found.ways] == [
        "Start “More” at 10:00",
        "Shift “More” and all that follows by 30 min",
        "Shorten “Orals” to 30 min",
    ]
    assert [move["move"] for way in found.ways for move in way.moves] == ["place-session", "shift", "resize-session"]
    assert find(first, dataclasses.replace(second, kind="poster"), code="overlap") == []


def test_sessions_stay_inside_their_day() -> None:
    day = DraftDay(dt.date(2026, 6, 17), at("09:00"), at("17:00"))
    sessions = (
        list_session("oral", "08:30", 60, "Early"),
        list_session("oral", "16:30", 60, "Late"),
        list_session("oral", "2026-06-18T09:00", 60, "Tomorrow"),
        list_session("oral", "10:00", 60, "Fine"),
    )
    assert [one.sentence for one in find(*sessions, code="outside-day", days=(day,))] == [
        "“Early” (8:30, 60 min) starts before the day does, at 9:00.",
        "“Late” (16:30, 60 min) lasts until 17:30, but the day ends at 17:00.",
        "“Tomorrow” (9:00, 60 min) is on June 18th, which is no day of the workshop.",
    ]
    assert find(*sessions, code="outside-day") == []


def test_clocks_that_change_are_told() -> None:
    spring = list_session("oral", "2026-03-08T01:30", 60, "Spring")
    autumn = list_session("oral", "2026-11-01T01:30", 20, "Autumn")
    again = dataclasses.replace(list_session("oral", "2026-11-01T01:30", 20, "Again"), starts_at=at("2026-11-01T01:30").replace(fold=1))
    assert [one.sentence for one in find(spring, code="clock-change")] == [
        "Clocks change during “Spring” (1:30, 60 min): they show 3:30 when it ends."
    ]
    assert [one.sentence for one in find(autumn, again, code="clock-twice")] == [
        "“Autumn” (1:30, 20 min) starts when clocks show 1:30 for the first time; they show it twice on that day.",
        "“Again” (1:30, 20 min) starts when clocks show 1:30 for the second time; they show it twice on that day.",
    ]
    day = DraftDay(dt.date(2026, 3, 8), at("2026-03-08T01:00"), at("2026-03-08T09:00"))
    (told,) = find(code="clock-change", days=(day,))
    assert told.sentence == "Clocks change on March 8th between its start, 1:00, and its end, 9:00."


def test_presenter_is_needed_once_at_a_time() -> None:
    first = draft("oral", "09:00", 60, DraftSlot(paper(1, presenter=ADA), 30, "a"), DraftSlot(paper(2), 30, "b"))
    second = draft("oral", "09:15", 60, DraftSlot(paper(3, presenter=ADA), 30, "c"), is_parallel=True)
    (found,) = find(first, second, code="presenter-twice")
    assert found.sentence == (
        "Ada Author is needed in “oral 09:00” (9:00, 60 min) with paper 1, 9:00 and in “oral 09:15” (9:15, 60 min) with paper 3, 9:15 "
        "at the same time."
    )
    assert found.uids == ("session-09:00", "a", "session-09:15", "c")
    namesake = dataclasses.replace(second, slots=(DraftSlot(paper(3, presenter=DraftAuthor("Ada Author", "~Ada2")), 30, "c"),))
    assert find(first, namesake, code="presenter-twice") == []
    after = dataclasses.replace(second, slots=(DraftSlot(paper(4), 15, "d"), DraftSlot(paper(3, presenter=ADA), 30, "c")))
    assert find(first, after, code="presenter-twice") == []


def test_a_chair_can_not_present_elsewhere() -> None:
    chaired = draft("oral", "09:00", 60, people=(list_person("Ada Author", "chair"),))
    talk = draft("oral", "09:00", 60, DraftSlot(None, 30, "t", title="How we won", person="Ada Author"), uid="other", is_parallel=True)
    (found,) = find(chaired, talk, code="presenter-twice")
    assert "with “How we won”, 9:00" in found.sentence


def test_authors_of_two_papers_are_told_of_once() -> None:
    both = (ADA, DraftAuthor("Bo"))
    first = draft("oral", "09:00", 60, DraftSlot(paper(1, authors=both), None, "a"))
    second = draft("poster", "09:30", 60, DraftSlot(paper(2, authors=both), None, "b"), is_parallel=True)
    (found,) = find(first, second, code="author-twice")
    assert found.sentence.startswith("Ada Author and Bo are authors in “oral 09:00” (9:00, 60 min) with paper 1, 9:00 and in “poster")
    assert found.severity == SOFT


def test_people_have_times_and_nights() -> None:
    session = list_session("panel", "09:00", 60, "Panel", people=(list_person("Ada", "panelist"),))
    free = DraftPerson("Ada", times=((at("10:00"), at("12:00")),))
    (absent,) = find(session, code="person-absent", people=(free,))
    assert absent.sentence == "Ada can't be in “Panel discussion: Panel (Ada)” (9:00, 60 min): it is outside the times they gave."
    assert absent.remedy == "Move it into June 17, 10:00 to 12:00, or ask them."
    (night,) = find(session, code="night", people=(DraftPerson("Ada", "Asia/Tokyo", "remote"),))
    assert night.sentence.endswith("when it is 1:00 in Asia/Tokyo.")
    assert (
        find(session, code="night", people=(DraftPerson("Ada", "Asia/Tokyo", "in-person"), DraftPerson("Bo", "Asia/Tokyo", "remote"))) == []
    )
    assert find(session, code="night", people=(DraftPerson("Ada", "America/New_York", "remote"),)) == []
    assert find(session, code="person-absent", people=(dataclasses.replace(free, attends="pre-recorded"),)) == []


def test_presenters_are_missed_once_authors_name_them() -> None:
    named = paper(1, presenter=ADA, has_promised=True)
    session = draft(
        "oral", "09:00", 60, DraftSlot(named, 30, "a"), DraftSlot(paper(2), 15, "b"), DraftSlot(paper(3, presenter=ADA), 15, "c")
    )
    (found,) = find(session, code="presenter-missing", asks_presenters=True)
    assert (found.sentence, found.uids) == ("Nobody has confirmed to present Paper 2, Paper 3 in “oral 09:00” (9:00, 60 min).", ("b", "c"))
    assert find(session, code="presenter-missing") == []


def test_rooms_are_open_large_and_suited() -> None:
    crowd = DraftSlot(paper(1, expected_count=80), 60)
    session = draft("oral", "09:00", 60, crowd, room="Hall", title="Orals")
    closed = DraftRoom("Hall", closures=((at("09:30"), at("11:00"), "cleaning"),))
    assert [one.sentence for one in find(session, code="room-closed", rooms=(closed,))] == [
        "“Orals” (9:00, 60 min) is in Hall, which is closed from 9:30 to 11:00 (cleaning)."
    ]
    (small,) = find(session, code="room-small", rooms=(DraftRoom("Hall", 50),))
    assert small.sentence == "“Orals” (9:00, 60 min) expects 80 people in Hall, which has 50 seats."
    (kind,) = find(session, code="room-kind", rooms=(DraftRoom("Hall", kinds=("poster", "break")),))
    assert kind.sentence == "“Orals” (9:00, 60 min) is in Hall, which suits other sessions only: Poster session, Break."
    fine = DraftRoom("Hall", 80, ("oral",), ((at("10:00"), at("11:00"), ""),))
    assert [code for code in ("room-closed", "room-small", "room-kind") if find(session, code=code, rooms=(fine,))] == []


def test_boards_are_there_once() -> None:
    hung, bare, off = (DraftSlot(paper(number), None, str(number), board=board) for number, board in ((1, 5), (2, None), (3, 99)))
    first = draft("poster", "09:00", 60, hung, bare, off, title="Posters")
    (missing,) = find(first, code="board-missing", boards=((1, 2),))
    assert (missing.sentence, missing.uids) == ("1 of 3 posters of “Posters” (9:00, 60 min) have no board.", ("session-09:00", "2"))
    assert [one.uids[1] for one in find(first, code="board-outside", boards=((1, 50),))] == ["3"]
    (few,) = find(first, code="boards-few", boards=((1, 2),))
    assert few.sentence == "“Posters” (9:00, 60 min) holds 3 posters, but there are 2 boards."
    second = draft("poster", "09:30", 60, dataclasses.replace(hung, uid="4"), title="More", is_parallel=True)
    (twice,) = find(first, second, code="board-twice")
    assert twice.uids == ("session-09:00", "1", "session-09:30", "4")
    assert find(first, dataclasses.replace(second, room="Hall"), code="board-twice") == []


def test_posters_without_a_place_are_told_once_posters_have_one() -> None:
    session = draft("poster", "09:00", 60, DraftSlot(paper(1, presentation="poster"), None, "a"))
    (found,) = find(session, code="paper-unplaced", others=(paper(1), paper(2)))
    assert (found.sentence, found.uids) == ("Paper 2 “Title 2” is accepted but has no place in the schedule.", ("paper-2",))
    assert find(draft("oral", "09:00", 60), code="paper-unplaced", others=(paper(2),)) == []


def test_talks_without_papers_count_for_the_length() -> None:
    session = draft("oral", "09:00", 60, DraftSlot(None, 20, "a", title="How we won"), DraftSlot(paper(1), 15, "b"))
    (found,) = find(session, code="slots-shorter")
    assert found.sentence == "The talks of “oral 09:00” (9:00, 60 min) take 35 min, shorter than the session."
    assert found.ways[0].moves == ({"move": "resize-session", "session": "session-09:00", "minutes": 35},)


def test_nothing_is_told_of_a_hidden_paper() -> None:
    hidden = DraftPaper("A paper that is not released", "", is_accepted=False, is_released=False, is_hidden=True, key=1)
    session = draft("oral", "09:00", 30, DraftSlot(hidden, 30, "a"))
    assert find_conflicts([session], frame=Frame(asks_presenters=True)) == ()


@pytest.mark.parametrize("code", sorted(SEVERITIES))
def test_every_code_is_hard_or_soft(code: str) -> None:
    assert Conflict(code, "", "").severity in {HARD, SOFT}
