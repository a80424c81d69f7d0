"""Reads Excel workbooks into grids: XLSX, and the XML of Excel 2003 in which CMT exports."""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator

from papers.tables.values import Grid

MOST_UNPACKED_BYTES = 200 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 40
MOST_ROWS = 20_000
MOST_COLUMNS = 500
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET_XML = "{urn:schemas-microsoft-com:office:spreadsheet}"


class UnreadableWorkbook(ValueError):
    """The workbook is broken, too large or not what it seems; the message is a sentence with a remedy."""


def is_workbook(content: bytes) -> bool:
    """Tell whether the bytes begin as a workbook does, whatever the file is called."""
    return content.startswith((b"PK\x03\x04", OLD_EXCEL)) or is_workbook_xml(content)


def is_workbook_xml(content: bytes) -> bool:
    """Tell whether the bytes are a workbook in the XML of Excel 2003."""
    return b"urn:schemas-microsoft-com:office:spreadsheet" in content[:2000] and b"<Workbook" in content[:4000]


def read_workbook(content: bytes) -> list[Grid]:
    """Return every sheet with its cells as text; raises `UnreadableWorkbook`.

    Formulas count with the value that Excel saved for them. Nothing in the file is run or followed.
    """
    if content.startswith(OLD_EXCEL):
        raise UnreadableWorkbook("This is an old .xls file or it has a password. Save it as .xlsx without a password.")
    grids = _read_xml(content) if is_workbook_xml(content) else _read_xlsx(content)
    if any(len(grid.rows) > MOST_ROWS for grid in grids):
        raise UnreadableWorkbook(f"A sheet has more than {MOST_ROWS:,} rows. Split it.")
    return grids


def _read_xlsx(content: bytes) -> list[Grid]:
    import pandas as pd  # heavy: never loads with django.setup()

    _refuse_bombs(content)
    try:
        frames = pd.read_excel(
            io.BytesIO(content), sheet_name=None, header=None, dtype=str, keep_default_na=False, nrows=MOST_ROWS + 1, engine="openpyxl"
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile, ET.ParseError) as error:
        raise UnreadableWorkbook("The workbook is broken. Open it, save it anew as .xlsx and try again.") from error
    if len(frames) > MOST_SHEETS or any(frame.shape[1] > MOST_COLUMNS for frame in frames.values()):
        raise UnreadableWorkbook(f"The workbook has more than {MOST_SHEETS} sheets or {MOST_COLUMNS} columns. Take out what is not needed.")
    return [Grid(str(name), _to_text(frame.itertuples(index=False, name=None))) for name, frame in frames.items()]


def _to_text(records: Iterator[tuple[object, ...]]) -> list[list[str]]:
    # Error cells such as #N/A arrive as a number that is not one.
    return [[cell if isinstance(cell, str) else "" for cell in record] for record in records]


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED_BYTES:
                raise UnreadableWorkbook("The workbook is too large when unpacked. Save the sheet of papers alone, or as CSV.")
            for part in parts:
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(4096):
                        raise UnreadableWorkbook("The workbook declares XML entities, which no spreadsheet program writes. Save it anew.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableWorkbook("The workbook is broken or has a password. Save it anew as .xlsx.") from error


def _read_xml(content: bytes) -> list[Grid]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise UnreadableWorkbook("The workbook declares XML entities, which no spreadsheet program writes. Save it anew.")
    try:
        root = ET.fromstring(content)  # noqa: S314 (entities are refused above)
    except ET.ParseError as error:
        raise UnreadableWorkbook("The workbook is broken. Open it in Excel and save it as .xlsx.") from error
    sheets = root.findall(f"{SHEET_XML}Worksheet")
    return [Grid(sheet.get(f"{SHEET_XML}Name", ""), _square(list(_read_xml_rows(sheet)))) for sheet in sheets]


def _read_xml_rows(sheet: ET.Element) -> Iterator[list[str]]:
    count = 0
    for row in sheet.iterfind(f"{SHEET_XML}Table/{SHEET_XML}Row"):
        place = _read_index(row, count + 1, MOST_ROWS + 1)
        yield from ([] for _ in range(place - count - 1))  # rows that are empty are not written
        count = place
        cells: list[str] = []
        for cell in row.iterfind(f"{SHEET_XML}Cell"):
            cells += [""] * (_read_index(cell, len(cells) + 1, MOST_COLUMNS) - 1 - len(cells))
            cells.append("".join(text for data in cell.iterfind(f"{SHEET_XML}Data") for text in data.itertext()))
            cells += [""] * min(int(cell.get(f"{SHEET_XML}MergeAcross", "0") or 0), MOST_COLUMNS)
        yield cells


def _read_index(element: ET.Element, following: int, greatest: int) -> int:
    written = element.get(f"{SHEET_XML}Index", "")
    return min(max(int(written), following), greatest) if written.isdecimal() else following


def _square(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    return [[*cells, *[""] * (width - len(cells))] for cells in rows]
