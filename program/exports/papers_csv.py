"""The accepted papers as a table that spreadsheets open without running anything."""

import csv
import io
from collections.abc import Iterable

from papers.listings import ListedPaper
from papers.spreadsheets import escape_cell
from program.exports.escaping import escape_address, tidy_line, tidy_text
from program.exports.formats import Format, FormatOption, Options
from program.listings import Listing

COLUMNS = (
    "number",
    "note_id",
    "title",
    "authors",
    "decision",
    "presentation",
    "track",
    "award",
    "in_proceedings",
    "url",
    "pdf_url",
    "keywords",
    "abstract",
)
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_papers_csv(listing: Listing, options: Options) -> bytes:
    """Write a row a paper; several authors or keywords share a cell, separated by semicolons."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_list_cells(paper) for paper in listing.papers)
    return (BYTE_ORDER_MARK if options["bom"] == "yes" else b"") + table.getvalue().encode()


def _list_cells(paper: ListedPaper) -> list[str]:
    cells = (
        "" if paper.number is None else str(paper.number),
        tidy_line(paper.note_id),
        tidy_line(paper.title),
        _join(author.name for author in paper.authors),
        "accept",
        tidy_line(paper.presentation),
        tidy_line(paper.track),
        tidy_line(paper.award),
        "yes" if paper.in_proceedings else "no",
        escape_address(paper.url),
        escape_address(paper.pdf_url),
        _join(paper.keywords),
        tidy_text(paper.abstract),
    )
    return [escape_cell(cell) for cell in cells]


def _join(values: Iterable[str]) -> str:
    return "; ".join(tidy_line(value).replace(";", ",") for value in values)


PAPERS_CSV = Format(
    name="papers-csv",
    sentence="The accepted papers as a table, one row a paper; safe to open in a spreadsheet.",
    media_type="text/csv; charset=utf-8",
    file_name="papers.csv",
    write=write_papers_csv,
    options=(FormatOption("bom", ("no", "yes"), "yes: begins with the mark by which Excel knows UTF-8."),),
)
