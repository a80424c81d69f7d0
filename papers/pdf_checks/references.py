"""Finds where the reference list begins, where the body ends, what stands after the references."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from papers.pdf_checks.document import Document
from papers.pdf_checks.layout import Line, find_main_size

NUMBERING = r"(?:(?:\d{1,2}|[A-Z]|[IVX]{1,4})\.?\s+)?"
HEADING = re.compile(rf"{NUMBERING}(?:references?|bibliography|literature cited|works cited|references and notes)\s*[:.]?", re.IGNORECASE)
BACK_MATTER = re.compile(
    rf"{NUMBERING}(?:acknowledge?ments?(?: and disclosure of funding)?|appendix|appendices|supplementary materials?)\s*[:.]?(?: .*)?",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\[\d{1,3}\]")
LABELED = re.compile(r"\[[A-Za-z+\d]{2,12}\]")
YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
SOURCE = re.compile(r"et al\b|arXiv|\bpp\.|\bIn Proc|Proceedings|Conference|Journal|Press\b|Transactions|doi", re.IGNORECASE)
LOOKED_AT = 40
FEWEST_ENTRIES = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A line by its place among all lines of the paper."""

    index: int
    line: Line


def find_references(document: Document) -> Place | None:
    """Find the heading of the main reference list: a whole line, followed by references, bold or large ones first."""
    lines = document.all_lines
    candidates = [
        Place(index, line)
        for index, line in enumerate(lines)
        if HEADING.fullmatch(squeeze_capitals(line.text)) and is_reference_text(lines[index + 1 : index + 1 + LOOKED_AT])
    ]
    strong = [place for place in candidates if place.line.is_bold or place.line.size > document.body_size + 0.5]
    return next(iter(strong or candidates), None) or _find_bare_list(document)


def _find_bare_list(document: Document) -> Place | None:
    """Find a numbered list of references without a heading."""
    lines = document.all_lines
    for index, line in enumerate(lines):
        if re.match(r"\[1\]\s+\S", line.text) and is_reference_text(lines[index : index + LOOKED_AT]):
            following = [other for other in lines[index:] if NUMBERED.match(other.text)]
            if len(following) >= FEWEST_ENTRIES:
                return Place(index, line)
    return None


def squeeze_capitals(text: str) -> str:
    """Return text with the gaps of small capitals closed: `R EFERENCES` becomes `REFERENCES`."""
    return re.sub(r"\b([A-Z]) (?=[A-Z]{2,})", r"\1", text)


def is_reference_text(lines: Sequence[Line]) -> bool:
    """Tell whether lines look like references: numbered or labeled entries with years, or years with sources."""
    years = sum(1 for line in lines if YEAR.search(line.text))
    numbered = sum(1 for line in lines if NUMBERED.match(line.text) or LABELED.match(line.text) or re.match(r"\d{1,3}\.\s", line.text))
    sources = sum(1 for line in lines if SOURCE.search(line.text))
    return years >= 1 and (numbered >= 1 or (years >= 2 and sources >= 1) or years >= 4)


def find_body_end(document: Document, references: Place | None) -> Place | None:
    """Find the last line of the body: before the references and, where the rules say so, before other back matter."""
    lines = document.all_lines
    end = len(lines) if references is None else references.index
    if document.rules.has_free_back_matter:
        end = next((index for index, line in enumerate(lines[:end]) if is_back_matter(document, line)), end)
    return Place(end - 1, lines[end - 1]) if end else None


def is_back_matter(document: Document, line: Line) -> bool:
    """Tell whether a line heads acknowledgments or an appendix."""
    is_heading = line.is_bold or line.size > document.body_size + 0.8
    return is_heading and line.page > 1 and BACK_MATTER.fullmatch(squeeze_capitals(line.text)) is not None


def find_reference_size(document: Document, references: Place) -> float:
    """Return the size of the letters of the first references."""
    following = document.all_lines[references.index + 1 : references.index + 31]
    return find_main_size(word for line in following for word in line.words) or document.body_size
