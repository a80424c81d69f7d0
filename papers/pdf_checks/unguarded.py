"""The checks without a process of their own: quicker, and for files alone that we wrote ourselves."""

from collections.abc import Sequence
from pathlib import Path

from papers.pdf_checks.checking import check_file
from papers.pdf_checks.crops import draw_crop
from papers.pdf_checks.findings import Finding, Report, sort_findings
from papers.pdf_checks.rules import Rules


def check_unguarded(path: Path, rules: Rules, *, title: str = "", authors: Sequence[str] = ()) -> Report:
    """Return what the sandbox would say of a file."""
    parts = list(check_file(path, rules, title=title, authors=authors))
    findings = [finding for found, _ in parts for finding in found if finding.severity != "off"]
    return Report(sort_findings(findings), {name: fact for _, facts in parts for name, fact in facts.items()}, 0.0)


def crop_unguarded(path: Path, finding: Finding, *, rules: Rules) -> bytes:
    """Return the picture of a spot that the sandbox would draw."""
    return draw_crop(path, finding)
