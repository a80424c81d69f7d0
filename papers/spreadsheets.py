"""Cells that spreadsheets open as text, whatever it begins with; lines written as tables."""

import csv
import io
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

CHUNK = 500
PIECE = 65_536
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def escape_cell(text: str) -> str:
    """Return a cell that no spreadsheet reads as a formula: an apostrophe goes before what would start one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def stream_csv(lines: Iterable[Sequence[str | int | float]]) -> Iterator[bytes]:
    """Yield lines as comma-separated values, safe to open in a spreadsheet."""
    lines = iter(lines)
    while chunk := list(itertools.islice(lines, CHUNK)):
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        for cells in chunk:
            writer.writerow([escape_cell(cell) if isinstance(cell, str) else cell for cell in cells])
        yield written.getvalue().encode("utf-8", "replace")


def stream_xlsx(lines: Iterable[Sequence[str | int | float]], *, title: str) -> Iterator[bytes]:
    """Yield a workbook of one sheet, its first line kept in sight, whose cells are text or numbers, never formulas."""
    from openpyxl import Workbook  # half a second and 20 MB, for this format only
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def make_cell(text: str) -> Any:
        cell = WriteOnlyCell(sheet, value=text)
        cell.data_type = "s"
        return cell

    for cells in lines:
        sheet.append([make_cell(cell) if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell for cell in cells])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from _read_pieces(file)


def _read_pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
