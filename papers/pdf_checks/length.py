"""Checks how long the body is, whether references are there, whether they come last."""

import re
from collections.abc import Sequence

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.layout import Line, join_boxes
from papers.pdf_checks.margins import find_ink
from papers.pdf_checks.references import (
    BACK_MATTER,
    NUMBERED,
    SOURCE,
    YEAR,
    Place,
    find_body_end,
    find_reference_size,
    find_references,
    squeeze_capitals,
)
from papers.pdf_checks.remedies import make_finding, shorten

CAPTION = re.compile(r"(?:Figure|Fig\.|Table|Algorithm|Listing)\s+(?:[A-Z]\.?)?\d+\s*[.:]", re.IGNORECASE)
SECTION = re.compile(r"(?:[A-Z]|\d{1,2}|[IVX]{1,4})(?:\.\d{1,2})*\.?\s+[A-Z]\w.*")
WORDED = re.compile(
    r"(?:appendix|appendices|supplement|acknowledge?ment|author contribution|broader impact|ethic|limitation)", re.IGNORECASE
)
FEWEST_FOREIGN = 5  # lines in a row, in larger letters than the references
ENTRY_WIDTH = 12
LARGER = 0.7  # points, than the letters of references
MUCH_LARGER = 1.8
LEAST_PICTURE = 72.0  # points in height; what is lower may be the end of an entry


def check_length(document: Document) -> list[Finding]:
    """Find a body beyond the limit, missing references, and other things after them."""
    references = find_references(document)
    findings = [] if references else [make_finding(document.rules, "missing_references")]
    end = find_body_end(document, references)
    if end is not None and end.line.page > document.rules.page_limit:
        findings.append(_find_over_length(document, end))
    if references is not None and document.rules.are_references_last:
        findings += _find_foreign(document, references)
    return findings


def read_length_facts(document: Document) -> dict[str, int | float | None]:
    """Return on which pages the body ends and the references begin, with their height from the top."""
    references = find_references(document)
    end = find_body_end(document, references)
    return {
        "body_pages": end.line.page if end else 0,
        "references_page": references.line.page if references else None,
        "references_top": round(references.line.box[1], 1) if references else None,
    }


def _find_over_length(document: Document, end: Place) -> Finding:
    limit = document.rules.page_limit
    over = [line for line in document.all_lines[: end.index + 1] if line.page > limit]
    count = f"; {len(over)} line{'s are' if len(over) != 1 else ' is'} over" if end.line.page == limit + 1 else ""
    page, box = end.line.page, join_boxes(line.box for line in over if line.page == end.line.page)
    allowed = f"{limit} pages are allowed" if limit != 1 else "1 page is allowed"
    return make_finding(document.rules, "over_length", page=page, box=box, limit=limit, allowed=allowed, lines=count)


def _find_foreign(document: Document, references: Place) -> list[Finding]:
    """Find the first thing after the references that is none: a heading, a caption, a paragraph in larger letters."""
    size = find_reference_size(document, references)
    following = document.all_lines[references.index + 1 :]
    for index, line in enumerate(following):
        what = _name_heading(document, line, size) or _name_paragraph(following[index : index + FEWEST_FOREIGN], size)
        if not what and line.page > document.rules.page_limit:
            what = _name_caption(line)  # within the limit a float may land beside or after the first references
        if what:
            return [make_finding(document.rules, "content_after_refs", page=line.page, box=line.box, what=what)]
    return _find_foreign_page(document, references)


def _name_heading(document: Document, line: Line, size: float) -> str:
    """Name a heading; within the page limit only one that begins where a column does, since bold words stand in figures too."""
    text = squeeze_capitals(line.text)
    is_larger = line.size >= size + LARGER
    is_placed = line.page > document.rules.page_limit or any(abs(line.box[0] - left) < 3 for left in document.column_lefts)
    is_section = line.is_bold and is_larger and (SECTION.fullmatch(text) or WORDED.match(text))
    is_banner = line.is_bold and line.size >= size + MUCH_LARGER and len(text) > 3
    if (is_placed and (is_section or is_banner)) or ((line.is_bold or is_larger) and BACK_MATTER.fullmatch(text)):
        return f"the heading \u201c{shorten(line.text)}\u201d"
    return ""


def _name_caption(line: Line) -> str:
    return f"\u201c{shorten(line.text, 50)}\u201d" if CAPTION.match(line.text) else ""


def _name_paragraph(lines: Sequence[Line], size: float) -> str:
    """Name a paragraph of running text in larger letters than the references have."""
    if len(lines) < FEWEST_FOREIGN or any(line.size < size + LARGER or len(line.text) < ENTRY_WIDTH for line in lines):
        return ""
    lefts = sorted(line.box[0] for line in lines)
    if lefts[-2] - lefts[0] > 2 or sum(1 for line in lines if _is_like_entry(line)) > 1:
        return ""
    return f"a paragraph that begins \u201c{shorten(lines[0].text, 50)}\u201d"


def _is_like_entry(line: Line) -> bool:
    return any(pattern.search(line.text) for pattern in (NUMBERED, YEAR, SOURCE))


def _find_foreign_page(document: Document, references: Place) -> list[Finding]:
    """Find a page after the references on which hardly a line looks like one, or a last one with nothing but pictures or code."""
    following = list(enumerate(document.lines))[references.line.page :]
    for index, lines in following:
        long_lines = [line for line in lines if len(line.text) >= ENTRY_WIDTH]
        is_text = len(long_lines) >= 12 and sum(1 for line in long_lines if _is_like_entry(line)) < 0.1 * len(long_lines)
        is_last = not any(_is_like_entry(line) for other, others in following if other >= index for line in others)
        if is_text:
            return [_find_page(document, index + 1, long_lines[0].box)]
        ink = find_ink(document.pages[index].ink, document.print_area(document.pages[index])) if is_last else None
        if ink is not None and ink[3] - ink[1] > LEAST_PICTURE and index + 1 > document.rules.page_limit:
            return [_find_page(document, index + 1, ink)]
    return []


def _find_page(document: Document, number: int, box: Box) -> Finding:
    return make_finding(document.rules, "content_after_refs", page=number, box=box, what="a page without references")
