"""Broken files never break the checker: it says what it found, in this process as well as in its own."""

from pathlib import Path

import pytest

from papers.pdf_checks.sandbox import check_pdf
from tests.papers.pdf_checks.conftest import TWO_PAGES
from tests.papers.pdf_checks.mutations import MUTATIONS, mutate
from tests.papers.pdf_checks.paper_writer import make_paper, save


@pytest.mark.parametrize("seed", range(len(MUTATIONS)))
def test_broken_file_gives_a_report(tmp_path: Path, seed: int) -> None:
    path = save(make_paper().build(), tmp_path / "paper.pdf")
    path.write_bytes(mutate(path.read_bytes(), seed))
    report = check_pdf(path, TWO_PAGES)
    assert report.seconds < TWO_PAGES.limits.seconds
    assert not [finding for finding in report.findings if "broke the checker" in finding.message]


def test_a_seed_breaks_a_file_the_same_way_each_time() -> None:
    content = b"%PDF-1.5 " + bytes(range(256)) * 20
    assert [mutate(content, seed) for seed in range(8)] == [mutate(content, seed) for seed in range(8)]
