"""Checks the shape of pages: size, turn, emptiness."""

from typing import Any

import pikepdf

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Finding
from papers.pdf_checks.remedies import make_finding
from papers.pdf_checks.rules import LETTER, Rules

TOLERANCE = 1.0
CLASS_OPTIONS = {"letterpaper": LETTER, "a4paper": (595.3, 841.9), "a5paper": (419.5, 595.3)}
DARKEST_BLANK = 250


def measure_page(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height of a page's visible part in points: crop box within media box, times its unit."""
    media = [float(value) for value in page.mediabox]
    crop = [float(value) for value in page.cropbox]
    unit = float(page.obj.get("/UserUnit", 1))
    left, bottom = max(min(media[0], media[2]), min(crop[0], crop[2])), max(min(media[1], media[3]), min(crop[1], crop[3]))
    right, top = min(max(media[0], media[2]), max(crop[0], crop[2])), min(max(media[1], media[3]), max(crop[1], crop[3]))
    return round((right - left) * unit, 3), round((top - bottom) * unit, 3)


def check_page_sizes(pdf: pikepdf.Pdf, rules: Rules) -> list[Finding]:
    """Find the first page of another size, with how many others there are, and every turned page."""
    findings = []
    sizes = [measure_page(page) for page in pdf.pages]
    wrong = [number for number, size in enumerate(sizes, start=1) if not _is_alike(size, rules.paper_size)]
    if wrong:
        width, height = sizes[wrong[0] - 1]
        others = f"; {len(wrong) - 1} more pages differ" if len(wrong) > 1 else ""
        paper = f"{rules.paper_size[0]:.0f} x {rules.paper_size[1]:.0f}"
        option = next((name for name, size in CLASS_OPTIONS.items() if _is_alike(size, rules.paper_size)), "")
        use = f"Use `\\documentclass[{option}]{{...}}` with" if option else "Use"
        said: dict[str, Any] = {"width": width, "height": height, "paper": paper, "others": others, "use": use}
        findings.append(make_finding(rules, "page_size", page=wrong[0], **said))
    for number, page in enumerate(pdf.pages, start=1):
        angle = _read_rotation(page)
        if angle:
            findings.append(make_finding(rules, "page_rotation", page=number, angle=angle))
    return findings


def _is_alike(size: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return all(abs(side - other) <= TOLERANCE for side, other in zip(size, wanted, strict=True))


def _read_rotation(page: pikepdf.Page) -> int:
    """Return by how many degrees a page is turned; the value may be inherited."""
    node: pikepdf.Object = page.obj
    for _ in range(50):
        if "/Rotate" in node:
            return int(node["/Rotate"]) % 360
        if "/Parent" not in node:
            return 0
        node = node["/Parent"]
    return 0


def check_blank_pages(document: Document) -> list[Finding]:
    """Find pages without any ink."""
    return [
        make_finding(document.rules, "blank_page", page=page.number) for page in document.pages if page.ink.getextrema()[0] >= DARKEST_BLANK
    ]
