"""Checks that ink keeps to the print area, by looking at the drawn page."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from papers.pdf_checks.document import Document
from papers.pdf_checks.findings import Box, Finding
from papers.pdf_checks.layout import LONG_LINE, Line
from papers.pdf_checks.reading import Page
from papers.pdf_checks.remedies import make_finding
from papers.pdf_checks.review_marks import CONFIDENTIAL, list_page_numbers

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE_TOLERANCE = 4.0
FOOT_TOLERANCE = 8.0  # descenders of the last line
DARK = 230
FEWEST_DARK = 8
OLD_TEMPLATE_TOLERANCE = 2.0
PUBLISHER = re.compile(
    r"open access version|except for this watermark|final published version|\u00a9|copyright|\bIEEE\b|\bACM\b|97[89]-"
    r"|authorized licensed use|conference|workshop",
    re.IGNORECASE,
)


def check_margins(document: Document) -> list[Finding]:
    """Find text that begins where older kits begin it, and ink outside the print area."""
    shift = find_old_shift(document)
    findings = []
    if shift:
        wanted = document.rules.print_area[0]
        findings.append(make_finding(document.rules, "old_template", page=1, left=wanted - shift, wanted=wanted))
    masks = _list_masks(document)
    for page in document.pages:
        if abs(page.width - document.rules.paper_size[0]) <= 1 and abs(page.height - document.rules.paper_size[1]) <= 1:
            findings += _check_page(document, page, masks.get(page.number, []), shift)
    return findings


def find_old_shift(document: Document) -> float:
    """Return by how much the text begins further left than this year's kit has it, when it begins where old kits do."""
    old, wanted = document.rules.old_text_left, document.rules.print_area[0]
    if old is None:
        return 0.0
    lefts = Counter(round(line.box[0]) for line in document.all_lines if len(line.text) >= LONG_LINE and line.box[0] < document.middle - 60)
    if not lefts:
        return 0.0
    left = lefts.most_common(1)[0][0]
    return wanted - old if abs(left - old) <= OLD_TEMPLATE_TOLERANCE else 0.0


def _list_masks(document: Document) -> dict[int, list[Box]]:
    """List what may stand outside the print area, or is reported as something else: numbers, running heads, notices."""
    masks: dict[int, list[Box]] = {page.number: [] for page in document.pages}
    for page in document.pages:
        masks[page.number] += [word.box for word in page.words if any(ruler.holds(word) for ruler in document.rulers)]
    for line in list_page_numbers(document):
        masks[line.page].append(line.box)
    texts = Counter(text for lines in document.band_lines for text in {_strip_digits(line) for line in lines})
    for page, lines in zip(document.pages, document.band_lines, strict=True):
        is_marked = any(CONFIDENTIAL.search(line.text) for line in lines)
        for line in lines:
            is_notice = page.number == 1 and line.box[1] > page.height / 2
            if is_marked or texts[_strip_digits(line)] > 1 or is_notice or PUBLISHER.search(line.text) or line.text.isdigit():
                masks[page.number].append(line.box)
    return masks


def _strip_digits(line: Line) -> str:
    return "".join(character for character in line.text if not character.isdigit())


def _check_page(document: Document, page: Page, masks: list[Box], shift: float) -> list[Finding]:
    picture = page.ink.copy()
    for left, top, right, bottom in masks:
        picture.paste(255, (max(0, int(left) - 2), max(0, int(top) - 2), int(right) + 3, int(bottom) + 3))
    left, top, right, bottom = document.print_area(page)
    strips = {
        "left": (0.0, 0.0, left - shift - SIDE_TOLERANCE, page.height),
        "right": (right - shift + SIDE_TOLERANCE, 0.0, page.width, page.height),
        "top": (left, 0.0, right, top - SIDE_TOLERANCE),
        "bottom": (left, bottom + FOOT_TOLERANCE, right, page.height),
    }
    found: list[tuple[float, str, Box]] = []
    for side, strip in strips.items():
        ink = find_ink(picture, strip)
        if ink is not None:
            reach = {"left": left - shift - ink[0], "right": ink[2] - right + shift, "top": top - ink[1], "bottom": ink[3] - bottom}[side]
            found.append((reach, side, ink))
    if not found:
        return []
    reach, side, ink = max(found)
    return [make_finding(document.rules, "margin_overflow", page=page.number, box=ink, side=side, reach=reach)]


def find_ink(picture: "Image", strip: Box) -> Box | None:
    """Return the box around visible ink in a part of the page; specks are none."""
    corner = (round(strip[0]), round(strip[1]), round(strip[2]), round(strip[3]))
    dark = picture.crop(corner).point([255 if value < DARK else 0 for value in range(256)])
    box = dark.getbbox()
    if box is None or dark.histogram()[255] < FEWEST_DARK:
        return None
    return float(box[0] + corner[0]), float(box[1] + corner[1]), float(box[2] + corner[0]), float(box[3] + corner[1])
