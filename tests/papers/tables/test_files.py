"""Files of all kinds: encodings, separators, sheets, sizes, what is broken or hostile."""

import io
import sys
import zipfile

import pytest

from papers.tables import delimited, files, workbooks
from papers.tables.delimited import find_delimiter
from papers.tables.encodings import GUESS
from papers.tables.files import open_table
from papers.tables.values import OpenedFile
from papers.tables.workbooks import OLD_EXCEL
from tests.papers.tables.samples import Rows, write_csv, write_excel_2003, write_json, write_xlsx

TEXT = "number,title\r\n1,Ümlaut “q” 李\r\n"
LATIN = "number;title\r\n1;Ümlaut é\r\n"


def tell_cells(opened: OpenedFile) -> list[tuple[int, list[object]]]:
    return [(row.place, list(row.cells.values())) for sheet in opened.sheets for row in sheet.rows]


def tell_mistakes(content: bytes) -> list[str]:
    opened = open_table(content)
    assert opened.sheets == ()
    return [str(mistake) for mistake in opened.mistakes]


@pytest.mark.parametrize(
    ("content", "title", "notices"),
    [
        (TEXT.encode(), "Ümlaut “q” 李", ()),
        (TEXT.encode("utf-8-sig"), "Ümlaut “q” 李", ()),
        (TEXT.encode("utf-16"), "Ümlaut “q” 李", ()),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "Ümlaut “q” 李", ()),
        (TEXT.replace("李", "L").encode("utf-16-le"), "Ümlaut “q” L", ()),
        (TEXT.replace("李", "L").encode("utf-16-be"), "Ümlaut “q” L", ()),
        (LATIN.encode("cp1252"), "Ümlaut é", (GUESS,)),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16", "utf-16 big", "utf-16 little bare", "utf-16 big bare", "windows-1252"],
)
def test_encodings_are_told_or_guessed_aloud(content: bytes, title: str, notices: tuple[str, ...]) -> None:
    opened = open_table(content)
    assert (tell_cells(opened), opened.notices, opened.mistakes) == ([(2, ["1", title])], notices, ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separator_is_the_one_that_makes_columns_known(delimiter: str) -> None:
    rows = [[1, "One, two; three", "A; B"], [2, 'Say "hi"\nand\r\nbye', "C,D,E"]]
    content = write_csv(["number", "title", "authors"], rows, delimiter=delimiter)
    assert find_delimiter(content.decode()) == delimiter
    assert tell_cells(open_table(content)) == [(2, ["1", "One, two; three", "A; B"]), (3, ["2", 'Say "hi"\nand\r\nbye', "C,D,E"])]


def test_rows_count_as_in_a_spreadsheet() -> None:
    content = b'List of papers\n\nnumber,title\n1,"a\nb"\n\n2,c\n,\n3,d'
    assert tell_cells(open_table(content)) == [(4, ["1", "a\nb"]), (6, ["2", "c"]), (8, ["3", "d"])]


def test_rows_of_a_workbook_count_as_in_a_spreadsheet() -> None:
    rows: Rows = [["Papers"], [], ["number", "title"], [1, "a"], [], [2.0, "b"], [None, None]]
    assert tell_cells(open_table(write_xlsx({"S": rows}))) == [(4, ["1", "a"]), (6, ["2", "b"])]
    assert tell_cells(open_table(write_excel_2003("S", rows))) == [(4, ["1", "a"]), (6, ["2.0", "b"])]


def test_row_with_too_many_cells_is_a_mistake() -> None:
    opened = open_table(b"number,title\n1,Counting, again\n2,b\n")
    assert [str(mistake) for mistake in opened.mistakes] == [
        "Row 2, value “again”: The row has 3 cells, the header 2. Put text that holds separators into quotation marks."
    ]


def test_column_that_comes_twice_is_a_mistake() -> None:
    opened = open_table(b"number,title,Title,x,x\n1,a,b,c,d\n")
    assert [str(mistake) for mistake in opened.mistakes] == ["Row 1, “Title”: Two columns have this name. Rename or remove one."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf \n", "The file is empty."),
        (b'number,title\n1,"open\n', "A quotation mark is opened and never closed. Write quotation marks inside a cell twice."),
        (bytes(range(128, 160)) * 9, "This is not text in an encoding that we read. Save it as CSV in UTF-8, or as XLSX."),
        (bytes(range(32)) * 9 + b"\xe9", "This is not text in an encoding that we read. Save it as CSV in UTF-8, or as XLSX."),
        (OLD_EXCEL + bytes(99), "This is an old .xls file or it has a password. Save it as .xlsx without a password."),
        (b"PK\x03\x04broken", "The workbook is broken or has a password. Save it anew as .xlsx."),
        (
            b"hello,world\n1,2\n",
            "Value “hello, world”: No row of the table names columns that we know. "
            "Name them in the first row: number or forum, title, authors, emails, track, decision, presentation.",
        ),
    ],
)  # fmt: skip
def test_unreadable_files_are_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    assert tell_mistakes(content) == [sentence]


