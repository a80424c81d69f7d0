"""What a visitor asks of the program."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from program.listings import ListedSession, ListedSlot
from program.public_page.picks import Pick, pick_sessions, read_items, read_words
from tests.program.listed import list_paper, list_person, list_session

TITLES = ("Counting Sheep", "Zählen über alles", "On Numbers", "Sheep of Numbers")


def hold(uid: str, title: str, *authors: str, **fields: str) -> ListedSlot:
    return ListedSlot(uid, "paper", paper=list_paper(title, *authors, **fields))


ORAL = list_session(
    "oral",
    "09:00",
    60,
    "Morning orals",
    uid="oral",
    room="Room 1",
    people=(list_person("Cleo Chair", "chair", affiliation="Oslo"),),
    held=(hold("a", "Counting Sheep", "Ada Author"), hold("b", "Zählen über alles", "José Núñez", track="short", presentation="oral")),
)
POSTERS = list_session("poster", "2026-06-18T10:00", 60, uid="posters", room="Hall", held=(hold("c", "On Numbers"),))
TALK = list_session(
    "invited-talk", "11:00", 30, "Sheep at night", uid="talk", people=(list_person("Ingrid Invited", affiliation="Bergen"),)
)
ALL = (ORAL, TALK, POSTERS)


def name(sessions: tuple[ListedSession, ...]) -> list[str]:
    return [f"{session.uid}:{''.join(slot.uid for slot in session.held)}" for session in sessions]


def find(**asked: object) -> list[str]:
    return name(pick_sessions(ALL, Pick(**asked)))  # type: ignore[arg-type]


def test_nothing_asked_leaves_everything() -> None:
    assert pick_sessions(ALL, Pick()) is ALL


def test_words_are_found_in_session_and_paper_together_without_case_and_marks() -> None:
    assert find(words=read_words("SHEEP")) == ["oral:a", "talk:"]
    assert find(words=read_words("zahlen NUNEZ")) == ["oral:b"]
    assert find(words=read_words("cleo oslo")) == ["oral:ab"]
    assert find(words=read_words("morning ada")) == ["oral:a"]
    assert find(words=read_words("bergen")) == ["talk:"]
    assert find(words=read_words("nowhere")) == []


def test_sessions_are_filtered_by_kind_room_and_day() -> None:
    assert find(kind="poster") == ["posters:c"]
    assert find(room="Room 1") == ["oral:ab"]
    assert find(day=dt.date(2026, 6, 18)) == ["posters:c"]
    assert find(kind="poster", room="Room 1") == []


def test_papers_are_filtered_by_track_and_presentation() -> None:
    assert find(track="short") == ["oral:b"]
    assert find(presentation="poster") == ["oral:a", "posters:c"]
    assert find(presentation="poster", words=("numbers",)) == ["posters:c"]


def test_items_keep_whole_sessions_or_single_papers() -> None:
    assert find(items=read_items("oral, c,,")) == ["oral:ab", "posters:c"]
    assert find(items=read_items("b,talk")) == ["oral:b", "talk:"]
    assert find(items=frozenset({"gone"})) == []


def test_session_without_start_has_no_day() -> None:
    open_session = list_session("other", "12:00", uid="later")
    timeless = ListedSession(**{field: getattr(open_session, field) for field in open_session.__dataclass_fields__} | {"starts_at": None})
    assert pick_sessions((timeless,), Pick(day=dt.date(2026, 6, 17))) == ()
    assert name(pick_sessions((timeless,), Pick(kind="other"))) == ["later:"]


@given(
    words=st.lists(st.sampled_from(("sheep", "zahlen", "a", "numbers", "ada", "zz")), max_size=3),
    kind=st.sampled_from(("", "oral", "poster")),
    track=st.sampled_from(("", "full", "short")),
    items=st.frozensets(st.sampled_from(("oral", "posters", "a", "b", "c", "talk"))),
)
def test_picking_takes_away_only_and_twice_is_once(words: list[str], kind: str, track: str, items: frozenset[str]) -> None:
    pick = Pick(words=tuple(words), kind=kind, track=track, items=items)
    left = pick_sessions(ALL, pick)
    held = {session.uid: set(session.held) for session in ALL}
    assert all(set(session.held) <= held[session.uid] for session in left)
    assert [session.uid for session in left] == [session.uid for session in ALL if session.uid in {one.uid for one in left}]
    assert pick_sessions(left, pick) == left
    assert not (track and any(slot.paper and slot.paper.track != track for session in left for slot in session.held))
