"""Writes ZIP files piece by piece: their length is known before, nothing is kept in memory or on disk."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from papers.errors import Refusal

MOMENT = (1980, 1, 1, 0, 0, 0)  # of every member, so that the same contents give the same bytes
BLOCK = 256 * 1024
# Readers look for the last end mark. A member that is a ZIP itself has one; after it comes this one, which is cut.
BROKEN_END = b"PK\x05\x06"
UNIX, PLAIN_FILE = 3, 0o100644 << 16


class BrokenOff(Refusal):
    """A ZIP ends before its table of contents, so that no program takes it for a whole one."""


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file of a ZIP: its name, how many bytes `open` will give, their hash where it is known."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]
    sha256: str = ""


class _Sink:
    """Takes what `zipfile` writes and gives it on; it can't seek, so nothing is ever written twice."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what was written is taken at once."""

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def take(self) -> bytes:
        taken = b"".join(self.pieces)
        self.pieces.clear()
        return taken


def stream_zip(members: Sequence[ZipMember]) -> Iterator[bytes]:
    """Yield a ZIP of these members, stored as they are, in their order; the same members give the same bytes.

    Raises BrokenOff, with no table of contents written, when a member can't be read or holds other bytes than it should.
    """
    sink = _Sink()
    archive = zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED)
    try:
        for member in members:
            yield from _stream_member(archive, sink, member)
        archive.close()
        yield sink.take()
    except BrokenOff:
        yield sink.take() + BROKEN_END
        raise
    finally:
        archive.fp = None  # else it would end what broke off as if it were whole


def measure_zip(members: Iterable[ZipMember]) -> int:
    """Return how many bytes `stream_zip` will yield."""
    place = directory = count = 0
    for member in members:
        name = len(member.name.encode())
        is_large, is_far = member.size > zipfile.ZIP64_LIMIT, place > zipfile.ZIP64_LIMIT
        extra = 8 * (2 * is_large + is_far)
        directory += 46 + name + (extra + 4 if extra else 0)
        has_long_fields = member.size * 1.05 > zipfile.ZIP64_LIMIT
        place += 30 + name + (20 + 24 if has_long_fields else 16) + member.size
        count += 1
    is_long = count > zipfile.ZIP_FILECOUNT_LIMIT or place > zipfile.ZIP64_LIMIT or directory > zipfile.ZIP64_LIMIT
    return place + directory + (56 + 20 if is_long else 0) + 22


def read_member(member: ZipMember) -> Iterator[bytes]:
    """Yield the bytes of a member; raises BrokenOff when it can't be read or holds other bytes than it should."""
    digest, size = hashlib.sha256(), 0
    with _open(member) as content:
        while size <= member.size and (block := _read(content, member)):
            digest.update(block)
            size += len(block)
            yield block
    if size != member.size or (member.sha256 and digest.hexdigest() != member.sha256):
        raise BrokenOff(f"The storage holds other bytes of {member.name} than were handed in; the download ends there.")


def _stream_member(archive: zipfile.ZipFile, sink: _Sink, member: ZipMember) -> Iterator[bytes]:
    info = zipfile.ZipInfo(member.name, MOMENT)
    info.file_size, info.create_system, info.external_attr = member.size, UNIX, PLAIN_FILE
    written = archive.open(info, "w")
    for block in read_member(member):
        written.write(block)
        yield sink.take()
    written.close()
    yield sink.take()


def _open(member: ZipMember) -> IO[bytes]:
    try:
        return member.open()
    except Exception as problem:  # a storage has errors of its own: the client of an object store raises no OSError
        raise _make_broken(member) from problem


def _read(content: IO[bytes], member: ZipMember) -> bytes:
    try:
        return content.read(BLOCK)
    except Exception as problem:
        raise _make_broken(member) from problem


def _make_broken(member: ZipMember) -> BrokenOff:
    return BrokenOff(f"The storage did not give {member.name}; the download ends there. Try again, then look at the storage.")