def write_zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_zip_that_is_no_workbook_is_refused() -> None:
    assert tell_mistakes(write_zip({"a.txt": b"hello"})) == ["The workbook is broken. Open it, save it anew as .xlsx and try again."]


def test_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 100_000)
    assert tell_mistakes(write_zip({"xl/a.xml": bytes(200_000)})) == [
        "The workbook is too large when unpacked. Save the sheet of papers alone, or as CSV."
    ]


@pytest.mark.parametrize(
    "content",
    [
        write_zip({"xl/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        write_excel_2003("S", [["number", "title"]]).replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook'),
    ],
)
def test_workbook_with_entities_is_refused(content: bytes) -> None:
    assert tell_mistakes(content) == ["The workbook declares XML entities, which no spreadsheet program writes. Save it anew."]


def test_sizes_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [[place, "T"] for place in range(30)]
    table, book, listed = (
        write_csv(["number", "title"], rows),
        write_xlsx({"S": [["number", "title"], *rows]}),
        write_json([{"number": 1}] * 30),
    )
    monkeypatch.setattr(files, "MOST_ROWS", 20)
    assert tell_mistakes(table) == ["The table has more than 20 rows. Split it."]
    monkeypatch.setattr(workbooks, "MOST_ROWS", 20)
    assert tell_mistakes(book) == ["A sheet has more than 20 rows. Split it."]
    monkeypatch.setattr("papers.tables.objects.MOST_ITEMS", 20)
    assert tell_mistakes(listed) == ["The list has more than 20 items. Split it."]
    monkeypatch.setattr(delimited, "MOST_COLUMNS", 1)
    assert tell_mistakes(table) == ["The table has more than 1 columns. Is its separator a comma, semicolon or tab?"]
    monkeypatch.setattr(files, "MOST_BYTES", 10)
    assert tell_mistakes(table) == ["The file is larger than 0 MB. Split it."]


def test_cell_that_swallowed_the_table_is_a_mistake() -> None:
    opened = open_table(b'number,title\n1,"' + b"x" * 60_000 + b'"\n')
    assert [mistake.sentence for mistake in opened.mistakes] == ["The cell is longer than 50,000 characters."]
    assert tell_mistakes(b'number,title\n1,"' + b"x" * 140_000 + b'"\n') == [
        "A cell is longer than 131,072 characters. Is a quotation mark missing?"
    ]


def test_indices_of_excel_2003_cannot_blow_a_sheet_up() -> None:
    content = write_excel_2003("S", [["number", "title"], [1, "T"]]).replace(b'<Cell ss:Index="2">', b'<Cell ss:Index="999999999">')
    assert [len(sheet.columns) for sheet in open_table(content).sheets] == [workbooks.MOST_COLUMNS]


def test_heavy_libraries_load_on_use_only() -> None:
    import subprocess

    code = (
        "import django; django.setup(); import papers.table_imports, papers.bulk_decisions, sys; "
        "print(sorted({'pandas', 'openpyxl', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": ""},
        check=True,
    )
    assert done.stdout.strip() == "[]"
