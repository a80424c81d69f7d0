"""Changes in words."""

from typing import Any

import pytest

from papers.history_words import GONE, NEW, SAME, Names, tell_change, tell_side
from papers.models import HistoryLine

NAMES = Names({"oral": "Oral", "poster": "Poster"}, {"best": "Best Paper"}, {"short": "Short papers"})
ACCEPTED = {"outcome": "accept", "presentation": "poster", "award": None, "comment": ""}
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"


def tell(field: str, before: Any, after: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    told = tell_change(HistoryLine(action="changed", field=field, before=before, after=after), NAMES)
    return [(one.label, list(one.pieces)) for one in told]


@pytest.mark.parametrize(
    ("field", "before", "after", "expected"),
    [
        ("decision", None, ACCEPTED, [("", [(NEW, "Accept, Poster")])]),
        ("decision", ACCEPTED, None, [("", [(GONE, "Accept, Poster")])]),
        (
            "decision",
            ACCEPTED,
            {**ACCEPTED, "presentation": "oral", "award": "best", "comment": "Well done."},
            [("", [(GONE, "Accept, Poster"), (NEW, "Accept, Oral, Best Paper")]), ("comment", [(NEW, "Well done.")])],
        ),
        ("decision", ACCEPTED, {"outcome": "reject"}, [("", [(GONE, "Accept, Poster"), (NEW, "Reject")])]),
        ("track", "short", None, [("", [(GONE, "Short papers")])]),
        ("track", "unknown", "short", [("", [(GONE, "unknown"), (NEW, "Short papers")])]),
        ("wants_proceedings", None, True, [("", [(NEW, "yes")])]),
        ("wants_proceedings", True, False, [("", [(GONE, "yes"), (NEW, "no")])]),
        ("keywords", ["a", "b"], ["b", "c"], [("", [(GONE, "a"), (NEW, "c")])]),
        ("keywords", ["a", "b"], ["b", "a"], [("order", [(GONE, "a, b"), (NEW, "b, a")])]),
        ("authors", [{"name": "Ada", "email": "a@b.example"}], [{"name": "Ada"}], [("", [(SAME, "Ada")])]),
        ("authors", [{"name": "Ada"}], [{"name": "Ada"}, {"name": "Bea"}], [("", [(NEW, "Bea")])]),
        (
            "member",
            {"email": "a@b.example", "role": "assistant"},
            {"email": "a@b.example", "role": "owner"},
            [("role", [(GONE, "assistant"), (NEW, "owner")])],
        ),
        ("member", None, {"email": "a@b.example", "role": "owner"}, [("", [(NEW, "email a@b.example, role owner")])]),
        ("decisions", None, 12, [("", [(NEW, "12")])]),
        ("site", "ab" * 32, "cd" * 32, [("", [(GONE, "abababab…"), (NEW, "cdcdcdcd…")])]),
        ("title", "A Study of Images", "A Study of Pictures", [("", [(SAME, "A Study of "), (GONE, "Images"), (NEW, "Pictures")])]),
        ("title", "Nothing alike at all here", "x y z q w", [("", [(GONE, "Nothing alike at all here"), (NEW, "x y z q w")])]),
        (
            "abstract",
            f"first {LONG} last",
            f"FIRST {LONG} LAST",
            [
                (
                    "",
                    [
                        (GONE, "first "),
                        (NEW, "FIRST "),
                        (SAME, "one two three four five six … thirteen fourteen fifteen sixteen seventeen eighteen "),
                        (GONE, "last"),
                        (NEW, "LAST"),
                    ],
                )
            ],
        ),
        ("job", None, None, []),
        ("title", "same", "same", []),
    ],
)
def test_change_is_told_in_words(field: str, before: Any, after: Any, expected: list[Any]) -> None:
    assert tell(field, before, after) == expected


def test_text_that_is_very_long_is_shown_whole() -> None:
    before, after = "a " * 2500, "b " * 2500
    assert tell("abstract", before, after) == [("", [(GONE, before), (NEW, after)])]


def test_side_of_a_decision_has_its_comment() -> None:
    assert tell_side("decision", {**ACCEPTED, "comment": "Well done."}, NAMES) == "Accept, Poster; comment: Well done."
    assert tell_side("decision", None, NAMES) == ""
