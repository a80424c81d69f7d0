"""Small tables as each system writes them, with invented papers and people."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]

CMT_COLUMNS = [
    "Paper ID",
    "Created",
    "Paper Title",
    "Abstract",
    "Primary Contact Author Name",
    "Primary Contact Author Email",
    "Authors",
    "Author Names",
    "Author Emails",
    "Track Name",
    "Primary Subject Area",
    "Status",
    "Reviewers",
    "[Review] Avg (Overall Rating)",
    "Q1 (Student paper)",
]
CMT_ROWS: Rows = [
    [
        11,
        "1/2/2026",
        "Counting Sheep with Diffusion",
        "We count.",
        "Ada Lovelace",
        "ada@example.org",
        "Ada Lovelace (Univ. of Nowhere)*; Bo Null (Institute (North))",
        "Ada Lovelace (Univ. of Nowhere)*; Bo Null (Institute (North))",
        "ada@example.org*; bo@example.net",
        "Full papers",
        "Vision",
        "Accept (Oral)",
        "Rev Secret",
        "4.5",
        "Yes",
    ],
    [
        12,
        "1/2/2026",
        "NA",
        "None",
        "Luis None",
        "luis@example.org",
        "",
        "None, Luis (Null College)*; King, Martin, Jr. (X)",
        "luis@example.org*; ",
        "short",
        "Data",
        "Awaiting Decision",
        "",
        "",
        "No",
    ],
    [
        13,
        "1/2/2026",
        "Withdrawn Work",
        "",
        "Eve W",
        "eve@example.org",
        "",
        "Eve W (Y)*",
        "eve@example.org*",
        "short",
        "",
        "Withdrawn",
        "",
        "",
        "",
    ],
]
EASYCHAIR_COLUMNS = [
    "#",
    "title",
    "authors",
    "submitted",
    "last updated",
    "form fields",
    "keywords",
    "decision",
    "notified",
    "reviews sent",
    "abstract",
    "deleted?",
    "track name",
]
EASYCHAIR_ROWS: Rows = [
    [1, "Trees of Light", "Mira Sol, Plato and Jo Li", "2026-01-02", "", "", "light\ntrees", "accept", "no", "no", "Light.", "no", "full"],
    [2, "Stones", "Ann Stone", "2026-01-02", "", "", "", "reject", "no", "no", "", "no", "short"],
    [3, "Taken Back", "Jo Li", "2026-01-02", "", "", "", "no decision", "no", "no", "", "yes", "short"],
]
EASYCHAIR_PEOPLE_COLUMNS = [
    "submission #",
    "first name",
    "last name",
    "email",
    "country",
    "affiliation",
    "Web page",
    "person #",
    "corresponding?",
]
EASYCHAIR_PEOPLE: Rows = [
    [1, "Mira", "Sol", "mira@example.org", "Peru", "Sun Lab", "", 1, "yes"],
    [1, "", "Plato", "plato@example.org", "Greece", "Academy", "", 2, "no"],
    [1, "Jo", "Li", "", "", "", "", 3, "no"],
    [2, "Ann", "Stone", "ann@example.org", "", "Quarry", "", 4, "yes"],
]
HOTCRP_PAPERS: list[dict[str, Any]] = [
    {
        "object": "paper",
        "pid": 7,
        "title": "Null Results",
        "authors": [
            {"email": "Nil@example.org", "given_name": "Nil", "family_name": "Null", "affiliation": "Void U"},
            {"email": "may@example.org", "first": "May", "last": "Bee", "affiliation": "Hive"},
        ],
        "abstract": "Nothing\nwas found.",
        "topics": ["Voids", "Bees"],
        "paper_type": "Full papers",
        "decision": "Accepted",
        "status": "accept",
        "submitted": True,
        "submitted_at": 1767312000,
        "tags": ["pc-secret"],
    },
    {
        "object": "paper",
        "pid": 8,
        "title": "Bees",
        "authors": [{"first": "May", "last": "Bee"}],
        "status": "reject",
        "options": {"Prize": "yes"},
    },
    {"object": "paper", "pid": 9, "title": "Never Sent", "status": "draft", "draft": True},
    {"object": "paper", "pid": 10, "title": "Gone", "authors": [], "status": "withdrawn", "withdrawn": True},
]
CONSOLE_COLUMNS = [
    "number",
    "forum",
    "title",
    "abstract",
    "num Reviewers",
    "num submitted Reviewers",
    "missing Reviewers",
    "min rating",
    "max rating",
    "average rating",
    "min confidence",
    "max confidence",
    "average confidence",
    "num Area Chairs assigned",
    "Meta Review",
    "decision",
]
CONSOLE_ROWS: Rows = [
    [1, "https://openreview.net/forum?id=aB3_dE-9xy", "One", "undefined", 3, 3, "", 2, 5, 3.5, 3, 4, 3.5, 1, "accept", "Accept (Oral)"],
    [2, "https://openreview.net/forum?id=zZ9_yY-8xx", "Two", "Text", 3, 2, "~R1", 1, 2, 1.5, 3, 4, 3.5, 1, "undefined", "No Decision"],
]


def write_csv(columns: Sequence[str], rows: Rows, *, delimiter: str = ",") -> bytes:
    """Write a CSV in UTF-8."""
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter, lineterminator="\r\n").writerows([columns, *rows])
    return table.getvalue().encode()


def write_xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Write a workbook with these sheets, from their first row on."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_excel_2003(name: str, rows: Rows) -> bytes:
    """Write the XML in which CMT exports; empty cells are left out as Excel does."""
    lines = []
    for row in rows:
        cells = [
            f'<Cell ss:Index="{place}"><Data ss:Type="String">{escape(str(cell))}</Data></Cell>'
            for place, cell in enumerate(row, start=1)
            if cell not in ("", None)
        ]
        lines.append(f"<Row>{''.join(cells)}</Row>")
    names = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    sheet = f'<Worksheet ss:Name="{name}"><Table>{"".join(lines)}</Table></Worksheet>'
    return f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {names}>{sheet}</Workbook>'.encode()


def write_json(document: Any) -> bytes:
    """Write JSON."""
    return json.dumps(document, ensure_ascii=False).encode()
