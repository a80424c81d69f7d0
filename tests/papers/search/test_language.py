"""The search language: what is read, what is refused, that nothing else is raised."""

import sys

import pytest
from hypothesis import given

from papers.search.language import LONGEST, parse_search, write_search
from papers.search.mistakes import SearchMistake
from papers.search.nodes import And, Node, Not, Numbers, Or, Term, Value, Words
from tests.papers.search.trees import CALM, TREES, TYPED


def word(text: str) -> Words:
    return Words(text)


def term(key: str, *values: str, operator: str = ":") -> Term:
    return Term(key, operator, tuple(Value(value) for value in values))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", And(())),
        (" \t\u200f ", And(())),
        ("diffusion", word("diffusion")),
        ("a b", And((word("a"), word("b")))),
        ("a and b", And((word("a"), word("b")))),
        ("a AND b OR c", Or((And((word("a"), word("b"))), word("c")))),
        ("a or b or (c or d)", Or((word("a"), word("b"), word("c"), word("d")))),
        ("a (b c)", And((word("a"), word("b"), word("c")))),
        ("a (b or c)", And((word("a"), Or((word("b"), word("c")))))),
        ("not a", Not(word("a"))),
        ("-a !b", And((Not(word("a")), Not(word("b"))))),
        ("not not a", word("a")),
        ("-(a b)", Not(And((word("a"), word("b"))))),
        ("! a", Not(word("a"))),
        ("A - B — C", And((word("A"), word("B"), word("C")))),
        ('"two words"', word("two words")),
        ("“two  words”", word("two words")),
        ('""', And(())),
        ("state-of-the-art", word("state-of-the-art")),
        ("a\0b", word("ab")),
        ("12", Numbers(((12, 12),))),
        ("#12-40", Numbers(((12, 40),))),
        ("#1, 5 7..9", Numbers(((1, 1), (5, 5), (7, 9)))),
        ("#1 and #2", And((Numbers(((1, 1),)), Numbers(((2, 2),))))),
        ("-#1 #2", And((Not(Numbers(((1, 1),))), Numbers(((2, 2),))))),
        ("3d 12345678901", And((word("3d"), word("12345678901")))),
        ("track:short", term("track", "short")),
        ("Handled_By:me", term("handled-by", "me")),
        ("dec=accept", term("dec", "accept")),
        ('award:"best paper",none', term("award", "best paper", "none")),
        ("dec:a,,b,", term("dec", "a", "b")),
        ("dec:", term("dec")),
        ("rating>6", term("rating", "6", operator=">")),
        ("rating:>=6", term("rating", "6", operator=">=")),
        ("rating≤6", term("rating", "6", operator="<=")),
        ("rating!=6", term("rating", "6", operator="!=")),
        ("rating:5..7", term("rating", "5..7")),
        ("https://openreview.net/forum?id=aB-1_c&noteId=x", term("note", "aB-1_c")),
        ("https://openreview.net/pdf?id=aB1", term("note", "aB1")),
    ],
)
def test_search_reads_as(text: str, tree: Node) -> None:
    assert parse_search(text) == tree


@pytest.mark.parametrize(
    ("text", "sentence", "blamed", "suggestion"),
    [
        ('a "b c', "A quotation opens here without an end.", (2, 6), 'a "b c"'),
        ('dec:"x', "A quotation opens here without an end.", (4, 6), 'dec:"x"'),
        ("(a b", "A parenthesis opens here without an end.", (0, 1), "(a b)"),
        ("(a (b or c)", "A parenthesis opens here without an end.", (0, 1), "(a (b or c))"),
        ("a (", "A parenthesis opens here with nothing in it.", (2, 3), "a"),
        ("a) b", "Nothing opens what this parenthesis closes.", (1, 2), "a b"),
        (") b", "Nothing opens what this parenthesis closes.", (0, 1), "b"),
        ("a ( ) b", "Nothing stands between these parentheses.", (2, 5), "a   b"),
        ("a and", "“and” needs something after it.", (2, 5), "a"),
        ("a OR", "“OR” needs something after it.", (2, 4), "a"),
        ("(a or) b", "“or” needs something after it.", (3, 5), "(a ) b"),
        ("or a", "“or” needs something before it.", (0, 2), "a"),
        ("a and or b", "“and” needs something after it.", (2, 5), "a or b"),
        ("and a", "“and” needs something before it.", (0, 3), "a"),
        ("a not", "“not” needs something after it.", (2, 5), "a"),
        ("not )", "“not” needs something after it.", (0, 3), ")"),
        ("a #40-12", "The range #40-12 runs backwards; did you mean #12-40?", (2, 8), "a #12-40"),
        ("(" * 41 + "a", "Parentheses stand 41 deep here; 40 are the most.", (40, 41), ""),
        ("a " * 201, "This search asks for more than 200 things; ask for fewer.", (400, 401), ""),
        ("a" * 5001, "This search has 5,001 characters; 5,000 are the most.", (5000, 5001), ""),
    ],
)
def test_mistake_points_at_the_character(text: str, sentence: str, blamed: tuple[int, int], suggestion: str) -> None:
    with pytest.raises(SearchMistake) as caught:
        parse_search(text)
    mistake = caught.value
    assert (mistake.sentence, (mistake.start, mistake.end), mistake.suggestion) == (sentence, blamed, suggestion)


def test_mistake_shows_the_blamed_part_in_its_surroundings() -> None:
    mistake = SearchMistake("No.", text="a" * 100 + "bad" + "c" * 100, start=100, end=103)
    assert (mistake.before, mistake.blamed, mistake.after) == ("…" + "a" * 60, "bad", "c" * 60 + "…")
    whole = SearchMistake("No.", text="x" * 80, start=0, end=80)
    assert (whole.before, whole.blamed, whole.after) == ("", "x" * 60 + "…", "")


@CALM
@given(TREES)
def test_what_is_written_reads_as_the_same_tree(tree: Node) -> None:
    assert parse_search(write_search(tree)) == tree


@CALM
@given(TYPED)
def test_parsing_raises_nothing_but_mistakes(text: str) -> None:
    try:
        tree = parse_search(text)
    except SearchMistake as mistake:
        assert 0 <= mistake.start <= mistake.end <= len(text)
        assert mistake.suggestion != text
    else:
        assert parse_search(write_search(tree)) == tree


@CALM
@given(TYPED)
def test_who_follows_the_suggestions_comes_to_an_end(text: str) -> None:
    for _ in range(2 * len(text) + 1):
        try:
            parse_search(text)
        except SearchMistake as mistake:
            text = mistake.suggestion
        else:
            return
    pytest.fail("suggestions go on for ever")


HOSTILE = [
    "(",
    "()",
    ")",
    "-",
    "-(",
    "!",
    '"',
    '""',
    "“",
    "a:",
    "a:b,",
    "a,",
    "#1,",
    "#1-",
    "1,,",
    "a ",
    "not ",
    "or ",
    "\u200f",
    "\0",
    "<",
    "א",
    "http://x/forum?",
    "&id",
    "\ud800",
    "ﷺ",
]


def count_calls(text: str) -> int:
    """Return how many functions are called until `text` is read and written, or refused."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        write_search(parse_search(text))
    except SearchMistake as mistake:
        assert mistake.sentence.endswith(".")
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_no_faster_than_the_text(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    assert count_calls(text) <= 5 * count_calls(text[: LONGEST // 4]) + 500
