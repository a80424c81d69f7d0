"""Invented camera-ready papers as PDF, right ones and ones with a fault; each says that it is invented."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from papers.demo.letters import ADVANCE, EM, FIRST, LAST, WIDTHS, find_plain, make_typeface

WIDTH, HEIGHT = 612.0, 792.0
LEFT, RIGHT, TOP, BOTTOM = 58.5, 317.25, 82.0, 708.0
COLUMN_LETTERS = 43
LONGEST_OF_THREE = 24  # letters of a name, for three authors to stand beside each other
FAULTS = ("too long", "loose font", "marks of review")
NOTE = "INVENTED PAPER: NOTHING IN IT EXISTS, NOBODY WROTE IT"
WORDS = (
    "this paper does not exist and nobody wrote it the masks of small invented images are counted and compared with those "
    "that invented people drew by hand on invented paper in an invented room"
)


@dataclass
class Sheets:
    """Pages as content streams in the making; heights count from the top in points."""

    pages: list[list[str]] = field(default_factory=list)

    def write(self, page: int, left: float, top: float, text: str, *, size: float = 10.0, font: str = "R", color: str = "0 g") -> None:
        """Write a line of text; pages are counted from 1."""
        while len(self.pages) < page:
            self.pages.append([])
        safe = spell(text).replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.pages[page - 1].append(f"q {color} BT /{font} {size:g} Tf 1 0 0 1 {left:g} {HEIGHT - top:g} Tm ({safe}) Tj ET Q")

    def center(self, page: int, top: float, text: str, *, size: float = 10.0, font: str = "R") -> None:
        """Write a line in the middle of the page."""
        self.write(page, (WIDTH - len(text) * size * ADVANCE / EM) / 2, top, text, size=size, font=font)


def is_writable(*texts: str) -> bool:
    """Tell whether the typeface has all letters of these texts, if need be without their marks."""
    return all(find_plain(letter) for text in texts for letter in text)


def spell(text: str) -> str:
    """Return a text in the letters that the typeface has."""
    return "".join(letter if ord(letter) <= LAST else find_plain(letter) for letter in unicodedata.normalize("NFC", text))


def write_pdf(title: str, authors: Sequence[str], *, body_pages: int, abstract: str = "", fault: str = "") -> bytes:
    """Return a paper in two columns with an abstract and a reference list; `fault` is one of `FAULTS`, or nothing."""
    sheets = Sheets()
    start = _write_front(sheets, title, authors)
    below = _write_abstract(sheets, abstract, top=start)
    last = body_pages + (fault == "too long")
    for page in range(1, last + 1):
        for left in (LEFT, RIGHT):
            _fill_column(sheets, page, left, top=(below if left == LEFT else start) if page == 1 else TOP)
    _write_references(sheets, last + 1)
    if fault == "marks of review":
        sheets.center(1, 60, "CVPR 2026 Submission #1234. CONFIDENTIAL REVIEW COPY. DO NOT DISTRIBUTE.", size=8)
    return _build(sheets, loose="R" if fault == "loose font" else "")


def _write_front(sheets: Sheets, title: str, authors: Sequence[str]) -> float:
    """Write title and authors; return where the columns begin."""
    top = 105.0
    for line in _wrap(title, 52):
        sheets.center(1, top, line, size=14, font="B")
        top += 18
    beside = 3 if max(map(len, authors), default=0) <= LONGEST_OF_THREE else 2
    for start in range(0, len(authors), beside):
        row = authors[start : start + beside]
        for size, texts in ((16, row), (14, ["Invented"] * len(row))):
            top += size
            for place, text in enumerate(texts):
                sheets.write(1, 75 + 480 / beside * place, top, text, size=11)
    top += 30
    sheets.write(1, 145, top, "Abstract", size=12, font="B")
    return top + 18


def _write_abstract(sheets: Sheets, abstract: str, *, top: float) -> float:
    """Write an abstract into the first column, if there is one; return where the text goes on."""
    if not abstract:
        return top
    lines = _wrap(abstract, COLUMN_LETTERS)
    for place, line in enumerate(lines):
        sheets.write(1, LEFT, top + 12 * place, line)
    end = top + 12 * len(lines) + 12
    sheets.write(1, LEFT, end, "1. Introduction", size=12, font="B")
    return end + 18


def _fill_column(sheets: Sheets, page: int, left: float, *, top: float) -> None:
    words = WORDS.split()
    number, lines = page * 7 + int(left), list[str]()
    while len(lines) * 12 + top <= BOTTOM:
        line = ""
        while len(line) + len(words[number % len(words)]) < COLUMN_LETTERS:
            line = f"{line} {words[number % len(words)]}".strip()
            number += 1
        lines.append(line)
    for place, line in enumerate(lines):
        sheets.write(page, left, top + 12 * place, line)


def _write_references(sheets: Sheets, page: int) -> None:
    sheets.write(page, LEFT, TOP, "References", size=12, font="B")
    for number in range(1, 13):
        top = TOP + 22 * number
        sheets.write(page, LEFT, top - 8, f"[{number}] N. Obody. {NOTE[:14].title()} {number},", size=9)
        sheets.write(page, LEFT + 18, top + 3, f"part {number}. In Proceedings of CVPR, {2000 + number}.", size=9)


def _wrap(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _build(sheets: Sheets, *, loose: str) -> bytes:
    pdf = pikepdf.new()
    program = pdf.make_stream(make_typeface())
    fonts = pikepdf.Dictionary({f"/{key}": _make_font(pdf, key, None if key == loose else program) for key in ("R", "B")})
    for operators in sheets.pages:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Contents = pdf.make_stream("\n".join(operators).encode("latin-1"))
        page.Resources = pikepdf.Dictionary(Font=fonts)
    pdf.docinfo["/Subject"] = NOTE
    stream = io.BytesIO()
    pdf.save(stream, deterministic_id=True, compress_streams=True)
    return stream.getvalue()


def _make_font(pdf: pikepdf.Pdf, key: str, program: pikepdf.Stream | None) -> pikepdf.Object:
    name = pikepdf.Name(f"/INVENT+NimbusRomNo9L-{'Regu' if key == 'R' else 'Medi'}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=name, Flags=32, FontBBox=[0, -250, 540, 750], ItalicAngle=0, Ascent=750,
        Descent=-250, CapHeight=630, StemV=90,
    )  # fmt: skip
    if program is not None:
        descriptor.FontFile2 = program
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=name, FirstChar=FIRST, LastChar=LAST,
            Widths=WIDTHS, Encoding=pikepdf.Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip
