"""Photos that people hand in."""

import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import pytest
from PIL import Image

from papers.errors import Refusal
from program.photos import LONGEST_SIDE, MOST_BYTES, settle_photo


def draw(form: str = "JPEG", *, size: tuple[int, int] = (400, 300), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, options.pop("color", 90)).save(buffer, form, **options)
    return buffer.getvalue()


def read(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def make_png_header(width: int, height: int) -> bytes:
    """Return a PNG that announces a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_photo_becomes_a_small_jpeg(form: str) -> None:
    picture = read(settle_photo(draw(form, size=(2400, 1800))))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (LONGEST_SIDE, 900))


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "P"), ("PNG", "LA"), ("PNG", "RGBA"), ("PNG", "I;16"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")]
)
def test_odd_modes_are_drawn(form: str, mode: str) -> None:
    assert read(settle_photo(draw(form, mode=mode, color=0))).mode == "RGB"


def test_transparent_is_white() -> None:
    picture = read(settle_photo(draw("PNG", mode="RGBA", color=(0, 0, 0, 0))))
    assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_place_and_camera_are_taken_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SpyCam"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    content = draw(exif=exif, comment=b"taken at home")
    assert b"SpyCam" in content
    settled = settle_photo(content)
    assert (b"SpyCam" in settled, b"taken at home" in settled, dict(read(settled).getexif())) == (False, False, {})


def test_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert read(settle_photo(draw(exif=exif))).size == (300, 400)


def test_what_hides_behind_a_picture_is_gone() -> None:
    settled = settle_photo(draw("PNG") + b"PK\x03\x04<script>alert(1)</script>")
    assert (b"<script>" in settled, settled[:3]) == (False, b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The photo is empty. Choose it again."),
        (b"%PDF-1.7 no picture", "This is not a JPEG, PNG or WebP picture, whatever its name says."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a JPEG, PNG or WebP picture, whatever its name says."),
        (draw("GIF", mode="P"), "This is not a JPEG, PNG or WebP picture, whatever its name says."),
        (draw(size=(400, 199)), "The photo has 400 x 199 pixels; each side needs 200 to look well in print."),
        (draw(size=(2100, 200)), "The photo has 2100 x 200 pixels; that is no shape for a portrait."),
        (make_png_header(8000, 8000), "The photo has 8000 x 8000 pixels; it may have 50 million together."),
        (make_png_header(60_000, 60_000), "The photo has too many pixels; it may have 50 million."),
        (make_png_header(400, 300), "The photo is broken: it can't be read to its end. Save it anew and hand it in again."),
        (draw()[:900], "The photo is broken: it can't be read to its end. Save it anew and hand it in again."),
        (draw("WEBP")[:60], "The photo is broken: it can't be read to its end. Save it anew and hand it in again."),
        (b"\xff\xd8\xff" + b"\0" * MOST_BYTES, "The photo has 15.0 MB; it may have 15 MB."),
    ],
)
def test_bad_pictures_are_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        settle_photo(content)
    assert refusal.value.sentence == sentence


def test_pillow_waits_for_the_first_photo() -> None:
    code = "import django, sys; django.setup(); import syntagen.urls; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=120).returncode == 0
