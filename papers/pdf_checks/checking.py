"""Runs all families of checks over one file, within one process."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from papers.pdf_checks.abstracts import read_abstract
from papers.pdf_checks.actions import check_actions
from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Finding
from papers.pdf_checks.fonts import Font, check_body_font, check_fonts, list_fonts
from papers.pdf_checks.leftovers import check_leftovers
from papers.pdf_checks.length import check_length, read_length_facts
from papers.pdf_checks.margins import check_margins
from papers.pdf_checks.names import fold_letters, rate_title
from papers.pdf_checks.opening import MALFORMED, Opened, open_pdf
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
    pdf, fonts = opened.pdf, list[Font]()
    for look in (_check_pages, _check_actions, partial(_check_fonts, fonts)):
        try:
            yield look(pdf, rules)
        except MALFORMED:
            yield [make_finding(rules, "damaged_structure")], {}
    try:
        with pypdfium2.PdfDocument(path) as source:
            document = Document(tuple(read_pages(source)), rules)
    except pypdfium2.PdfiumError:
        yield [make_finding(rules, "unreadable", why="its pages cannot be drawn")], {}
        return
    yield check_fonts(fonts, document), {}
    yield check_blank_pages(document), {}
    if document.has_text:
        yield from _check_content(document, opened, title, authors)
    else:
        yield [make_finding(rules, "no_text_layer")], {}


def _check_pages(pdf: pikepdf.Pdf, rules: Rules) -> Part:
    return check_page_sizes(pdf, rules), {"page_sizes": [list(measure_page(page)) for page in pdf.pages]}


def _check_actions(pdf: pikepdf.Pdf, rules: Rules) -> Part:
    return check_actions(pdf, rules), {}


def _check_fonts(fonts: list[Font], pdf: pikepdf.Pdf, _: Rules) -> Part:
    fonts += list_fonts(pdf)
    return [], {"fonts": [font.as_json() for font in fonts]}


def _check_content(document: Document, opened: Opened, title: str, authors: Sequence[str]) -> Iterator[Part]:
    yield check_body_font(document, document.rules), _read_facts(document)
    yield check_length(document), dict(read_length_facts(document))
    marks = check_review_marks(document)
    yield marks, {}
    front = check_front(document, title, authors, marks)
    yield front, {}
    yield _check_docinfo(opened, document.rules, title, front), {}
    yield check_leftovers(document), {}
    yield check_margins(document), {}


def _read_facts(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "title_key": fold_letters(document.title),
        "author_lines": [line.text for line in document.author_lines],
        "abstract": read_abstract(document),
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
