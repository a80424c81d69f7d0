"""Fetches files of many notes: fifty to a zip, on disk all the way, halved where a zip does not come through."""

import re
import tempfile
import zipfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import IO

from papers.errors import NotPermitted, NotThere, SignInNeeded, Unavailable
from papers.openreview.answers import HUMAN_CHECK, BrokenOff
from papers.openreview.client import Connection

LARGEST_BATCH = 50  # what OpenReview packs into one zip; its quota counts zips
MOST_FAILURES = 12  # broken answers after which the other side is said to be broken
BLOCK = 1 << 20
TAIL = 4096
UNREADABLE = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file named by a field of a note; `path` is the field's value."""

    note_id: str
    number: int | None
    field: str
    path: str


@dataclass(frozen=True, slots=True)
class FetchedFile:
    """A wanted file with its content, open until the next one is asked for; without one a sentence says why."""

    wanted: WantedFile
    content: IO[bytes] | None
    sentence: str = ""


class FileFetcher:
    """Fetches files through one connection, and gives up when answers break again and again."""

    def __init__(self, connection: Connection, *, most_bytes: int) -> None:
        self.connection, self.most_bytes = connection, most_bytes
        self.failures = 0

    def fetch(self, wanted: Iterable[WantedFile]) -> Iterator[FetchedFile]:
        """Yield each wanted file once, field by field, in their order.

        API v2 packs up to fifty, v1 gives one at a time. A zip that is refused or broken is asked for in halves, down to the
        single file. Raises `Throttled` when the quota is used up: what was yielded before is whole.
        """
        size = LARGEST_BATCH if self.connection.generation == 2 else 1
        for _, group in groupby(wanted, key=lambda one: one.field):
            files = list(group)
            for start in range(0, len(files), size):
                yield from self._fetch_batch(files[start : start + size])

    def _fetch_batch(self, batch: list[WantedFile]) -> Iterator[FetchedFile]:
        with tempfile.TemporaryFile() as place:
            trouble = self._download(batch, place)
            if not trouble and len(batch) == 1:
                yield FetchedFile(batch[0], place)
                return
            if not trouble:
                left = yield from self._unpack(batch, place)
                for one in left:
                    yield from self._fetch_batch([one])
                return
        if len(batch) == 1:
            yield FetchedFile(batch[0], None, trouble)
            return
        middle = len(batch) // 2
        yield from self._fetch_batch(batch[:middle])
        yield from self._fetch_batch(batch[middle:])

    def _download(self, batch: list[WantedFile], place: IO[bytes]) -> str:
        """Bring the answer for a batch into `place`, asking twice; return why it can't be had, or nothing."""
        earlier = -1
        for attempt in (1, 2):
            place.seek(0)
            place.truncate()
            try:
                self.connection.download(batch[0].field, [one.note_id for one in batch], place, most_bytes=self.most_bytes * len(batch))
            except NotThere:
                return "OpenReview names this file and does not have it."
            except NotPermitted as refusal:
                if isinstance(refusal, SignInNeeded) or refusal.sentence == HUMAN_CHECK:
                    raise
                return "This OpenReview account may not read this file."
            except BrokenOff:
                self._count_failure()
                continue
            except Unavailable:
                self._count_failure()
                if attempt == 2:
                    raise
                continue
            size = place.tell()
            if size == earlier or is_whole(place, batch):
                return ""  # what comes cut alike twice is so over there
            earlier = size
            self._count_failure()
        return "OpenReview's answer broke off twice."

    def _count_failure(self) -> None:
        self.failures += 1
        if self.failures > MOST_FAILURES:
            raise Unavailable("OpenReview's files break off again and again; try again later.")

    def _unpack(self, batch: Sequence[WantedFile], place: IO[bytes]) -> Generator[FetchedFile, None, list[WantedFile]]:
        """Yield the members that can be told to be a wanted file; return those that must be asked for alone."""
        left = []
        try:
            archive = zipfile.ZipFile(place)
        except UNREADABLE:
            return list(batch)
        with archive:
            members = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            found = match_members(list(members), batch)
            for one in batch:
                info = members.get(found.get(one, ""))
                with tempfile.TemporaryFile() as target:
                    if info is None or not self._extract(archive, info, target):
                        left.append(one)
                        continue
                    target.seek(0)
                    yield FetchedFile(one, target)
        return left

    def _extract(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: IO[bytes]) -> bool:
        """Write a member, never more than a file may have; tell whether it is whole."""
        try:
            with archive.open(info) as source:
                while (block := source.read(BLOCK)) and target.tell() <= self.most_bytes:
                    target.write(block)
        except UNREADABLE:
            return False
        return True


def is_whole(place: IO[bytes], batch: Sequence[WantedFile]) -> bool:
    """Tell whether an answer has the end that a zip or a PDF has; of other files nobody can tell."""
    place.seek(0)
    start = place.read(5)
    if len(batch) > 1 or start.startswith(b"PK\x03\x04"):
        return zipfile.is_zipfile(place)
    if start != b"%PDF-":
        return True
    place.seek(0, 2)
    place.seek(max(0, place.tell() - TAIL))
    return b"%%EOF" in place.read()


def match_members(names: Sequence[str], batch: Sequence[WantedFile]) -> dict[WantedFile, str]:
    """Return which member of a zip is which wanted file, by note id, else by the path's name, else by the paper's number.

    OpenReview's own recipe names them `<number>_<field>.<ext>` and does not promise it; what is not certain is left out.
    """
    found: dict[WantedFile, str] = {}
    for one in batch:
        for is_named in (_has_note_id, _has_path, _has_number):
            named = [name for name in names if is_named(PurePosixPath(name).name, one)]
            if len(named) == 1:
                found[one] = named[0]
                break
    taken = list(found.values())
    return {one: name for one, name in found.items() if taken.count(name) == 1}


def _has_note_id(name: str, one: WantedFile) -> bool:
    return one.note_id in re.split(r"[^A-Za-z0-9_-]|_(?=[a-z])", name) or name.startswith((f"{one.note_id}_", f"{one.note_id}."))


def _has_path(name: str, one: WantedFile) -> bool:
    stem = PurePosixPath(one.path).stem
    return len(stem) >= 16 and stem in name


def _has_number(name: str, one: WantedFile) -> bool:
    digits = re.match(r"[^\d]*0*(\d+)(?=[_.]|$)", name)
    return one.number is not None and digits is not None and int(digits.group(1)) == one.number
