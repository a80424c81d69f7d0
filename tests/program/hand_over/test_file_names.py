"""Names of files that every system keeps."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.hand_over.file_names import (
    MOST_BYTES,
    RESERVED,
    find_collisions,
    find_pattern_mistakes,
    make_file_name,
    shorten_title,
)


@pytest.mark.parametrize(
    ("filled", "name"),
    [
        ("ABC-12", "ABC-12.pdf"),
        ("ABC-12.pdf", "ABC-12.pdf"),
        ("ABC-12.PDF ", "ABC-12.pdf"),
        ("CON", "CON_.pdf"),
        ("com1.x", "com1_.x.pdf"),
        ("Console", "Console.pdf"),
        ('a<b>:"/\\|?*c', "abc.pdf"),
        (" .hidden. ", "hidden.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("a\u202eb\x00\u200bc\nd", "abc d.pdf"),
        ("Lu\u031bu", "Lưu.pdf"),
        ("x" * 300, "x" * 196 + ".pdf"),
        ("ü" * 300, "ü" * 98 + ".pdf"),
    ],
)
def test_name_is_made_harmless(filled: str, name: str) -> None:
    assert make_file_name(filled, ".pdf") == name


@given(st.text(max_size=400))
def test_any_text_gives_a_name_that_all_systems_keep(text: str) -> None:
    name = make_file_name(text.encode(errors="ignore").decode(), ".zip")
    assert name.endswith(".zip")
    assert len(name.encode()) <= MOST_BYTES
    assert unicodedata.is_normalized("NFC", name)
    assert not RESERVED.match(name)
    assert not set(name) & set('<>:"/\\|?*\x00\n')
    assert name[0] not in " ."


@pytest.mark.parametrize(
    ("title", "short"),
    [
        (
            "Is Synthetic Data all We Need? Benchmarking the Robustness of Models Trained with Synthetic Images",
            "Is_Synthetic_Data_all_We_Need_Benchmarking_the_Robustness_of",
        ),
        ("AnomalyHybrid: A Domain-agnostic Generative Framework", "AnomalyHybrid_A_Domain-agnostic_Generative_Framework"),
        ("$\\alpha$ & {{b}} — =1+1", "alpha_b_11"),
        ("  ", ""),
        ("--- Mask2Former's", "Mask2Formers"),
    ],
)
def test_title_is_shortened_as_cvf_does(title: str, short: str) -> None:
    assert shorten_title(title) == short


def test_pattern_mistakes() -> None:
    assert find_pattern_mistakes("{acronym}-{number}") == []
    assert find_pattern_mistakes("a/b:{number}") == ["/ : can't stand in the name of a file."]
    assert find_pattern_mistakes("paper") == ["without a field all files would have one name; write {number} into it."]


def test_collisions_know_neither_case_nor_composition() -> None:
    names = {"1": "Stra\u00dfe.pdf", "2": "STRASSE.pdf", "3": "\u00e9.pdf", "4": "E\u0301.pdf", "5": "other.pdf"}
    assert find_collisions(names) == [("Stra\u00dfe.pdf", ["1", "2"]), ("\u00e9.pdf", ["3", "4"])]
