"""ZIP files written piece by piece."""

import hashlib
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import IO

import pytest

from papers.streamed_zips import BLOCK, BrokenOff, ZipMember, measure_zip, stream_zip


class ClientError(Exception):
    """What the client of an object store raises: no OSError."""


def refuse_to_open() -> IO[bytes]:
    raise ClientError("SlowDown")


class CountedFile(io.BytesIO):
    """A file that says whether it was closed, and fails after some bytes where told to."""

    def __init__(self, data: bytes, fails_at: int | None = None, error: type[Exception] = OSError) -> None:
        super().__init__(data)
        self.fails_at, self.error = fails_at, error

    def read(self, size: int | None = -1) -> bytes:
        if self.fails_at is not None and self.tell() >= self.fails_at:
            raise self.error("the disk is gone")
        return super().read(size)


def member(name: str, data: bytes, *, size: int | None = None, sha256: str = "", opens: Callable[[], IO[bytes]] | None = None) -> ZipMember:
    return ZipMember(name, len(data) if size is None else size, opens or (lambda: io.BytesIO(data)), sha256)


LARGE = random.Random(1).randbytes(3 * BLOCK + 7)
MEMBERS = (member("a.txt", b"hi"), member("Lưu — ä.pdf", LARGE, sha256=hashlib.sha256(LARGE).hexdigest()), member("empty", b""))


def read_back(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


def test_contents_come_out_in_order_and_twice_alike() -> None:
    data = b"".join(stream_zip(MEMBERS))
    assert list(read_back(data).items()) == [("a.txt", b"hi"), ("Lưu — ä.pdf", LARGE), ("empty", b"")]
    assert data == b"".join(stream_zip(MEMBERS))


@pytest.mark.parametrize("members", [(), MEMBERS[:1], MEMBERS, MEMBERS[1:2] * 1])
@pytest.mark.parametrize("limit", [2**31 - 1, 100, BLOCK, 4 * BLOCK])
@pytest.mark.parametrize("most", [65_535, 2])
def test_length_is_known_before(members: Sequence[ZipMember], limit: int, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", most)
    data = b"".join(stream_zip(members))
    assert (len(data), len(read_back(data))) == (measure_zip(members), len(members))


def test_no_piece_is_larger_than_a_block_and_its_frame() -> None:
    assert max(map(len, stream_zip(MEMBERS))) <= BLOCK + 1024


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (member("b", LARGE, opens=lambda: CountedFile(LARGE, BLOCK)), "The storage did not give b; the download ends there."),
        (member("b", LARGE, opens=lambda: CountedFile(LARGE, BLOCK, ClientError)), "The storage did not give b; the download ends there."),
        (member("b", b"", opens=refuse_to_open), "The storage did not give b; the download ends there."),
        (member("b", b"", opens=lambda: open("/nowhere/at/all", "rb")), "The storage did not give b; the download ends there."),  # noqa: PTH123, SIM115
        (member("b", b"12", size=3), "The storage holds other bytes of b than were handed in; the download ends there."),
        (member("b", b"1234", size=3), "The storage holds other bytes of b than were handed in; the download ends there."),
        (member("b", b"123", sha256="0" * 64), "The storage holds other bytes of b than were handed in; the download ends there."),
    ],
)
def test_what_breaks_off_is_no_zip(broken: ZipMember, sentence: str) -> None:
    pieces: list[bytes] = []
    with pytest.raises(BrokenOff) as failure:
        for piece in stream_zip([MEMBERS[0], broken, MEMBERS[2]]):
            pieces.append(piece)
    assert failure.value.sentence.startswith(sentence)
    assert b"".join(pieces).startswith(b"PK\x03\x04")
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(pieces)))


def test_what_breaks_off_after_a_zip_is_not_taken_for_that_zip() -> None:
    inner = b"".join(stream_zip(MEMBERS[:1]))
    pieces: list[bytes] = []
    with pytest.raises(BrokenOff):
        for piece in stream_zip([member("inner.zip", inner), member("b", b"12", size=3)]):
            pieces.append(piece)
    assert not zipfile.is_zipfile(io.BytesIO(b"".join(pieces)))


def test_whoever_leaves_closes_the_file() -> None:
    held: list[CountedFile] = []

    def open_counted() -> IO[bytes]:
        held.append(CountedFile(LARGE))
        return held[-1]

    pieces = stream_zip([member("b", LARGE, opens=open_counted)])
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert [file.closed for file in held] == [True]
