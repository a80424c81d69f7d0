"""Pictures of people as they came from cameras, made small and harmless: bytes in, bytes out."""

import io
from typing import TYPE_CHECKING

from papers.errors import Refusal

if TYPE_CHECKING:
    from PIL.Image import Image

MEGABYTE = 1024 * 1024
MOST_BYTES = 15 * MEGABYTE
MOST_PIXELS = 50_000_000
SHORTEST_SIDE, LONGEST_SIDE = 200, 1200
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 88
MEDIA_TYPE = "image/jpeg"
WHITE = (255, 255, 255)


def settle_photo(content: bytes) -> bytes:
    """Return a photo as a JPEG without metadata, upright, its longer side at most 1200 pixels.

    The picture is decoded and drawn anew, so nothing that came along in its file stays. Refuses what is no JPEG, PNG or WebP,
    what is broken, too small, or too large; sizes are looked at before a pixel is decoded.
    """
    # Pillow costs a tenth of a second to load; only who hands a photo in pays for it.
    from PIL import Image, UnidentifiedImageError

    if not content:
        raise Refusal("The photo is empty. Choose it again.")
    if len(content) > MOST_BYTES:
        raise Refusal(f"The photo has {len(content) / MEGABYTE:.1f} MB; it may have {MOST_BYTES // MEGABYTE} MB.")
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _refuse_size(picture)
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEGs are decoded at a smaller scale where that is enough
            return _write(_draw(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(f"The photo has too many pixels; it may have {MOST_PIXELS // 1_000_000} million.") from error
    except UnidentifiedImageError as error:
        raise Refusal("This is not a JPEG, PNG or WebP picture, whatever its name says.") from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError, IndexError, TypeError, ZeroDivisionError) as error:
        raise Refusal("The photo is broken: it can't be read to its end. Save it anew and hand it in again.") from error


def _refuse_size(picture: "Image") -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Refusal(f"The photo has {width} x {height} pixels; it may have {MOST_PIXELS // 1_000_000} million together.")
    if min(width, height) < SHORTEST_SIDE:
        raise Refusal(f"The photo has {width} x {height} pixels; each side needs {SHORTEST_SIDE} to look well in print.")
    if max(width, height) > 10 * min(width, height):
        raise Refusal(f"The photo has {width} x {height} pixels; that is no shape for a portrait.")


def _draw(picture: "Image") -> "Image":
    """Return the first frame upright, small, in plain colors; what is transparent becomes white."""
    from PIL import Image, ImageOps

    picture.load()
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        upright = upright.point(lambda value: value / 256).convert("L")
    if upright.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        drawn = Image.new("RGB", clear.size, WHITE)
        drawn.paste(clear, mask=clear.getchannel("A"))
    else:
        drawn = upright.convert("RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return drawn


def _write(picture: "Image") -> bytes:
    from PIL import Image

    bare = Image.new("RGB", picture.size)
    bare.paste(picture)  # a new picture has no metadata to write
    buffer = io.BytesIO()
    bare.save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return buffer.getvalue()
