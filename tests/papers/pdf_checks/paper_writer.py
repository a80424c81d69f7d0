"""Writes small papers as PDF files, with a font of its own whose letters are boxes."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LETTERS = [chr(code) for code in range(33, 127)]
PER_EM = 1000
WIDTH = 500  # of every letter, so that a letter of 10 pt is 5 pt wide
TITLE = "Counted Masks for Small Segmentation"
AUTHORS = ("Ada Author", "Bert Berger", "Chloe Chen")
LEFT, RIGHT_COLUMN, TOP, BOTTOM = 58.5, 317.25, 82.0, 708.0


@cache
def make_font() -> bytes:
    """Return a TrueType font whose letters are boxes, the space empty."""
    names = [".notdef", "space", *(f"u{ord(letter)}" for letter in LETTERS)]
    builder = FontBuilder(PER_EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({32: "space", **{ord(letter): f"u{ord(letter)}" for letter in LETTERS}})
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 600), (420, 600), (420, 0)):
        pen.lineTo(point)
    pen.closePath()
    box, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder.setupGlyf({name: empty if name == "space" else box for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (WIDTH, 50)))
    builder.setupHorizontalHeader(ascent=750, descent=-250)
    builder.setupNameTable({"familyName": "Counted", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    stream = io.BytesIO()
    builder.save(stream)
    return stream.getvalue()


@dataclass
class Paper:
    """Pages as content streams in the making; `y` counts from the top in points."""

    width: float = 612.0
    height: float = 792.0
    pages: list[list[str]] = field(default_factory=list)
    fonts: dict[str, str] = field(default_factory=lambda: {"R": "NimbusRomNo9L-Regu", "B": "NimbusRomNo9L-Medi"})
    loose_fonts: tuple[str, ...] = ()

    def draw(self, page: int, operators: str) -> None:
        """Add raw operators to a page, counted from 1."""
        while len(self.pages) < page:
            self.pages.append([])
        self.pages[page - 1].append(operators)

    def write(
        self, page: int, x: float, y: float, text: str, *, size: float = 10.0, font: str = "R", color: str = "0 g", mode: int = 0
    ) -> None:
        """Write a line of text with its baseline at `y`."""
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.draw(page, f"q {color} BT {mode} Tr /{font} {size} Tf 1 0 0 1 {x} {self.height - y} Tm ({escaped}) Tj ET Q")

    def center(self, page: int, y: float, text: str, *, size: float = 10.0, font: str = "R") -> None:
        """Write a line in the middle of the page."""
        self.write(page, (self.width - len(text) * size / 2) / 2, y, text, size=size, font=font)

    def fill(self, page: int, x: float, y: float, width: float, height: float) -> None:
        """Draw a black box."""
        self.draw(page, f"q 0 g {x} {self.height - y - height} {width} {height} re f Q")

    def build(self) -> pikepdf.Pdf:
        """Return the paper as a PDF to be changed further."""
        pdf = pikepdf.new()
        program = pdf.make_stream(make_font())
        fonts = pikepdf.Dictionary({f"/{key}": self._make_font(pdf, key, name, program) for key, name in self.fonts.items()})
        for operators in self.pages:
            page = pdf.add_blank_page(page_size=(self.width, self.height))
            page.Contents = pdf.make_stream("\n".join(operators).encode("ascii"))
            page.Resources = pikepdf.Dictionary(Font=fonts)
        return pdf

    def _make_font(self, pdf: pikepdf.Pdf, key: str, name: str, program: pikepdf.Stream) -> pikepdf.Object:
        descriptor = pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name(f"/ABCDEF+{name}"), Flags=32, FontBBox=[0, -250, 500, 750],
            ItalicAngle=0, Ascent=750, Descent=-250, CapHeight=600, StemV=80,
        )  # fmt: skip
        if key not in self.loose_fonts:
            descriptor.FontFile2 = program
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name(f"/ABCDEF+{name}"), FirstChar=32, LastChar=126,
                Widths=[WIDTH] * 95, Encoding=pikepdf.Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
            )
        )  # fmt: skip


def save(pdf: pikepdf.Pdf, path: Path) -> Path:
    """Write a PDF with the same bytes for the same content."""
    pdf.save(path, deterministic_id=True)
    return path


def fill_column(
    paper: Paper, page: int, x: float, *, top: float = TOP, bottom: float = BOTTOM, letters: int = 46, size: float = 10.0
) -> None:
    """Fill a column with lines of running text."""
    words = "the masks of small images are counted and compared with those that people draw by hand on paper"
    y, number = top, page
    while y <= bottom:
        text = " ".join([words[number % 40 :], words])[:letters].strip()
        paper.write(page, x, y, text, size=size)
        y, number = y + 12, number + 7


def write_front(paper: Paper, *, title: str = TITLE, authors: Sequence[str] = AUTHORS) -> None:
    """Write title, authors and the heading of the abstract on page 1."""
    paper.center(1, 117, title, size=14, font="B")
    for number, author in enumerate(authors):
        x = 120 + 140 * number
        paper.write(1, x, 150, author, size=12)
        paper.write(1, x, 164, "Counted University", size=12)
    paper.write(1, 150, 224, "Abstract", size=12, font="B")


def write_references(paper: Paper, page: int, *, x: float = LEFT, y: float = TOP, count: int = 12, heading: str = "References") -> None:
    """Write a reference list into a column, two lines an entry."""
    paper.write(page, x, y, heading, size=12, font="B")
    for number in range(1, count + 1):
        y += 22
        paper.write(page, x, y - 8, f"[{number}] A. Author and B. Berger. Counted masks,", size=9)
        paper.write(page, x + 18, y + 3, f"part {number}. In Proceedings of CVPR, {2000 + number}.", size=9)


def make_paper(*, body_pages: int = 2, title: str = TITLE, authors: Sequence[str] = AUTHORS, references: bool = True) -> Paper:
    """Return a paper of two columns that every rule for full papers allows, its references on a page of their own."""
    paper = Paper()
    write_front(paper, title=title, authors=authors)
    for page in range(1, body_pages + 1):
        for x in (LEFT, RIGHT_COLUMN):
            fill_column(paper, page, x, top=244 if page == 1 else TOP)
    if references:
        write_references(paper, body_pages + 1)
    return paper


def make_neurips_paper(*, body_pages: int = 2) -> Paper:
    """Return a paper of one column with page numbers, acknowledgments and an appendix that are all allowed."""
    paper = Paper()
    write_front(paper)
    paper.center(1, 740, "38th Conference on Counted Masks (2024).", size=9)
    for page in range(1, body_pages + 1):
        fill_column(paper, page, 108, top=244 if page == 1 else TOP, letters=78)
    last = body_pages + 1
    paper.write(last, 108, TOP, "Acknowledgments and Disclosure of Funding", size=12, font="B")
    paper.write(last, 108, TOP + 14, "We thank those who counted.")
    write_references(paper, last, x=108, y=TOP + 60)
    paper.write(last + 1, 108, TOP, "A Further masks", size=12, font="B")
    fill_column(paper, last + 1, 108, top=TOP + 20, letters=78)
    for page in range(1, last + 2):
        paper.center(page, 756, str(page))
    return paper
