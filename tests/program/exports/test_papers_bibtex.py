"""BibTeX keeps names and capitals, and reads back."""

import dataclasses
import re

import pytest
from bibtexparser.entrypoint import parse_string

from program.exports.escaping import TEX_SPECIALS, tidy_line
from program.exports.registry import export_listing
from program.exports.tex_names import (
    fold_ascii,
    number_keys,
    protect_capitals,
    split_name,
    write_accents,
    write_family_first,
    write_in_order,
)
from tests.program.exports.test_registry import HOSTILE, make_hostile_listing
from tests.program.listed import list_paper, list_workshop, make_listing

STYLES = ("cvf", "pmlr", "scholar")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Author", ("Ada", "Author", "")),
        ("Ludwig van Beethoven", ("Ludwig", "van Beethoven", "")),
        ("Ada B. van der Author", ("Ada B.", "van der Author", "")),
        ("Simone Schaub-Meyer", ("Simone", "Schaub-Meyer", "")),
        ("John Smith, Jr.", ("John", "Smith", "Jr.")),
        ("Nguyen, Vy Anh", ("Vy Anh", "Nguyen", "")),
        ("van Beethoven, Ludwig, Jr.", ("Ludwig", "van Beethoven", "Jr.")),
        (", Comma", ("", "Comma", "")),
        ("John Smith III", ("John", "Smith", "III")),
        ("Cher", ("", "Cher", "")),
        ("王芳", ("", "王芳", "")),
        ("", ("", "", "")),
    ],
)
def test_name_is_split_at_its_last_word(name: str, parts: tuple[str, str, str]) -> None:
    assert split_name(name) == parts


def test_names_are_written_for_bibtex() -> None:
    assert write_family_first("John Smith, Jr.") == "Smith, Jr., John"
    assert write_family_first("Ada and Bob") == "Bob, Ada a{nd}"
    assert write_in_order("Smith, Jr. & Co") == "Smith{,} Jr. \\& Co"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Intrinsic LoRA: A Generalist", "Intrinsic {LoRA}: A Generalist"),
        ("CNN-based 3D for N=0", "C{NN}-based {3D} for {N}=0"),
        ("ScribbleGen: One", "S{cribbleGen}: One"),
        ("R&D 100% {x}_y", "R\\&{D} 100\\% \\textbraceleft{}x\\textbraceright{}\\_y"),
        ("ÉCOLE and École", "É{COLE} and École"),
    ],
)
def test_capitals_are_protected(title: str, written: str) -> None:
    assert protect_capitals(title) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Émile Ångström", "\\'{E}mile \\r{A}ngstr\\\"{o}m"),
        ("Nguyễn Đặng", "Nguy\\~{\\^{e}}n \\DJ{}\\u{\\d{a}}ng"),
        ("Łukasz Strauß’s “x” – y", "\\L{}ukasz Strau\\ss{}'s ``x'' -- y"),
        ("王芳 α", "王芳 α"),
    ],
)
def test_accents_become_tex(text: str, written: str) -> None:
    assert write_accents(text) == written


def test_keys_are_unique_without_case() -> None:
    assert number_keys(["Kim", "kim", "Lee", "Kima"]) == ["Kimb", "kimc", "Lee", "Kima"]
    assert number_keys(["kim26", "lee26", "kim26"], always=True) == ["kim26a", "lee26a", "kim26b"]
    assert number_keys(["x"] * 28)[25:] == ["xz", "xaa", "xab"]


def test_ascii_drops_accents() -> None:
    assert fold_ascii("Łukasz-Øre Đặng 王 ß") == "LukaszOreDangss"


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "cvf",
            "@InProceedings{Author_2026_CVPR,\n  author    = {Author, Ada and Émile, Bob},\n  title     = {On {LoRA}},\n"
            "  booktitle = {Proceedings of CVPR Workshops},\n  month     = {June},\n  year      = {2026},\n"
            "  note      = {Not in the proceedings}\n}\n",
        ),
        (
            "pmlr",
            "@InProceedings{author26a,\n  title      = {On {LoRA}},\n  author     = {Author, Ada and \\'{E}mile, Bob},\n"
            "  booktitle  = {Proceedings of CVPR Workshops},\n  year       = {2026},\n  section    = {Full papers},\n"
            "  openreview = {note1},\n  abstract   = {We count.},\n  note       = {Not in the proceedings}\n}\n",
        ),
        (
            "scholar",
            "@InProceedings{author2026lora,\n  title     = {On {LoRA}},\n  author    = {Ada Author and Bob Émile},\n"
            "  booktitle = {Proceedings of CVPR Workshops},\n  month     = {June},\n  year      = {2026},\n  abstract  = {We count.},\n"
            "  url       = {https://openreview.net/forum?id=note1},\n  note      = {Not in the proceedings}\n}\n",
        ),
    ],
)
def test_style_prints_its_fields(style: str, text: str) -> None:
    paper = list_paper("On LoRA", "Ada Author", "Bob Émile", abstract="We count.")
    listing = make_listing(paper, workshop=list_workshop(booktitle="Proceedings of CVPR Workshops"))
    assert export_listing("papers-bibtex", listing, {"style": style}).decode() == text


def test_paper_without_authors_or_letters_still_has_a_key() -> None:
    nameless = dataclasses.replace(list_paper("y", number=None), authors=())
    data = export_listing("papers-bibtex", make_listing(list_paper("x", "王芳", number=7), nameless)).decode()
    assert re.findall(r"@InProceedings\{(.*),", data) == ["Paper7_2026_CVPR", "Paper_2026_CVPR"]


@pytest.mark.parametrize("style", STYLES)
def test_hostile_titles_read_back(style: str) -> None:
    data = export_listing("papers-bibtex", make_hostile_listing(), {"style": style}).decode()
    library = parse_string(data)
    assert library.failed_blocks == []
    assert len(library.entries) == len(HOSTILE)
    keys = [entry.key for entry in library.entries]
    assert len({key.casefold() for key in keys}) == len(keys)
    assert all(re.fullmatch(r"[A-Za-z0-9_]+", key) for key in keys)
    assert not re.search(r"\{[{%]", data)
    if style != "pmlr":
        titles = [read_tex(entry.fields_dict["title"].value) for entry in library.entries]
        assert titles == [tidy_line(text).replace('"', "''") for text in HOSTILE]


def read_tex(value: str) -> str:
    """Undo escapes and the braces that protect capitals."""
    meanings = {written: character for character, written in TEX_SPECIALS.items() if written != "''"}
    tokens = re.compile("|".join(map(re.escape, sorted(meanings, key=len, reverse=True))) + "|[{}]")
    return tokens.sub(lambda found: meanings.get(found[0], ""), value)
