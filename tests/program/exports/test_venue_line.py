"""When and where stand on one line."""

import datetime as dt
from typing import Any

import pytest

from program.exports.registry import export_listing
from tests.program.listed import list_workshop, make_listing

LINKS = (
    ("zoom", "", "https://zoom.us/j/1?x=1&copy=2"),
    ("site", "Site", "https://e.org"),
    ("stream", "Watch {{ it }}", "https://e.org/s"),
    ("virtual", "Bad", "javascript:x"),
)


def write_venue(markup: str = "html", **fields: Any) -> str:
    return export_listing("venue-line", make_listing(workshop=list_workshop(**fields)), {"markup": markup}).decode()


def test_html_breaks_between_parts_and_links_where_to_follow() -> None:
    assert write_venue(links=LINKS) == (
        "<strong>June 17th, Morning<br>Denver, United States<br>Room 1</strong>"
        '<br><a href="https://zoom.us/j/1?x=1&amp;copy=2">Zoom</a><br><a href="https://e.org/s">Watch &#123;{ it }}</a>\n'
    )


def test_markdown_says_the_same() -> None:
    assert write_venue("markdown", links=LINKS) == (
        "**June 17th, Morning, Denver, United States, Room 1**, [Zoom](https://zoom.us/j/1?x=1&copy=2), "
        "[Watch &#123;{ it }}](https://e.org/s)\n"
    )


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"starts_on": None, "place": "", "room": ""}, "TBD"),
        ({"ends_on": dt.date(2026, 6, 18), "part_of_day": "full-day", "place": "", "room": ""}, "June 17th - 18th, Full day"),
        ({"part_of_day": "", "place": "", "room": ""}, "June 17th"),
    ],
)
def test_what_is_not_known_is_left_out(fields: dict[str, Any], line: str) -> None:
    assert write_venue(**fields) == f"<strong>{line}</strong>\n"
