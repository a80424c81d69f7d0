"""Boards by rule, by topic, one by one."""

from dataclasses import replace

import pytest

from program.moves import PlacedPaper
from program.moves.rows import BoardsRow, SessionRow, SlotRow
from tests.program.moves.drafts import list_after, make_draft, play, refuse

POSTERS = SessionRow(uid="s1", position=1, kind="poster", title="Posters")
ORALS = SessionRow(uid="s2", position=2, kind="oral", title="Orals")
PAPERS = (
    PlacedPaper(1, "“One”", number=91, topic="Counting"),
    PlacedPaper(2, "“Two”", number=92),
    PlacedPaper(3, "“Three”", number=300),
)
SLOTS = tuple(SlotRow(uid=f"p{key}", session="s1", position=key, paper=key) for key in (1, 2, 3))
BY_NUMBER = BoardsRow(uid="b1", first=140, last=169, rule="paper + 50")
TOPIC = BoardsRow(uid="b2", first=10, last=12, prefix="T", topic="Counting")
FREE = BoardsRow(uid="b3", first=200, last=201)
ASSIGN = {"move": "assign-boards", "session": "s1"}


def test_boards_go_by_topic_then_rule_then_in_order() -> None:
    played = play(make_draft(POSTERS, *SLOTS, FREE, BY_NUMBER, TOPIC, papers=PAPERS), ASSIGN)
    assert played.words == "Gave 3 posters of “Posters” their boards."
    assert list_after(played) == [replace(SLOTS[0], board=10), replace(SLOTS[1], board=142), replace(SLOTS[2], board=200)]


def test_rule_adds_to_the_number_of_the_paper() -> None:
    slots = [replace(SLOTS[0], board=99), SLOTS[1]]
    played = play(make_draft(POSTERS, *slots, BY_NUMBER, papers=PAPERS), ASSIGN)
    assert list_after(played) == [replace(SLOTS[0], board=141), replace(SLOTS[1], board=142)]


def test_pinned_posters_keep_their_boards() -> None:
    slots = [replace(SLOTS[0], board=200, is_pinned=True), replace(SLOTS[1], is_pinned=True), SLOTS[2]]
    played = play(make_draft(POSTERS, *slots, FREE, papers=PAPERS), ASSIGN)
    assert list_after(played) == [replace(SLOTS[2], board=201)]


def test_too_few_boards_are_refused_with_every_poster_that_is_left() -> None:
    only = BoardsRow(uid="b1", first=1, last=1)
    assert refuse(make_draft(POSTERS, *SLOTS, only, papers=PAPERS), ASSIGN) == [
        "There is no board left for 2 posters of “Posters”.",
        "No board for “Two”.",
        "No board for “Three”.",
    ]


@pytest.mark.parametrize(
    ("session", "sentence"),
    [
        ("s1", "There are no boards yet; add a range first, for example 140 to 169."),
        ("s2", "“Orals” is no poster session, so it needs no boards."),
    ],
)
def test_boards_need_ranges_and_posters(session: str, sentence: str) -> None:
    assert refuse(make_draft(POSTERS, ORALS, *SLOTS, papers=PAPERS), {**ASSIGN, "session": session}) == [sentence]


def test_boards_of_papers_that_must_not_be_known_are_not_assigned() -> None:
    draft = make_draft(POSTERS, *SLOTS, FREE, papers=PAPERS, hidden=frozenset({"p2"}))
    assert refuse(draft, ASSIGN) == ["There is a paper about which you must not know yet; somebody else has to move it."]


def test_board_is_taken_from_the_poster_that_had_it() -> None:
    draft = make_draft(
        POSTERS, ORALS, replace(SLOTS[0], board=11), SLOTS[1], SlotRow(uid="p9", session="s2", position=1, paper=3), TOPIC, papers=PAPERS
    )
    played = play(draft, {"move": "set-board", "slot": "p2", "board": 11})
    assert (played.words, list_after(played)) == ("Gave “Two” board T11.", [SLOTS[0], replace(SLOTS[1], board=11)])
    freed = play(draft, {"move": "set-board", "slot": "p1", "board": 0})
    assert (freed.words, list_after(freed)) == ("Gave “One” no board.", [SLOTS[0]])
    assert refuse(draft, {"move": "set-board", "slot": "p9", "board": 1}) == ["“Orals” is no poster session, so nothing in it has a board."]


def test_ranges_are_added_changed_and_removed() -> None:
    added = play(make_draft(), {"move": "add-boards", "uid": "b2", "first": 10, "last": 12, "prefix": "T", "topic": "Counting"})
    assert (added.words, list_after(added)) == ("Added the boards T10 to T12.", [TOPIC])
    draft = make_draft(TOPIC, FREE)
    edited = play(draft, {"move": "edit-boards", "boards": "b2", "last": 20, "prefix": ""})
    assert (edited.words, list_after(edited)) == ("The boards T10 to T12 are 10 to 20 now.", [replace(TOPIC, last=20, prefix="")])
    removed = play(draft, {"move": "remove-boards", "boards": "b2"})
    assert (removed.words, list_after(removed)) == ("Removed the boards T10 to T12.", [None])
    assert refuse(draft, {"move": "edit-boards", "boards": "b2", "last": 200}) == ["The boards 200 to 201 and T10 to T200 share numbers."]
    assert refuse(draft, {"move": "add-boards", "first": 9, "last": 1}) == [
        "The boards 9 to 1 count backwards; write the smaller number first."
    ]
    assert refuse(draft, {"move": "edit-boards", "boards": "b3", "rule": "odd"}) == [
        "“odd” is no rule for boards; write “paper”, “paper + 50” or nothing for free boards in order."
    ]
