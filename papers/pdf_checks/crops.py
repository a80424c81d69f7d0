"""Draws the spot of a finding: a piece of the page with a frame around what is meant."""

import io
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from papers.pdf_checks.findings import Box, Finding

SCALE = 2.0
SURROUNDINGS = 40.0  # points around the spot
LEAST_WIDTH = 300.0
MOST_HEIGHT = 220.0
FRAME = (200, 30, 30)
EDGE = (190, 190, 190)
LONGEST_SIDE = 2000


def draw_crop(path: Path, finding: Finding) -> bytes:
    """Return a PNG of the finding's page, cut to its spot with a frame; the whole page when it has no spot."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[min(max(finding.page or 1, 1), len(document)) - 1]
        page.set_rotation(0)
        width, height = page.get_size()
        scale = min(SCALE, LONGEST_SIDE / max(width, height, 1.0))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    brush = ImageDraw.Draw(picture)
    brush.rectangle((0, 0, picture.width - 1, picture.height - 1), outline=EDGE, width=2)
    if finding.box is not None:
        brush.rectangle(_frame(finding.box, picture.size, scale), outline=FRAME, width=3)
        picture = picture.crop(_surround(finding.box, width, height, scale))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _frame(box: Box, size: tuple[int, int], scale: float) -> tuple[float, float, float, float]:
    """Return the frame around a spot in pixels, whole on the picture even where the spot leaves the page."""
    left, top = (min(max(1.0, value * scale - 3), side - 8.0) for value, side in zip(box[:2], size, strict=True))
    right, bottom = (max(min(value * scale + 3, side - 2.0), 8.0) for value, side in zip(box[2:], size, strict=True))
    return left, top, max(left, right), max(top, bottom)


def _surround(box: Box, width: float, height: float, scale: float) -> tuple[int, int, int, int]:
    """Return what to cut out in pixels: the spot with its surroundings, within the page, never empty.

    So wide that words around it can be read; of a tall spot the upper part, since all of it would be too small to see.
    """
    left, right = _stretch(box[0] - SURROUNDINGS, box[2] + SURROUNDINGS, least=LEAST_WIDTH, most=width, within=width)
    top, bottom = _stretch(box[1] - SURROUNDINGS, box[3] + SURROUNDINGS, least=1.0, most=MOST_HEIGHT, within=height)
    return (
        int(left * scale),
        int(top * scale),
        max(int(right * scale), int(left * scale) + 1),
        max(int(bottom * scale), int(top * scale) + 1),
    )


def _stretch(start: float, end: float, *, least: float, most: float, within: float) -> tuple[float, float]:
    """Return a stretch at least and at most so long, moved into the page."""
    missing = max(0.0, least - (end - start)) / 2
    start, end = max(0.0, min(start - missing, within - 1)), min(within, max(end + missing, 1.0))
    if end - start < least:
        start, end = max(0.0, end - least), min(within, start + least)
    return start, min(end, start + most)
