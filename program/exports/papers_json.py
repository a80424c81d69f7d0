"""The accepted papers as JSON; the schema stands in docs/exports.md and carries a version."""

import json
from typing import Any

from papers.listings import ListedAuthor, ListedPaper, ListedWorkshop
from program.exports.escaping import escape_address, escape_json, tidy_line, tidy_text
from program.exports.formats import Format, Options
from program.listings import Listing

SCHEMA, VERSION = "syntagen-papers", 1


def write_papers_json(listing: Listing, options: Options) -> bytes:
    """Write one document with the workshop and its papers, keys in the documented order."""
    document = {
        "schema": SCHEMA,
        "version": VERSION,
        "workshop": _describe_workshop(listing.workshop),
        "papers": [_describe_paper(paper) for paper in listing.papers],
    }
    return escape_json(json.dumps(document, ensure_ascii=False, indent=2)).encode() + b"\n"


def _describe_workshop(workshop: ListedWorkshop) -> dict[str, Any]:
    return {
        "slug": workshop.slug,
        "name": tidy_line(workshop.name),
        "short_name": tidy_line(workshop.short_name),
        "edition": workshop.edition,
        "year": workshop.year,
        "conference": tidy_line(workshop.conference),
        "booktitle": tidy_line(workshop.booktitle),
        "starts_on": workshop.starts_on.isoformat() if workshop.starts_on else None,
        "ends_on": workshop.ends_on.isoformat() if workshop.ends_on else None,
        "place": tidy_line(workshop.place),
        "room": tidy_line(workshop.room),
        "zone": workshop.zone,
        "venue_id": tidy_line(workshop.venue_id),
    }


def _describe_paper(paper: ListedPaper) -> dict[str, Any]:
    return {
        "id": paper.note_id,
        "number": paper.number,
        "title": tidy_line(paper.title),
        "authors": [_describe_author(author) for author in paper.authors],
        "abstract": tidy_text(paper.abstract),
        "keywords": [tidy_line(keyword) for keyword in paper.keywords],
        "track": {"slug": paper.track, "name": tidy_line(paper.track_name)} if paper.track else None,
        "presentation": {"slug": paper.presentation, "name": tidy_line(paper.presentation_name)} if paper.presentation else None,
        "award": tidy_line(paper.award) or None,
        "in_proceedings": paper.in_proceedings,
        "url": escape_address(paper.url) or None,
        "pdf_url": escape_address(paper.pdf_url) or None,
    }


def _describe_author(author: ListedAuthor) -> dict[str, Any]:
    return {
        "name": tidy_line(author.name),
        "profile_id": tidy_line(author.profile_id) or None,
        "institutions": [tidy_line(institution) for institution in author.institutions if institution],
    }


PAPERS_JSON = Format(
    name="papers-json",
    sentence="The accepted papers with all that is public about them, in a documented schema.",
    media_type="application/json",
    file_name="papers.json",
    write=write_papers_json,
)
