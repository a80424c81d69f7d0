"""Plain text from what people typed and pasted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.texts import clean_line, clean_text, fold_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain title", "Plain title"),
        ("  two  spaces ", "two spaces"),
        ("no\u00a0break", "no break"),
        ("segmen\x02tation", "segmentation"),
        ("line\nbreak\ttab", "line break tab"),
        ("Poor Man’s", "Poor Man’s"),
        ("zero\u200bwidth", "zerowidth"),
        ("Fu\u0308rst", "Fürst"),
        ("\u202eevil", "evil"),
    ],
)
def test_line_is_cleaned(text: str, expected: str) -> None:
    assert clean_line(text) == expected


def test_text_keeps_its_lines() -> None:
    assert clean_text("one \r\ntwo\x00\n\n  three\u00a0four ") == "one\ntwo\n\n  three four"


@pytest.mark.parametrize(
    ("text", "expected"), [("Fürst", "furst"), ("ABC  d", "abc d"), ("ﬁne", "fine"), ("李", "李"), ("STRASSE ß", "strasse ss")]
)
def test_text_is_folded(text: str, expected: str) -> None:
    assert fold_text(text) == expected


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_line(clean_line(text)) == clean_line(text)
    assert fold_text(fold_text(text)) == fold_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)
