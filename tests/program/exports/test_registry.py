"""Every format keeps the promises of all formats."""

import dataclasses
import itertools
import json
import unicodedata
from collections.abc import Iterator

import pytest

from papers.listings import ListedDate
from program.errors import UnknownFormat, WrongOption
from program.exports.formats import Format
from program.exports.registry import FORMATS, export_listing, find_format
from program.listings import Listing
from tests.program.listed import list_date, list_paper, list_person, list_session, list_workshop, make_listing
from tests.program.published_editions import DATA

HOSTILE: list[str] = json.loads((DATA / "hostile_titles.json").read_text())


def make_hostile_listing() -> Listing:
    """Return a listing in which every text is hostile."""
    papers = tuple(
        list_paper(
            text, text, "Ada Author", number=number, note_id=f"n{number}", abstract=text, keywords=(text,), award=text, track_name=text
        )
        for number, text in enumerate(HOSTILE, start=1)
    )
    people = tuple(list_person(text) for text in HOSTILE)
    sessions = tuple(
        list_session("invited-talk", "09:00", 10, text, uid=f"s{number}", room=text, people=(person,), papers=(paper,), number=number)
        for number, (text, person, paper) in enumerate(zip(HOSTILE, people, papers, strict=True), start=1)
    )
    dates: tuple[ListedDate, ...] = tuple(list_date(text, "2026-03-01T00:00:00", note=text) for text in HOSTILE)
    workshop = list_workshop(name=HOSTILE[2], short_name=HOSTILE[2], place=HOSTILE[5], room=HOSTILE[7], booktitle=HOSTILE[12])
    return Listing(workshop, papers, sessions, dates, people)


def list_variants() -> Iterator[tuple[Format, dict[str, str]]]:
    """Return every format with every choice of its options."""
    for chosen in FORMATS.values():
        for values in itertools.product(*(option.values for option in chosen.options)):
            yield chosen, dict(zip((option.name for option in chosen.options), values, strict=True))


@pytest.mark.parametrize(("chosen", "options"), list(list_variants()), ids=lambda value: getattr(value, "name", None))
def test_format_is_stable_normal_text(chosen: Format, options: dict[str, str]) -> None:
    for listing in (make_hostile_listing(), make_listing(), make_listing(list_paper("x", "y", note_id="", url="", number=None))):
        data = export_listing(chosen.name, listing, options)
        assert data == export_listing(chosen.name, listing, dict(reversed(options.items())))
        text = data.decode("utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert not text or text.endswith("\n")
        odd = {character for character in text if unicodedata.category(character) == "Cc"} - {"\n"}
        assert odd == ({"\r"} if chosen.name == "schedule-ics" else set())


def test_format_follows_the_listing_and_not_the_clock() -> None:
    listing = make_hostile_listing()
    shorter = dataclasses.replace(listing, papers=listing.papers[1:], sessions=listing.sessions[1:])
    for name in ("accepted-markdown", "papers-json", "papers-csv", "papers-bibtex", "schedule-html", "schedule-markdown", "schedule-ics"):
        assert export_listing(name, listing) != export_listing(name, shorter)


def test_registry_names_every_format_of_this_stage() -> None:
    assert list(FORMATS) == [
        "accepted-markdown",
        "papers-json",
        "papers-csv",
        "papers-bibtex",
        "schedule-html",
        "schedule-markdown",
        "schedule-yaml",
        "schedule-ics",
        "schedule-frab-xml",
        "schedule-frab-json",
        "dates-markdown",
        "venue-line",
    ]


def test_format_offers_a_download_for_each_value_of_its_first_option() -> None:
    assert FORMATS["accepted-markdown"].variants == (
        ("?dialect=syntagen24", "syntagen24"),
        ("?dialect=syntagen25", "syntagen25"),
        ("?dialect=list", "list"),
    )
    assert FORMATS["papers-json"].variants == (("", "papers.json"),)


def test_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match=r"There is no format 'pdf'\. Formats: accepted-markdown, papers-json"):
        find_format("pdf")


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("accepted-markdown", {"dialect": "x"}, "can't be 'x'. Its values: syntagen24, syntagen25, list."),
        ("accepted-markdown", {"style": "cvf"}, "The format accepted-markdown has no option 'style'. Its options: dialect, order."),
        ("papers-json", {"a": "b"}, "The format papers-json has no option 'a'. Its options: none."),
    ],
)
def test_wrong_option_is_refused_with_the_right_ones(name: str, options: dict[str, str], sentence: str) -> None:
    with pytest.raises(WrongOption) as refusal:
        export_listing(name, make_listing(), options)
    assert sentence in refusal.value.sentence


def test_option_may_be_true_or_false() -> None:
    listing = make_listing()
    assert export_listing("papers-csv", listing, {"bom": True}).startswith(b"\xef\xbb\xbf")
    assert not export_listing("papers-csv", listing, {"bom": False}).startswith(b"\xef\xbb\xbf")
