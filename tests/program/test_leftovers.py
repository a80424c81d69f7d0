"""What still names another edition."""

import json
from dataclasses import replace
from typing import Any

import pytest

from program.leftovers import find_leftovers, is_dead
from program.workshop_files import WorkshopSettings, parse_workshop_file
from program.workshop_files.values import LinkSettings, PersonSettings
from tests.program.workshop_files.examples import SMALL

PREVIOUS = parse_workshop_file(json.dumps({**SMALL, "place": "Seattle, United States", "room": "Summit 423"}))


def make_next(**fields: Any) -> WorkshopSettings:
    """Make an edition that names nothing old by itself."""
    settings = WorkshopSettings(
        slug="things27",
        name="Workshop on Counted Things",
        short_name="Things",
        edition=4,
        year=2027,
        conference="CVPR 2027",
        place="Oslo, Norway",
        zone="Europe/Oslo",
        starts_on=PREVIOUS.starts_on,
        venue_id="example.org/Things/2027",
    )
    return replace(settings, **fields)


def test_clean_edition_has_none() -> None:
    links = (LinkSettings(kind="template", url="https://github.com/cvpr-org/author-kit"),)
    about = "Things at CVPR 2027, see https://things27.example.org. A fourth workshop, from 1900 things to 20261 things."
    assert find_leftovers(make_next(links=links, about=about), previous=PREVIOUS) == ()


@pytest.mark.parametrize(
    ("about", "words", "sentence"),
    [
        ("Held in 2025.", "2025.", "names the year 2025."),
        ("Come to ECCV!", "ECCV", "names another conference."),
        ("Write to cvpr26things@example.org now", "cvpr26things@example.org", "names the previous edition."),
        ("See Things '26 for more", "Things '26", "names the previous edition."),
        ("Submit at example.org/Things/2026/-/X", "example.org/Things/2026/-/X", "is the OpenReview venue of the previous edition."),
        ("Meet us in Seattle soon", "Seattle", "is the place of the previous edition."),
        ("Room summit 423 is large", "summit 423", "is the room of the previous edition."),
        ("The third annual workshop", "third", "counts the previous edition."),
        ("The 3rd edition", "3rd", "counts the previous edition."),
        ("on June 17th, all day", "June 17th", "names a day."),
        ("[OpenReview]( )", "[OpenReview]( )", "is a link to nowhere."),
        ('<a href="#">here</a>', 'href="#"', "is a link to nowhere."),
        ("https:/things.example.org", "https:/things.example.org", "is not a whole web address."),
        ("see http://localhost:4000/x", "http://localhost", "is not a whole web address."),
    ],
)
def test_leftover_is_quoted_with_its_place(about: str, words: str, sentence: str) -> None:
    found = find_leftovers(make_next(about=about), previous=PREVIOUS)
    assert ("$.about", words, sentence) in [(one.place, one.words, one.sentence) for one in found]
    assert {one.place for one in found} == {"$.about"}


def test_other_conference_is_the_previous_one() -> None:
    found = find_leftovers(make_next(conference="NeurIPS 2027", name="Things at CVPR"), previous=PREVIOUS)
    assert [str(one) for one in found] == ["$.name: “CVPR” names the conference of the previous edition."]


def test_home_page_may_hold_a_year_but_a_link_may_not() -> None:
    people = (PersonSettings(name="Ada", url="https://ada1999.example.org", photo="img/2020/ada.jpg"),)
    links = (LinkSettings(kind="other", url="https://example.org/2026/x"), LinkSettings(kind="other", url="#things27"))
    found = find_leftovers(make_next(people=people, links=links), previous=None)
    assert [str(one) for one in found] == [
        "$.links[0].url: “https://example.org/2026/x” names the year 2026.",
        "$.links[1].url: “#things27” leads nowhere: it is not a whole web address.",
    ]


def test_what_is_not_set_yet_is_told() -> None:
    bare = WorkshopSettings(slug="t", name="T", short_name="T", year=2027, zone=PREVIOUS.zone)
    assert [str(one) for one in find_leftovers(bare, previous=PREVIOUS)] == [
        "$.zone: “America/Los_Angeles” is the zone of the previous edition's place.",
        "$.conference is not set yet.",
        "$.place is not set yet.",
        "$.venue_id is not set yet.",
        "$.starts_on is not set yet.",
    ]


@pytest.mark.parametrize(("address", "dead"), [("https://a.b", False), ("", True), ("#x", True), ("https:/a", True), ("https://[a", True)])
def test_dead_address(address: str, dead: bool) -> None:
    assert is_dead(address) is dead
