"""Pictures that are handed in as posters are looked at by their headers."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from papers.picture_checks import check_picture


def draw(file_format: str, *, side: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1" if file_format == "PNG" else "L", (side, 10)).save(stream, file_format)
    return stream.getvalue()


def claim_size(content: bytes, width: int, height: int) -> bytes:
    """Return a PNG whose header claims another size, its checksum right."""
    header = b"IHDR" + struct.pack(">II", width, height) + content[24:29]
    return content[:12] + header + struct.pack(">I", zlib.crc32(header)) + content[33:]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (draw("PNG", side=1500), []),
        (draw("JPEG", side=1500), []),
        (draw("PNG", side=1499), ["small_picture"]),
        (draw("PNG", side=1500)[:60], ["unreadable_picture"]),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, ["unreadable_picture"]),
        (b"\xff\xd8\xff", ["unreadable_picture"]),
        (draw("GIF", side=1500), ["unreadable_picture"]),
        (claim_size(draw("PNG", side=1500), 15_001, 10_000), ["picture_too_large"]),
        (claim_size(draw("PNG", side=1500), 100_000, 100_000), ["picture_too_large"]),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_pictures_are_looked_at(tmp_path: Path, content: bytes, codes: list[str]) -> None:
    path = tmp_path / "poster"
    path.write_bytes(content)
    assert [finding.code for finding in check_picture(path)] == codes
