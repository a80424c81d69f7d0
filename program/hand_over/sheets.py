"""The tables of the hand-over, a line a paper or a line an author, as CSV, as XLSX: same rows, same bytes."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from papers.spreadsheets import FORMULA_STARTS, escape_cell
from program.exports.papers_csv import BYTE_ORDER_MARK
from program.hand_over.fields import COUNT, is_of_author
from program.hand_over.rows import HandedPaper, Values
from program.hand_over.settings import Column, HandOverPlan
from program.hand_over.templates import fill, list_fields

NUMBERS = frozenset({"{number}", "{pages}", "{author_count}", "{author.position}"})
MOST_LETTERS = 32_767  # of a cell, as Excel has it
MOMENT = dt.datetime(1980, 1, 1)
SAVED_AT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_AUTHOR: Values = {}

Cell = str | int
Table = list[list[Cell]]


def make_paper_table(papers: Sequence[HandedPaper], plan: HandOverPlan) -> Table:
    """Return a header and a line a paper; columns of authors stand once for each author, side by side."""
    most = max((len(paper.authors) for paper in papers), default=1)
    places = _spread_columns(plan.columns, most)
    header: list[Cell] = [title.replace(COUNT, str(place + 1)) for title, _, place in places]
    return [header, *([_fill_cell(value, paper, place) for _, value, place in places] for paper in papers)]


def make_author_table(papers: Sequence[HandedPaper], plan: HandOverPlan) -> Table:
    """Return a header and a line an author."""
    lines = [
        [_fill_cell(value, paper, place) for _, value in plan.author_columns] for paper in papers for place in range(len(paper.authors))
    ]
    return [[title for title, _ in plan.author_columns], *lines]


def write_csv(table: Table) -> bytes:
    """Return a table as CSV: UTF-8 with the mark by which Excel knows it, LF; no cell is read as a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([escape_cell(cell) if isinstance(cell, str) else cell for cell in line] for line in table)
    return BYTE_ORDER_MARK + written.getvalue().encode()


def write_xlsx(tables: dict[str, Table]) -> bytes:
    """Return a workbook with a sheet for each table, cells as text or numbers, never formulas; no time of writing is in it."""
    from openpyxl import Workbook  # half a second and 20 MB, for this format only
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for line in table:
            sheet.append([_make_cell(WriteOnlyCell(sheet), cell) for cell in line])
    written = io.BytesIO()
    book.save(written)
    return _settle_moments(written.getvalue())


def _spread_columns(columns: Sequence[Column], most: int) -> list[tuple[str, str, int]]:
    """Return header, value, author of each column; author columns side by side come once for each author."""
    spread: list[tuple[str, str, int]] = []
    group: list[Column] = []
    for column in [*columns, ("", "")]:
        if is_of_author(column[1]):
            group.append(column)
            continue
        spread += [(title, value, place) for place in range(most if group else 0) for title, value in group]
        group = []
        spread.append((*column, 0))
    return spread[:-1]


def _fill_cell(value: str, paper: HandedPaper, place: int) -> Cell:
    author = paper.authors[place] if place < len(paper.authors) else NO_AUTHOR
    known = paper.values | author
    if is_of_author(value) and not author:
        return ""
    text = fill(value, {name: known.get(name, "") for name in list_fields(value)})[:MOST_LETTERS]
    return int(text) if value in NUMBERS and text.isdigit() else text


def _make_cell(cell: Any, value: Cell) -> Any:
    cell.value = value
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        cell.data_type = "s"
        cell.quotePrefix = True
    return cell


def _settle_moments(book: bytes) -> bytes:
    """Return a workbook whose parts all say the same moment, whenever it was written."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = SAVED_AT.sub(rb"\g<1>" + f"{MOMENT:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            new.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return settled.getvalue()
