"""Reads the directory of a ZIP file within limits, without unpacking anything."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

END_MARK = b"PK\x05\x06"
END_SIZE = 22
LONG_MARK = b"PK\x06\x07"
LONG_SIZE = 20
LONGEST_COMMENT = 65_535
TYPE_MASK, LINK_TYPE = 0o170000, 0o120000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a supplement may hold: bytes of its directory, members, bytes they inflate to, how far they inflate."""

    directory_bytes: int = 4_000_000
    members: int = 5_000
    inflated_bytes: int = 1_000_000_000
    ratio: int = 150
    ratio_from_bytes: int = 20_000_000
    text_bytes: int = 1_000_000
    all_text_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of a ZIP: its name as it stands there, packed and inflated size, what it is."""

    name: str
    packed: int
    inflated: int
    is_folder: bool
    is_link: bool
    is_encrypted: bool
    info: zipfile.ZipInfo


class ArchiveUnreadable(Exception):
    """The file is no ZIP that can be looked into; `str()` says why, as the end of a sentence."""


def open_archive(path: Path, limits: Limits) -> zipfile.ZipFile:
    """Open a ZIP whose directory is small enough to be read; raises ArchiveUnreadable."""
    with path.open("rb") as file:
        _refuse_large_directory(file, limits)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error, OverflowError) as error:
        raise ArchiveUnreadable("its directory is damaged") from error


def _refuse_large_directory(file: IO[bytes], limits: Limits) -> None:
    """Look for the end record as zipfile does; its claim on the directory's size decides how much zipfile would read."""
    size = file.seek(0, 2)
    start = max(0, size - LONGEST_COMMENT - END_SIZE - LONG_SIZE)
    file.seek(start)
    tail = file.read()
    place = len(tail) - END_SIZE if tail[-END_SIZE:-18] == END_MARK and tail.endswith(b"\0\0") else tail.rfind(END_MARK)
    if place < 0 or len(tail) - place < END_SIZE:
        raise ArchiveUnreadable("it has no end mark, so it is cut or not a ZIP")
    count, directory_bytes = struct.unpack("<10xHI", tail[place : place + 16])
    if tail[max(0, place - LONG_SIZE) : place].startswith(LONG_MARK):
        raise ArchiveUnreadable("it is in the format for files beyond 4 GB; pack it again as a plain ZIP")
    if directory_bytes > limits.directory_bytes or count > limits.members:
        raise ArchiveUnreadable(f"it holds more than {limits.members} files; pack data into fewer ones or publish them elsewhere")


def list_members(archive: zipfile.ZipFile) -> list[Member]:
    """Return what the directory names, in its order."""
    return [
        Member(
            name=info.orig_filename,
            packed=info.compress_size,
            inflated=info.file_size,
            is_folder=info.orig_filename.endswith("/"),
            is_link=(info.external_attr >> 16) & TYPE_MASK == LINK_TYPE,
            is_encrypted=bool(info.flag_bits & 0x1),
            info=info,
        )
        for info in archive.infolist()
    ]


def read_start(archive: zipfile.ZipFile, member: Member, count: int) -> bytes:
    """Return the first bytes of a member, nothing where it is packed in an unusual way or damaged."""
    if member.is_encrypted or member.info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return b""
    try:
        with archive.open(member.info) as file:
            return file.read(count)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, OSError, RuntimeError, struct.error):
        return b""
