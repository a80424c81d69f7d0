"""Reads the words of a page with their places through PDFium."""

import ctypes
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium_c

from papers.pdf_checks.findings import Box

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

SPACES = frozenset((0x20, 0xA0, 0x09, 0x0A, 0x0D, 0x3000, 0x2009, 0x200A, 0x202F, 0x2002, 0x2003, 0))
BOLD_MARKS = ("bold", "black", "heavy", "-medi", "cmbx", "sfbx", "cmssbx", "rm-b", "demi", "semibold", "ecbx", "ptmb", "lmroman10-bold")
QUESTION_MARK = 0x3F
HYPHEN_AT_LINE_END = 0x02  # what PDFium puts where a word is broken


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is drawn: font name without its subset mark, fill color, text render mode."""

    font: str
    color: tuple[int, int, int, int]
    mode: int

    @property
    def is_bold(self) -> bool:
        """Return whether the font's name says bold."""
        name = self.font.lower()
        return any(mark in name for mark in BOLD_MARKS)


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a gap; `baseline` from the top of the page, `size` in points as printed.

    `style` is that of the first letter, of the question mark where there is one: LaTeX sets it bold between plain brackets.
    """

    text: str
    box: Box
    baseline: float
    size: float
    is_upright: bool
    style: Style


@dataclass(frozen=True)
class Page:
    """One page as read: `number` from 1, `width` and `height` of its visible part in points, `ink` a grey picture at 72 dpi."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    ink: Any

    @cached_property
    def text(self) -> str:
        """Return all words in the order they were written."""
        return " ".join(word.text for word in self.words)


def read_pages(document: "PdfDocument") -> list[Page]:
    """Read all pages, unturned: their words and their picture."""
    return [_read_page(document[index], index + 1) for index in range(len(document))]


def _read_page(page: "PdfPage", number: int) -> Page:
    page.set_rotation(0)
    left, top = _find_corner(page)
    text_page = page.get_textpage()
    words = tuple(_list_words(text_page, left, top))
    width, height = page.get_size()
    ink = page.render(scale=1, grayscale=True, may_draw_forms=False).to_pil()
    text_page.close()
    page.close()
    return Page(number, width, height, words, ink)


def _find_corner(page: "PdfPage") -> tuple[float, float]:
    """Return the top left corner of the page's visible part in the page's own coordinates."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    return max(media[0], crop[0]), min(media[3], crop[3])


@dataclass(frozen=True, slots=True)
class _Run:
    """What all letters of one text object share."""

    style: Style
    size: float
    is_upright: bool


class _Letters:
    """The letters of a text page, read one by one through C."""

    def __init__(self, text_page: "PdfTextPage") -> None:
        self.raw = text_page.raw
        self.count = pdfium_c.FPDFText_CountChars(text_page)
        self.runs: dict[int, _Run] = {}

    def run_at(self, index: int) -> _Run:
        """Return what the letter's text object says; asked once per object."""
        handle = pdfium_c.FPDFText_GetTextObject(self.raw, index)
        key = ctypes.addressof(handle.contents) if handle else -index - 1
        if key not in self.runs:
            self.runs[key] = _Run(_read_style(handle), *self._size_of(index))
        return self.runs[key]

    def _size_of(self, index: int) -> tuple[float, bool]:
        matrix = pdfium_c.FS_MATRIX()
        size = abs(pdfium_c.FPDFText_GetFontSize(self.raw, index)) or 1.0
        if not pdfium_c.FPDFText_GetMatrix(self.raw, index, matrix):
            return size, True
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        return size * scale, abs(matrix.b) < 0.1 * abs(matrix.a) and matrix.d > 0

    def make_word(self, first: int, codes: list[int], box: Box, top: float) -> Word:
        """Return the word that begins with letter `first`; `top` is the page's upper edge."""
        run, x, y = self.run_at(first), ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.raw, first, x, y)
        style = self.run_at(first + codes.index(QUESTION_MARK)).style if QUESTION_MARK in codes else run.style
        return Word("".join(map(_letter, codes)), box, top - y.value, run.size, run.is_upright, style)


def _read_style(handle: Any) -> Style:
    if not handle:
        return Style("", (0, 0, 0, 255), 0)
    font = pdfium_c.FPDFTextObj_GetFont(handle)
    buffer = ctypes.create_string_buffer(256)
    length = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 256) if font else 0
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
    channels = [ctypes.c_uint() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetFillColor(handle, *channels)
    red, green, blue, alpha = (channel.value for channel in channels)
    bare = name[7:] if len(name) > 7 and name[6] == "+" else name
    return Style(bare, (red, green, blue, alpha), pdfium_c.FPDFTextObj_GetTextRenderMode(handle))


@cache
def _letter(code: int) -> str:
    if code == HYPHEN_AT_LINE_END:
        return "-"
    return chr(code) if 0x1F < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _list_words(text_page: "PdfTextPage", left: float, top: float) -> list[Word]:
    """Gather letters until a gap; one loop, since it runs once per letter of the paper. `left`, `top`: corner of the visible page."""
    letters, words, rect = _Letters(text_page), [], pdfium_c.FS_RECTF()
    raw, reference = letters.raw, ctypes.byref(rect)
    get_code, get_box = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    codes: list[int] = []
    first, x0, y0, x1, y1 = 0, 0.0, 0.0, 0.0, 0.0
    for index in range(letters.count + 1):
        code = get_code(raw, index) if index < letters.count else 0
        is_space = code in SPACES
        if not is_space:
            get_box(raw, index, reference)
            bottom, top_edge, start, end = rect.bottom, rect.top, rect.left, rect.right
            is_apart = start - x1 > 0.3 * (top_edge - bottom) or start < x0 - 1 or abs(bottom - y0) > 3
        if codes and (is_space or is_apart):
            words.append(letters.make_word(first, codes, (x0 - left, top - y1, x1 - left, top - y0), top))
            codes = []
        if is_space:
            continue
        if codes:
            x0 = start if start < x0 else x0
            y0 = bottom if bottom < y0 else y0
            x1 = end if end > x1 else x1
            y1 = top_edge if top_edge > y1 else y1
        else:
            first, x0, y0, x1, y1 = index, start, bottom, end, top_edge
        codes.append(code)
    return words
