"""Says which bytes of a file a request asks for. Pure."""

import re
from dataclasses import dataclass

SINGLE = re.compile(r"bytes\s*=\s*([0-9]{0,19})\s*-\s*([0-9]{0,19})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes from `start` up to, not including, `end`; empty when the request asks for none that are there."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Return how many bytes these are."""
        return self.end - self.start


NOTHING = ByteRange(0, 0)


def read_range(header: str, size: int) -> ByteRange | None:
    """Return the bytes that a Range header asks for of a file of `size` bytes (RFC 9110, 14.1).

    Return None for no header, another unit, several ranges or nonsense: the whole file is sent then. Return NOTHING when
    the range lies outside of the file, which is answered with 416.
    """
    found = SINGLE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        count = min(int(last), size)
        return ByteRange(size - count, size) if count else NOTHING
    start = int(first)
    if last and int(last) < start:
        return None
    return ByteRange(start, min(int(last) + 1, size) if last else size) if start < size else NOTHING


def is_range_wanted(if_range: str, etag: str) -> bool:
    """Tell whether a range still counts: without If-Range, or when it names this very content by a strong tag."""
    return not if_range or if_range.strip() == etag
