"""JSON and CSV read back as the values they were made from."""

import csv
import io
import json

from papers.spreadsheets import escape_cell
from program.exports.escaping import tidy_line, tidy_text
from program.exports.registry import export_listing
from tests.program.exports.test_registry import HOSTILE, make_hostile_listing
from tests.program.listed import list_paper, make_listing


def test_json_has_the_documented_shape() -> None:
    paper = list_paper("On Counting", abstract="One.\n\nTwo.", keywords=("a", "b"), award="Best Paper", pdf_url="https://e.org/1.pdf")
    assert json.loads(export_listing("papers-json", make_listing(paper))) == {
        "schema": "syntagen-papers",
        "version": 1,
        "workshop": {
            "slug": "counted26",
            "name": "Workshop on Counted Things",
            "short_name": "Counted",
            "edition": 3,
            "year": 2026,
            "conference": "CVPR 2026",
            "booktitle": "",
            "starts_on": "2026-06-17",
            "ends_on": None,
            "place": "Denver, United States",
            "room": "Room 1",
            "zone": "America/Los_Angeles",
            "venue_id": "example.org/counted26/Workshop",
        },
        "papers": [
            {
                "id": "note1",
                "number": 1,
                "title": "On Counting",
                "authors": [{"name": "Ada Author", "profile_id": None, "institutions": []}],
                "abstract": "One.\n\nTwo.",
                "keywords": ["a", "b"],
                "track": {"slug": "full", "name": "Full papers"},
                "presentation": {"slug": "poster", "name": "Poster"},
                "award": "Best Paper",
                "in_proceedings": False,
                "url": "https://openreview.net/forum?id=note1",
                "pdf_url": "https://e.org/1.pdf",
            }
        ],
    }


def test_json_keeps_hostile_text() -> None:
    papers = json.loads(export_listing("papers-json", make_hostile_listing()))["papers"]
    assert [paper["title"] for paper in papers] == [tidy_line(text) for text in HOSTILE]
    assert [paper["abstract"] for paper in papers] == [tidy_text(text) for text in HOSTILE]
    assert [paper["authors"][0]["name"] for paper in papers] == [tidy_line(text) for text in HOSTILE]


def test_csv_reads_back_with_formulas_as_text() -> None:
    rows = list(csv.DictReader(io.StringIO(export_listing("papers-csv", make_hostile_listing()).decode(), newline="")))
    assert [row["title"] for row in rows] == [escape_cell(tidy_line(text)) for text in HOSTILE]
    assert [row["abstract"] for row in rows] == [escape_cell(tidy_text(text)) for text in HOSTILE]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_csv_prints_a_row_a_paper() -> None:
    paper = list_paper("=1+1", "Ada; Author", "Bob Builder", keywords=("a", "b"), in_proceedings=True)
    assert export_listing("papers-csv", make_listing(paper)).decode() == (
        "number,note_id,title,authors,decision,presentation,track,award,in_proceedings,url,pdf_url,keywords,abstract\n"
        '1,note1,\'=1+1,"Ada, Author; Bob Builder",accept,poster,full,,yes,https://openreview.net/forum?id=note1,,a; b,\n'
    )
