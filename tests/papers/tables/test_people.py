"""Author lists as systems and people write them."""

from functools import partial
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.submissions import SubmittedAuthor
from papers.tables.people import (
    ANY_STYLE,
    COMMA_STYLE,
    EXACT_STYLE,
    SEMICOLON_STYLE,
    NameStyle,
    UnclearNames,
    is_mail,
    read_people,
    read_person_object,
    split_mails,
    split_names,
)

LETTERS = st.characters(categories=["Lu", "Ll", "Lo"])
SPECIAL = {"and", "jr", "sr", "ii", "iii", "iv", "md", "msc", "phd", "dvm", "esq"}
WORDS = st.text(LETTERS, min_size=2, max_size=8).map(partial(normalize, "NFC")).filter(lambda word: word.casefold() not in SPECIAL)
NAMES = st.builds(" ".join, st.lists(WORDS, min_size=2, max_size=4))
SUFFIXES = st.sampled_from(["", "", "", ", Jr.", ", III", " Jr."])
PRINTED = st.builds(lambda name, suffix: name + suffix, NAMES, SUFFIXES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("Plato", ["Plato"]),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace; Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace; Charles Babbage;", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace;", ["Ada Lovelace"]),
        ("Ada Lovelace; and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Lovelace, Ada; Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace, Charles Babbage and Bo Null", ["Ada Lovelace", "Charles Babbage", "Bo Null"]),
        ("Ada Lovelace, Charles Babbage, and Bo Null", ["Ada Lovelace", "Charles Babbage", "Bo Null"]),
        ("Ada Lovelace & Plato", ["Ada Lovelace", "Plato"]),
        ("Lovelace, Ada and Babbage, Charles", ["Ada Lovelace", "Charles Babbage"]),
        ("Martin Luther King, Jr.", ["Martin Luther King, Jr."]),
        ("Martin Luther King, Jr., Ada Lovelace", ["Martin Luther King, Jr.", "Ada Lovelace"]),
        ("King, Martin Luther, Jr.; Ada Lovelace", ["Martin Luther King, Jr.", "Ada Lovelace"]),
        ("Martin Luther King, Jr. and Ada Lovelace", ["Martin Luther King, Jr.", "Ada Lovelace"]),
        ("Ada Lovelace\nCharles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace,\nCharles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace|Plato", ["Ada Lovelace", "Plato"]),
        ("Anderson Brand", ["Anderson Brand"]),
        ("  Ada\u00a0 Lovelace ;  李 明", ["Ada Lovelace", "李 明"]),
    ],
)
def test_names_are_split_where_it_is_plain(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize("text", ["Lovelace, Ada", "Plato, Ada Lovelace", "Lovelace, Ada, Babbage, Charles", "A; ; B", "A, B, C; D", ";A"])
def test_names_that_can_be_read_in_two_ways_are_refused(text: str) -> None:
    with pytest.raises(UnclearNames):
        split_names(text)


@pytest.mark.parametrize(
    ("text", "style", "people"),
    [
        ("Ada Lovelace (Univ)*; Bo Null (Inst (North))", SEMICOLON_STYLE, [("Ada Lovelace", "Univ"), ("Bo Null", "Inst (North)")]),
        ("Lovelace, Ada (Univ; of X)*; Plato (Y)", SEMICOLON_STYLE, [("Ada Lovelace", "Univ; of X"), ("Plato", "Y")]),
        ("Lovelace, Ada (Univ)*", SEMICOLON_STYLE, [("Ada Lovelace", "Univ")]),
        ("Wei (Vivian) Zhang (MIT)", ANY_STYLE, [("Wei (Vivian) Zhang", "MIT")]),
        ("Wei (Vivian) Zhang", ANY_STYLE, [("Wei (Vivian) Zhang", "")]),
        ("Ada (U, V), Bo (W)", ANY_STYLE, [("Ada", "U, V"), ("Bo", "W")]),
        ("Ada Lovelace, Plato and Bo Null", COMMA_STYLE, [("Ada Lovelace", ""), ("Plato", ""), ("Bo Null", "")]),
        ("Ada L, Bo N (Place); Cy (Else)", COMMA_STYLE, [("Ada L", "Place"), ("Bo N", "Place"), ("Cy", "Else")]),
        ("Wei (Vivian); King, Jr.", EXACT_STYLE, [("Wei (Vivian)", ""), ("King, Jr.", "")]),
    ],
)
def test_affiliations_are_told_from_names(text: str, style: NameStyle, people: list[tuple[str, str]]) -> None:
    assert [(one.name, one.institutions[0]["name"] if one.institutions else "") for one in read_people(text, style)] == people


def test_mail_beside_a_name_is_read() -> None:
    assert read_people("Ada Lovelace <ADA@example.org>; Bo") == [
        SubmittedAuthor("Ada Lovelace", email="ada@example.org"),
        SubmittedAuthor("Bo"),
    ]


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("", []),
        ("a@x.org", ["a@x.org"]),
        ("a@x.org*; B@y.org", ["a@x.org", "b@y.org"]),
        ("a@x.org, b@y.org", ["a@x.org", "b@y.org"]),
        ("a@x.org;;c@y.org", ["a@x.org", "", "c@y.org"]),
        ("Ada <a@x.org>; <b@y.org>", ["a@x.org", "b@y.org"]),
        ("a@x.org\nb@y.org", ["a@x.org", "b@y.org"]),
    ],
)
def test_mails_keep_their_places(text: str, mails: list[str]) -> None:
    assert split_mails(text) == mails


def test_mail_needs_a_name_and_a_domain() -> None:
    assert [is_mail(text) for text in ("a@x.org", "a@x", "x.org", "a b@x.org", "a@x.org;b@x.org", "é@x.org")] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]


def test_people_from_json_have_names_in_any_of_its_forms() -> None:
    assert read_person_object({"given_name": "Ada", "family_name": "L", "email": "A@x.org", "affiliation": "U"}) == SubmittedAuthor(
        "Ada L", email="a@x.org", institutions=({"name": "U", "domain": "", "country": ""},)
    )
    assert read_person_object({"name": "Ada L", "profile_id": "~Ada_L1", "institutions": ["U"]}) == SubmittedAuthor(
        "Ada L", "~Ada_L1", institutions=({"name": "U", "domain": "", "country": ""},)
    )
    assert read_person_object({"first": "Ada"}) == SubmittedAuthor("Ada")
    assert read_person_object(" Ada  L ") == SubmittedAuthor("Ada L")
    assert [read_person_object(entry) for entry in (3, "", None)] == [None, None, None]


@settings(deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=6))
def test_names_survive_semicolons(names: list[str]) -> None:
    for style in (ANY_STYLE, SEMICOLON_STYLE, EXACT_STYLE):
        assert split_names("; ".join(names) + ";", style) == split_names("; ".join(names), style) == names


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6))
def test_names_survive_commas_and_an_and(names: list[str]) -> None:
    text = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
    assert split_names(text, COMMA_STYLE) == names
    assert split_names(text) == names


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_turned_names_are_turned_back(names: list[tuple[str, str]]) -> None:
    text = "; ".join(f"{last}, {first}" for first, last in names)
    assert split_names(text, SEMICOLON_STYLE) == [f"{first} {last}" for first, last in names]


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for style in (ANY_STYLE, COMMA_STYLE, SEMICOLON_STYLE, EXACT_STYLE):
        try:
            names = [person.name for person in read_people(text, style)]
        except UnclearNames:
            continue
        assert all(isinstance(name, str) for name in names)
