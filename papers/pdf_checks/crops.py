"""Draws the spot of a finding: a piece of the page with a frame around what is meant."""

import io
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from papers.pdf_checks.findings import Box, Finding

SCALE = 2.0
SURROUNDINGS = 60.0  # points around the spot
FRAME = (200, 30, 30)
LONGEST_SIDE = 2000


def draw_crop(path: Path, finding: Finding) -> bytes:
    """Return a PNG of the finding's page, cut to its spot with a frame; the whole page when it has no spot."""
    with pypdfium2.PdfDocument(path) as document:
        page = document[min(max(finding.page or 1, 1), len(document)) - 1]
        page.set_rotation(0)
        width, height = page.get_size()
        scale = min(SCALE, LONGEST_SIDE / max(width, height, 1.0))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    if finding.box is not None:
        left, top, right, bottom = (value * scale for value in finding.box)
        ImageDraw.Draw(picture).rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=FRAME, width=2)
        picture = picture.crop(_surround(finding.box, width, height, scale))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _surround(box: Box, width: float, height: float, scale: float) -> tuple[int, int, int, int]:
    """Return what to cut out in pixels: the spot with its surroundings, within the page, never empty."""
    left, top = max(0.0, min(box[0], width - 1) - SURROUNDINGS), max(0.0, min(box[1], height - 1) - SURROUNDINGS)
    right, bottom = min(width, max(box[2], 1.0) + SURROUNDINGS), min(height, max(box[3], 1.0) + SURROUNDINGS)
    return (
        int(left * scale),
        int(top * scale),
        max(int(right * scale), int(left * scale) + 1),
        max(int(bottom * scale), int(top * scale) + 1),
    )
