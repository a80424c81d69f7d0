"""Strategies for searches: trees in normal form, and texts that people might type."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from papers.search.nodes import QUOTES, And, Node, Not, Numbers, Or, Term, Value, Words
from papers.search.tokens import clean

# A loaded machine is no reason to fail.
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

NUMBERS = st.integers(min_value=0, max_value=999_999_999)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
OPERATORS = st.sampled_from([":", "<", "<=", ">", ">=", "!="])
TEXTS = (
    st.one_of(
        st.text(max_size=12), st.sampled_from(["and", "OR", "Not", "#12", "12-40", "a:b", "-x", "!", "http://x/forum?id=Ab1", "א\u200f"])
    )
    .map(lambda text: clean("".join(character for character in text if character not in QUOTES)))
    .filter(bool)
)
RANGES = st.lists(st.tuples(NUMBERS, NUMBERS).map(lambda ends: (min(ends), max(ends))), min_size=1, max_size=3).map(tuple)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Words, TEXTS),
    st.builds(Numbers, RANGES),
    st.builds(Term, KEYS, OPERATORS, st.lists(st.builds(Value, TEXTS), min_size=1, max_size=3).map(tuple)),
)


def join(kind: type[And | Or], parts: list[Node]) -> Node:
    """Return the parts under one node that holds none of its kind."""
    return kind(tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))))


def grow(trees: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Return trees one level higher than `trees`."""
    several = st.lists(trees, min_size=2, max_size=4)
    return st.one_of(
        trees.map(lambda tree: tree.part if isinstance(tree, Not) else Not(tree)),
        several.map(lambda parts: join(And, parts)),
        several.map(lambda parts: join(Or, parts)),
    )


TREES = st.recursive(LEAVES, grow, max_leaves=12)
PIECES = st.sampled_from(
    [
        "(",
        ")",
        '"',
        "“",
        "-",
        "!",
        "#",
        "12",
        "#40-12",
        "and",
        "or",
        "NOT",
        ":",
        ",",
        "<",
        ">=",
        "dec:",
        "rating>6",
        "a",
        "שלום",
        "\u200f",
        "\0",
        " ",
        "..",
    ]
)
TYPED = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=25).map("".join))
