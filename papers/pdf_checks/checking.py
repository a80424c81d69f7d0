"""Runs all families of checks over one file, within one process."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2

from papers.pdf_checks.actions import check_actions
from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Finding
from papers.pdf_checks.fonts import check_body_font, check_fonts, list_fonts
from papers.pdf_checks.leftovers import check_leftovers
from papers.pdf_checks.length import check_length, read_length_facts
from papers.pdf_checks.margins import check_margins
from papers.pdf_checks.names import fold_letters, rate_title
from papers.pdf_checks.opening import Opened, open_pdf
from papers.pdf_checks.page_shapes import check_blank_pages, check_page_sizes, measure_page
from papers.pdf_checks.reading import read_pages
from papers.pdf_checks.remedies import make_finding, shorten
from papers.pdf_checks.review_marks import check_review_marks
from papers.pdf_checks.rules import Rules
from papers.pdf_checks.title_checks import check_front

Part = tuple[list[Finding], dict[str, Any]]


def check_file(path: Path, rules: Rules, *, title: str, authors: Sequence[str]) -> Iterator[Part]:
    """Yield findings and facts family by family, so that what is found survives what comes after."""
    opened = open_pdf(path, rules)
    yield opened.findings, opened.facts
    if opened.pdf is None or not opened.is_readable:
        return
    sizes = [list(measure_page(page)) for page in opened.pdf.pages]
    yield check_page_sizes(opened.pdf, rules), {"page_sizes": sizes}
    yield check_actions(opened.pdf, rules), {}
    yield from _check_content(path, opened, rules, title, authors)


def _check_content(path: Path, opened: Opened, rules: Rules, title: str, authors: Sequence[str]) -> Iterator[Part]:
    assert opened.pdf is not None
    fonts = list_fonts(opened.pdf)
    with pypdfium2.PdfDocument(path) as source:
        document = Document(tuple(read_pages(source)), rules)
    yield check_fonts(fonts, document), {"fonts": [font.as_json() for font in fonts]}
    yield check_blank_pages(document), {}
    if not document.has_text:
        yield [make_finding(rules, "no_text_layer")], {}
        return
    yield check_body_font(document, rules), _read_facts(document)
    yield check_length(document), dict(read_length_facts(document))
    marks = check_review_marks(document)
    yield marks, {}
    front = check_front(document, title, authors, marks)
    yield front, {}
    yield _check_docinfo(opened, rules, title, front), {}
    yield check_leftovers(document), {}
    yield check_margins(document), {}


def _read_facts(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "author_lines": [line.text for line in document.author_lines],
        "body_font": document.body_font,
        "body_size": document.body_size,
        "columns": 2 if document.is_two_columns else 1,
    }


def _check_docinfo(opened: Opened, rules: Rules, title: str, front: Sequence[Finding]) -> list[Finding]:
    """Find properties that name another title, when the printed one is right."""
    named = str(opened.facts.get("docinfo_title", ""))
    is_telling = len(named.split()) >= 3 and not any(finding.code == "title_mismatch" for finding in front)
    if not title or not is_telling or fold_letters(title) in fold_letters(named) or rate_title(title, named) >= 0.6:
        return []
    return [make_finding(rules, "docinfo_title", found=shorten(named))]
