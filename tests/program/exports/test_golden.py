"""Both editions in every format, byte for byte, and against what their sites had."""

import re
from typing import Any

import pytest

from program.exports.registry import export_listing
from program.schedules import collect_listing
from tests.program.published_editions import GOLDEN, publish_edition, read_reference

EXPORTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("accepted.md", "accepted-markdown", {}),
    ("schedule.html", "schedule-html", {"dialect": "syntagen"}),
    ("schedule.md", "schedule-markdown", {}),
    ("schedule.yml", "schedule-yaml", {}),
    ("schedule.xml", "schedule-frab-xml", {"detail": "talks"}),
    ("schedule.json", "schedule-frab-json", {}),
    ("papers.json", "papers-json", {}),
    ("papers.csv", "papers-csv", {}),
    ("papers.bib", "papers-bibtex", {}),
    ("dates.md", "dates-markdown", {}),
    ("venue.html", "venue-line", {}),
)


@pytest.mark.django_db
@pytest.mark.parametrize("edition", ["syntagen24", "syntagen25"])
def test_edition_is_exported_byte_for_byte(edition: str) -> None:
    listing = collect_listing(publish_edition(edition))
    for suffix, name, options in EXPORTS:
        chosen = {**options, "dialect": edition} if name == "accepted-markdown" else options
        assert export_listing(name, listing, chosen) == (GOLDEN / f"{edition}_{suffix}").read_bytes(), suffix


def test_schedule_of_2024_is_the_published_one() -> None:
    published = read_reference("syntagen24_schedule.html") or pytest.skip("The reference files are not here.")
    assert (GOLDEN / "syntagen24_schedule.html").read_bytes() == published


def test_schedule_of_2025_has_the_published_cells() -> None:
    published = read_reference("syntagen25_schedule.html") or pytest.skip("The reference files are not here.")
    assert list_cells((GOLDEN / "syntagen25_schedule.html").read_text(encoding="utf-8")) == list_cells(published.decode())


def test_accepted_list_of_2024_is_the_published_one_up_to_its_trailing_blank() -> None:
    published = read_reference("syntagen24_accepted.md") or pytest.skip("The reference files are not here.")
    heading, _, rest = published.partition(b"\n")
    assert heading == b"### **Accepted Papers**"
    assert (GOLDEN / "syntagen24_accepted.md").read_bytes() == rest.replace(b" \n\n", b"\n")


@pytest.mark.parametrize("edition", ["syntagen24", "syntagen25"])
def test_accepted_lines_are_the_published_ones(edition: str) -> None:
    published = read_reference(f"{edition}_accepted.md") or pytest.skip("The reference files are not here.")
    own = (GOLDEN / f"{edition}_accepted.md").read_text(encoding="utf-8")
    assert normalize_lines(own) == normalize_lines(published.decode())[1:]


def list_cells(table: str) -> list[str]:
    """Return the text of every cell, spaces collapsed."""
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", table, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in cells]


def normalize_lines(markdown: str) -> list[str]:
    """Return the lines with plain spaces, without breaks and empty lines."""
    lines = (line.replace("\u00a0", " ").rstrip(" \\") for line in markdown.split("\n"))
    return [line for line in lines if line]
