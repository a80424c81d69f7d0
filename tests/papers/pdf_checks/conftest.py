"""Checks a paper in this process, which is quicker than in one of its own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from papers.pdf_checks.checking import check_file
from papers.pdf_checks.findings import Finding
from papers.pdf_checks.rules import RULES, Rules
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE, Paper, save

TWO_PAGES = replace(RULES["cvpr-full"], page_limit=2)
TWO_NEURIPS_PAGES = replace(RULES["neurips-full"], page_limit=2)
Check = Callable[..., list[Finding]]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that writes a paper, checks it, and returns what was found."""

    def run(
        paper: Paper | pikepdf.Pdf | bytes, *, rules: Rules = TWO_PAGES, title: str = TITLE, authors: Sequence[str] = AUTHORS
    ) -> list[Finding]:
        path = tmp_path / "paper.pdf"
        if isinstance(paper, bytes):
            path.write_bytes(paper)
        else:
            save(paper.build() if isinstance(paper, Paper) else paper, path)
        return [finding for findings, _ in check_file(path, rules, title=title, authors=authors) for finding in findings]

    return run


def list_codes(findings: Sequence[Finding]) -> list[str]:
    """Return the codes found, each once, in alphabetical order."""
    return sorted({finding.code for finding in findings})
