"""Checks for what only a submission under review may show: line numbers, notices, anonymous authors."""

import re
from collections import Counter
from collections.abc import Sequence

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Finding
from papers.pdf_checks.layout import Line, join_boxes, make_lines
from papers.pdf_checks.remedies import make_finding, shorten
from papers.pdf_checks.rulers import PAGE_NUMBER, drop_rulers, read_page_number

CONFIDENTIAL = re.compile(
    r"confidential review copy|do not distribute|submitted to\b|under (?:double-blind )?review (?:as|at|by|for)|submission #|^#\d+\b"
    r"|^paper id #?\d",
    re.IGNORECASE,
)
PREPRINT = re.compile(r"preprint\b", re.IGNORECASE)
ANONYMOUS = re.compile(
    r"anonymous\s+(?:[\w\-/]+\s+){0,3}(?:submission|authors?\b|authors?\(s\))|anonymi[sz]ed\s+(?:for|authors?)|anonymous$"
    r"|(?:first|second|third|fourth) \w\. anonymous\b"
    r"|authors?(?: names?)? (?:withheld|hidden|omitted|removed|blinded)",
    re.IGNORECASE,
)
PAPER_ID = re.compile(r"(?:paper|submission)\s+(?:id|number|no\.?)\s*[:#]?\s*[\d*#x]|(?:paper|submission)\s*#\s*\d", re.IGNORECASE)
PLACEHOLDERS = re.compile(
    r"(?:first|second|third|fourth)(?: \w\.)? author\b|author (?:one|two|name)\b|(?:first|second)author@|institution ?1\b"
    r"|institute of author|david s\. hippocampus|elias d\. striatum|antiquus s\. hippocampus|natalia cerebro|coauthor\b"
    r"|firstname lastname|first last\b|given name|(?:john|jane) doe\b",
    re.IGNORECASE,
)
REBUTTAL = re.compile(r"author response|rebuttal\b|response to (?:the )?reviewer", re.IGNORECASE)
THANKS = re.compile(r"we (?:sincerely |would like to )?thank (?:all |the |our )*(?:anonymous )?reviewers", re.IGNORECASE)
CENTERED = 20.0
MOST_REBUTTAL_PAGES = 2


def check_review_marks(document: Document) -> list[Finding]:
    """Find everything that the camera-ready mode of a style file leaves out."""
    return [
        *_find_line_numbers(document),
        *_find_notices(document),
        *_find_page_numbers(document),
        *_find_author_marks(document),
        *_find_rebuttal(document),
    ]


def _find_line_numbers(document: Document) -> list[Finding]:
    for page in document.pages:
        numbers = [word.box for word in page.words if any(ruler.holds(word) for ruler in document.rulers[:1])]
        if numbers:
            return [make_finding(document.rules, "line_numbers", page=page.number, box=join_boxes(numbers))]
    return []


def _find_notices(document: Document) -> list[Finding]:
    """Find notices above the text of any page and below that of the first."""
    findings: dict[str, Finding] = {}
    for page, lines in zip(document.pages, document.band_lines, strict=True):
        for line in lines:
            is_head = line.box[1] < page.height / 2
            if (is_head or page.number == 1) and CONFIDENTIAL.search(line.text):
                found = make_finding(document.rules, "review_header", page=page.number, box=line.box, text=shorten(line.text))
                findings.setdefault("review_header", found)
            elif page.number == 1 and not is_head and PREPRINT.match(line.text):
                found = make_finding(document.rules, "preprint_mode", page=1, box=line.box, text=shorten(line.text))
                findings.setdefault("preprint_mode", found)
    return list(findings.values())


def list_page_numbers(document: Document) -> list[Line]:
    """List the printed page numbers: counting up on several pages, the same on all, or one in the middle below the text."""
    candidates = [line for page_index in range(len(document.pages)) for line in _list_numbers(document, page_index)]
    offsets = Counter(offset for offset, _ in {(read_page_number(line.text) - line.page, line.page) for line in candidates})
    values = Counter(value for value, _ in {(read_page_number(line.text), line.page) for line in candidates})
    fewest = max(2, len(document.pages) // 2)
    return [
        line
        for line in candidates
        if offsets[read_page_number(line.text) - line.page] >= fewest
        or values[read_page_number(line.text)] >= max(3, fewest)
        or (_is_centered(document, line) and read_page_number(line.text) == line.page)
    ]


def _list_numbers(document: Document, page_index: int) -> list[Line]:
    """List the lines of a page that are a number, above or below all its text."""
    page = document.pages[page_index]
    lines = list(document.band_lines[page_index])
    rows = make_lines(page.number, drop_rulers(page.words, document.rulers))
    if rows:
        lowest = max(rows, key=lambda line: line.box[1])
        lines += [] if lowest in lines else [lowest]
    return [line for line in lines if PAGE_NUMBER.fullmatch(line.text)]


def _is_centered(document: Document, line: Line) -> bool:
    page = document.pages[line.page - 1]
    center = (line.box[0] + line.box[2]) / 2
    return line.box[1] > document.print_area(page)[3] and min(abs(center - page.width / 2), abs(center - document.middle)) < CENTERED


def _find_page_numbers(document: Document) -> list[Finding]:
    numbers = [] if document.rules.allows_page_numbers else list_page_numbers(document)
    return [make_finding(document.rules, "page_numbers", page=line.page, box=line.box) for line in numbers[:1]]


def _find_author_marks(document: Document) -> list[Finding]:
    findings: dict[str, Finding] = {}
    for line in document.author_lines:
        for code, pattern in (("anonymous_authors", ANONYMOUS), ("paper_id", PAPER_ID), ("placeholder_authors", PLACEHOLDERS)):
            if pattern.match(line.text):
                findings.setdefault(code, make_finding(document.rules, code, page=1, box=line.box, text=shorten(line.text)))
    return list(findings.values())


def _find_rebuttal(document: Document) -> list[Finding]:
    opening = " ".join(line.text for line in document.title_block[:6])
    is_short = len(document.pages) <= MOST_REBUTTAL_PAGES and document.abstract is None
    has_thanks = is_short and any(THANKS.search(line.text) for line in _first_lines(document))
    is_under_review = is_short and bool(document.rulers) and not document.author_lines
    if is_under_review or (is_short and REBUTTAL.search(opening)) or has_thanks or "guidelines for author response" in opening.lower():
        return [make_finding(document.rules, "rebuttal_document", page=1)]
    return []


def _first_lines(document: Document) -> Sequence[Line]:
    return document.lines[0][:20] if document.lines else ()
