"""Lines of wishes: read, or refused with each mistake by its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import Refusal
from program.filling.wishes import PaperWish, count_people, read_wishes

SESSIONS = {"session-1": "Orals A", "s2": "Posters"}


def read(text: str) -> tuple[PaperWish, ...]:
    return read_wishes(text, numbers=[1, 2, 3], sessions=SESSIONS)


def test_later_columns_may_be_missing() -> None:
    text = "paper, people, sessions, before\n1, 80, session-1 S2, #2 3\n\n 2,,orals a\n3"
    assert read(text) == (PaperWish(1, 80, ("session-1", "s2"), (2, 3)), PaperWish(2, 0, ("session-1",)), PaperWish(3))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x", "Line 1: “x” is not the number of a paper."),
        ("9", "Line 1: there is no accepted paper 9."),
        ("1\n1", "Line 2: paper 1 stands in an earlier line already."),
        ("1, many", "Line 1: “many” is not a number of people."),
        ("1, 2, s9", "Line 1: there is no session “s9”; name it by its key, several with spaces between."),
        ("1, 2, s2, 1", "Line 1: paper 1 can't come before itself."),
        ("1,2,s2,3,4", "Line 1: it has 5 columns, there are four at most: paper, people, sessions, before."),
        ("x\n9", "Line 1: “x” is not the number of a paper. Line 2: there is no accepted paper 9."),
    ],
)
def test_mistakes_are_named_by_their_line(text: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert refused.value.sentence == sentence


@given(st.text(max_size=60))
def test_nothing_else_is_raised(text: str) -> None:
    try:
        read(text)
    except Refusal as refusal:
        assert refusal.sentence.startswith("Line ")


def test_people_are_counted_whatever_else_stands_in_a_line() -> None:
    text = "paper, people\n1, 80\n#2,30 , gone, 1\n3\n4, 0\n5, many\n1, 9\n6, 999999"
    assert count_people(text) == {1: 80, 2: 30, 6: 100_000}
