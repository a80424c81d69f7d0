"""Checks pictures that are handed in as posters; a file in, findings out. Pure."""

from pathlib import Path

from papers.pdf_checks.findings import Finding, Severity

MOST_PIXELS = 150_000_000
FEWEST_PIXELS = 1_500  # on the longer side; less is blurred on a screen already
PICTURE_CODES = ("picture_too_large", "small_picture", "unreadable_picture")
FORMATS = ("PNG", "JPEG")


def check_picture(path: Path) -> tuple[Finding, ...]:
    """Check a PNG or JPEG by its header and, in PNG files, its checksums; nothing is decoded.

    Never raises for what is in the file.
    """
    from PIL import Image  # heavy: loads its plugins

    try:
        with Image.open(path, formats=FORMATS) as picture:
            width, height = picture.size
            picture.verify()
    except Image.DecompressionBombError:
        return (_find("picture_too_large", "block", "The picture has too many pixels.", "Save it with at most 12,000 pixels a side."),)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError, MemoryError):
        return (_find("unreadable_picture", "block", "The picture cannot be opened.", "Export it again as PNG, JPEG or PDF."),)
    if width * height > MOST_PIXELS:
        sentence = f"The picture has {width} x {height} pixels; {MOST_PIXELS // 1_000_000} million are allowed."
        return (_find("picture_too_large", "block", sentence, "Save it with at most 12,000 pixels a side."),)
    if max(width, height) < FEWEST_PIXELS:
        sentence = f"The picture has only {width} x {height} pixels; small letters will not be readable."
        return (_find("small_picture", "warn", sentence, f"Export it with {FEWEST_PIXELS} pixels or more on the longer side, or as PDF."),)
    return ()


def _find(code: str, severity: Severity, sentence: str, remedy: str) -> Finding:
    return Finding(code, severity, None, None, sentence, remedy)
