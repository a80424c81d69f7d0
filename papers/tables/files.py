"""Opens a file of any kind that we read: by what is in it, never by its name."""

from papers.tables.delimited import read_delimited
from papers.tables.encodings import Undecodable, decode_text
from papers.tables.headers import name_columns
from papers.tables.objects import read_objects
from papers.tables.values import Grid, Mistake, OpenedFile
from papers.tables.workbooks import MOST_ROWS, UnreadableWorkbook, is_workbook, read_workbook

MOST_BYTES = 20 * 1024 * 1024


def open_table(content: bytes) -> OpenedFile:
    """Return the sheets of a CSV, XLSX, JSON or Excel 2003 file whose columns we know; never raises."""
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf\xff\xfe"):
        return OpenedFile(mistakes=(Mistake("The file is empty."),))
    if len(content) > MOST_BYTES:
        return OpenedFile(mistakes=(Mistake(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB.", "Split it."),))
    if is_workbook(content):
        return _open_workbook(content)
    try:
        text, guess = decode_text(content)
    except Undecodable:
        return OpenedFile(mistakes=(Mistake("This is not text in an encoding that we read.", "Save it as CSV in UTF-8, or as XLSX."),))
    notices = (guess,) if guess else ()
    if text.lstrip().startswith(("[", "{")):
        sheet, mistakes = read_objects(text)
        return OpenedFile((sheet,) if sheet else (), notices, tuple(mistakes))
    grid, mistakes = read_delimited(text)
    if mistakes:
        return OpenedFile((), notices, tuple(mistakes))
    if len(grid.rows) > MOST_ROWS:
        return OpenedFile((), notices, (Mistake(f"The table has more than {MOST_ROWS:,} rows.", "Split it."),))
    return _name_sheets([grid], notices)


def _open_workbook(content: bytes) -> OpenedFile:
    try:
        grids = read_workbook(content)
    except UnreadableWorkbook as error:
        return OpenedFile(mistakes=(Mistake(str(error)),))
    return _name_sheets(grids, ())


def _name_sheets(grids: list[Grid], notices: tuple[str, ...]) -> OpenedFile:
    sheets, mistakes, unknown = [], [], []
    for grid in grids:
        sheet, wrong = name_columns(grid)
        if sheet is None:
            unknown.append(grid)
            continue
        sheets.append(sheet)
        mistakes += wrong
    if not sheets:
        return OpenedFile((), notices, (_describe_unknown(grids),))
    skipped = [grid.name for grid in unknown if grid.rows]
    more = (f"Sheets without a list of papers were passed over: {', '.join(skipped)}.",) if skipped else ()
    return OpenedFile(tuple(sheets), (*notices, *more), tuple(mistakes))


def _describe_unknown(grids: list[Grid]) -> Mistake:
    first = next((cells for grid in grids for cells in grid.rows if any(cells)), [])
    return Mistake(
        "No row of the table names columns that we know.",
        "Name them in the first row: number or forum, title, authors, emails, track, decision, presentation.",
        value=", ".join(cell for cell in first if cell),
    )
