"""Every difference between two versions has its sentence, and touches whom it names."""

import dataclasses
import datetime as dt
from typing import Any

import pytest

from program.listings import ListedSession, ListedSlot
from program.published.comparing import compare_sessions
from program.published.values import read_changes, write_changes
from tests.program.listed import list_paper, list_person, list_session

ADA, BOB = (list_person(name, key=key) for key, name in enumerate(("Ada", "Bob"), start=1))


def hold(uid: str, title: str = "", **fields: Any) -> ListedSlot:
    """Return a slot of 15 minutes that holds the paper A or B, or a talk."""
    papers = {"A": 11, "B": 12}
    values = {"paper": list_paper(title), "paper_key": papers[title]} if title in papers else {"title": title}
    return ListedSlot(uid, **({"kind": "paper" if title in papers else "winner-talk", "minutes": 15} | values | fields))


def make(uid: str = "s", at: str = "10:00", *held: ListedSlot, **fields: Any) -> ListedSession:
    """Return orals in Room 1 in which the slots follow each other."""
    session = list_session("oral", at, 60, **({"title": "Orals", "uid": uid, "room": "Room 1"} | fields))
    starts = session.starts_at
    placed = []
    for slot in held:
        placed.append(dataclasses.replace(slot, starts_at=starts if slot.minutes else None))
        starts = starts + dt.timedelta(minutes=slot.minutes) if starts and slot.minutes else None
    return dataclasses.replace(session, held=tuple(placed))


def tell(before: list[ListedSession], after: list[ListedSession]) -> list[str]:
    return [change.words for change in compare_sessions(before, after)]


CASES: dict[str, tuple[list[ListedSession], list[ListedSession], list[str]]] = {
    "nothing": ([make()], [make()], []),
    "added": ([], [make()], ["“Orals” was added: 10:00, Room 1."]),
    "removed": ([make()], [], ["“Orals” was taken out; it was at 10:00, Room 1."]),
    "moved": ([make()], [make(at="10:30", room="Room 2")], ["“Orals” moved from 10:00, Room 1 to 10:30, Room 2."]),
    "renamed": ([make()], [make(title="Talks")], ["“Orals” is called “Talks” now."]),
    "longer": ([make()], [dataclasses.replace(make(), minutes=90)], ["“Orals” lasts 90 minutes now, 60 before."]),
    "open end": ([make()], [dataclasses.replace(make(), minutes=None)], ["“Orals” lasts until the next session now, 60 minutes before."]),
    "link": ([make()], [make(link="https://example.org")], ["“Orals” has a link now."]),
    "no link": ([make(link="https://example.org")], [make()], ["“Orals” has no link now."]),
    "streamed": ([make()], [make(is_streamed=True)], ["“Orals” is streamed now."]),
    "parallel": ([make()], [make(is_parallel=True)], ["“Orals” may run beside other sessions."]),
    "chair": ([make(people=(ADA,))], [make(people=(BOB,))], ["Bob is speaker in “Orals” now.", "Ada is no longer speaker in “Orals”."]),
    "people": ([make(people=(ADA, BOB))], [make(people=(BOB, ADA))], ["The people of “Orals” stand in another order."]),
    "together": (
        [make("a", title="A"), make("b", title="B")],
        [make("b", title="B"), make("a", title="A")],
        ["What begins together stands in another order: “B”, “A”."],
    ),
    "other day": ([make()], [make(at="2026-06-18T10:00")], ["“Orals” moved from June 17, 10:00, Room 1 to June 18, 10:00, Room 1."]),
    "paper added": ([make()], [make("s", "10:00", hold("p", "A"))], ["“A” was added to “Orals”: 10:00, Room 1."]),
    "paper removed": ([make("s", "10:00", hold("p", "A"))], [make()], ["“A” was taken out of “Orals”; it was at 10:00, Room 1."]),
    "swapped": (
        [make("s", "10:00", hold("p", "A"), hold("q", "B"))],
        [make("s", "10:00", hold("q", "B"), hold("p", "A"))],
        ["“B” moved from 10:15, Room 1 to 10:00, Room 1.", "“A” moved from 10:00, Room 1 to 10:15, Room 1."],
    ),
    "elsewhere": (
        [make("s", "10:00", hold("p", "A")), make("t", "12:00", title="Late", room="Room 2")],
        [make("s", "10:00"), make("t", "12:00", hold("p", "A"), title="Late", room="Room 2")],
        ["“A” moved from 10:00, Room 1 (“Orals”) to 12:00, Room 2 (“Late”)."],
    ),
    "taken out and put in again": ([make("s", "10:00", hold("p", "A"))], [make("s", "10:00", hold("new", "A"))], []),
    "shorter": (
        [make("s", "10:00", hold("p", "A"))],
        [make("s", "10:00", hold("p", "A", minutes=1))],
        ["“A” has 1 minute now, 15 minutes before."],
    ),
    "questions": (
        [make("s", "10:00", hold("p", "A"))],
        [make("s", "10:00", hold("p", "A", question_minutes=3))],
        ["“A” has 3 minutes for questions now, no set time before."],
    ),
    "board": (
        [make("s", "10:00", hold("p", "A", board="P1"))],
        [make("s", "10:00", hold("p", "A", board="P2"))],
        ["“A” hangs on board P2 now, on P1 before."],
    ),
    "no board": (
        [make("s", "10:00", hold("p", "A", board="P1"))],
        [make("s", "10:00", hold("p", "A"))],
        ["“A” has no board any more, P1 before."],
    ),
    "posters": (
        [make("s", "10:00", hold("p", "A", minutes=None), hold("q", "B", minutes=None))],
        [make("s", "10:00", hold("q", "B", minutes=None), hold("p", "A", minutes=None))],
        ["The papers of “Orals” stand in another order."],
    ),
    "presenter": (
        [make("s", "10:00", hold("t", "Won", person=ADA))],
        [make("s", "10:00", hold("t", "Won", person=BOB))],
        ["“Won” is given by Bob now, by Ada before."],
    ),
    "talk": (
        [make("s", "10:00", hold("t", "Won"))],
        [make("s", "10:00", hold("t", "Lost"))],
        ["“Lost” is a winner's talk now, before: “Won”, winner's talk."],
    ),
    "kind": ([make()], [dataclasses.replace(make(), kind="poster")], ["“Orals” is now of the kind poster session, before oral session."]),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_difference_has_its_sentence(name: str) -> None:
    before, after, sentences = CASES[name]
    assert tell(before, after) == sentences


def test_session_takes_its_papers_along_and_names_whom_that_touches() -> None:
    before = [make("s", "10:00", hold("p", "A"), hold("t", "Won", person=BOB), people=(ADA,))]
    after = [make("s", "10:30", hold("p", "A"), hold("t", "Won", person=BOB), people=(ADA,))]
    (change,) = compare_sessions(before, after)
    assert change.words == "“Orals” with its 1 paper moved from 10:00, Room 1 to 10:30, Room 1."
    assert (change.uids, change.gone, change.papers, change.people) == (("s", "p", "t"), (), (11,), (1, 2))
    assert read_changes(write_changes([change])) == (change,)


def test_what_stays_at_its_time_is_not_told() -> None:
    before = [make("s", "10:00", hold("t", "Won"), hold("p", "A"))]
    after = [make("s", "10:15", hold("p", "A"))]
    changes = compare_sessions(before, after)
    assert [(change.code, change.papers) for change in changes] == [("moved", ()), ("removed", ())]
    assert changes[1].gone == ("t",)
