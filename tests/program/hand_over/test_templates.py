"""Texts with fields in braces."""

from program.hand_over.fields import PAPER_FIELDS
from program.hand_over.templates import fill, find_mistakes, list_fields

VALUES = {"number": "12", "title": "A {number} B", "author.name": "Ada", "odd": "１２"}


def test_fields_are_filled_once() -> None:
    assert fill("{title}: {number:05} {author.name}", VALUES) == "A {number} B: 00012 Ada"


def test_zeros_go_before_figures_only() -> None:
    assert [fill("{title:09}", VALUES), fill("{odd:05}", VALUES)] == ["A {number} B", "１２"]


def test_constants_stay() -> None:
    assert (fill("IEEE", VALUES), list_fields("IEEE"), find_mistakes("IEEE", VALUES)) == ("IEEE", [], [])


def test_mistakes_name_fields_and_braces() -> None:
    odd = "a field is written as {number}, or {number:05} for leading zeros; other braces can't stand here."
    assert find_mistakes("{nope} {nope}", {"number": "", "title": ""}) == ["there is no field {nope}; there are {number}, {title}."]
    assert [find_mistakes(text, VALUES) for text in ("{number", "}", "{number:5}", "{}", "{number:00}", "{number!r}")] == [[odd]] * 6


def test_one_of_many_fields_is_suggested() -> None:
    assert find_mistakes("{titel} {zzzz}", PAPER_FIELDS) == [
        "there is no field {titel}. Did you mean {title}?",
        "there is no field {zzzz}; the page Names and columns lists them.",
    ]
