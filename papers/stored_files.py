"""Keeps contents in the storage, each once under its hash, whole or not at all."""

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from papers.errors import Refusal
from papers.models import StoredFile, Upload, UploadChunk

FILES, CHUNKS = "files", "uploads"
BLOCK = 1024 * 1024
LEFT_AFTER = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """What a content is known by: its hash, how many bytes it has, its first ones."""

    sha256: str
    size: int
    start: bytes


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep took away: uploads given up, contents that nothing names, leftovers in the storage."""

    uploads: int
    contents: int
    leftovers: int


def measure_content(content: IO[bytes]) -> Measured:
    """Return hash, size and first kilobyte of a content; it is read from its beginning and left there."""
    digest, size, start = hashlib.sha256(), 0, b""
    content.seek(0)
    while block := content.read(BLOCK):
        start = start or block[:1024]
        digest.update(block)
        size += len(block)
    content.seek(0)
    return Measured(digest.hexdigest(), size, start)


def keep_content(content: IO[bytes], measured: Measured, *, media_type: str) -> StoredFile:
    """Keep a content and return its row; the same content is kept once.

    The bytes are written under a name that nothing points to; only when the last one is there, the row is written.
    Whoever is killed before leaves bytes that nobody sees, until `sweep_storage` takes them away.
    """
    now = timezone.now()
    if StoredFile.objects.filter(sha256=measured.sha256).update(touched_at=now):
        return StoredFile.objects.get(sha256=measured.sha256)
    path = _write(content, measured)
    with transaction.atomic():
        stored, is_new = StoredFile.objects.get_or_create(
            sha256=measured.sha256, defaults={"size": measured.size, "media_type": media_type, "path": path, "touched_at": now}
        )
    if not is_new:
        default_storage.delete(path)  # somebody else was faster with the same content
    return stored


def _write(content: IO[bytes], measured: Measured) -> str:
    wanted = f"{FILES}/{measured.sha256[:2]}/{measured.sha256}-{get_random_string(8)}"
    content.seek(0)
    path = default_storage.save(wanted, File(content, name="content"))
    if default_storage.size(path) != measured.size:
        default_storage.delete(path)
        raise Refusal("The storage did not take the whole file. Upload it again.")
    _settle(path)
    return path


def _settle(path: str) -> None:
    """See that a local file outlives a power cut before its row says that it is there."""
    try:
        place = default_storage.path(path)
    except NotImplementedError:
        return  # an object store answers only when it has the whole
    with Path(place).open("rb") as file:
        os.fsync(file.fileno())


def open_content(stored: StoredFile) -> "File[Any]":
    """Open a content; close it after use."""
    return default_storage.open(stored.path)


@contextmanager
def borrow_path(stored: StoredFile) -> Iterator[Path]:
    """Yield where a content lies as a local file: the storage's own, else a copy for the time being."""
    try:
        yield Path(default_storage.path(stored.path))
        return
    except NotImplementedError:
        pass
    with open_content(stored) as content, tempfile.NamedTemporaryFile() as copy:
        for block in content.chunks(BLOCK):
            copy.write(block)
        copy.flush()
        yield Path(copy.name)


def keep_chunk(upload: Upload, offset: int, content: bytes) -> UploadChunk:
    """Keep a piece of an upload; of two that come at once, the first counts."""
    path = default_storage.save(f"{CHUNKS}/{upload.token}/{offset:015}-{get_random_string(8)}", ContentFile(content))
    with transaction.atomic():
        chunk, is_new = UploadChunk.objects.get_or_create(upload=upload, offset=offset, defaults={"size": len(content), "path": path})
    if not is_new:
        default_storage.delete(path)
    return chunk


@contextmanager
def join_chunks(upload: Upload) -> Iterator[IO[bytes]]:
    """Yield the pieces of an upload as one file."""
    with tempfile.TemporaryFile() as whole:
        for chunk in upload.chunks.order_by("offset"):
            with default_storage.open(chunk.path) as piece:
                for block in piece.chunks(BLOCK):
                    whole.write(block)
        whole.seek(0)
        yield whole


def drop_upload(upload: Upload) -> None:
    """Forget an upload; its pieces go once that is certain."""
    paths = list(upload.chunks.values_list("path", flat=True))
    with transaction.atomic():
        upload.delete()
        transaction.on_commit(lambda: _delete_all(paths))


def sweep_storage(*, now: dt.datetime | None = None, left_after: dt.timedelta = LEFT_AFTER) -> Swept:
    """Take away what nothing names and nobody touched for `left_after`: uploads, contents, leftovers of killed processes."""
    before = (now or timezone.now()) - left_after
    old = [path for folder in (FILES, CHUNKS) for path in _walk(folder) if _is_older(path, before)]
    known = set(StoredFile.objects.values_list("path", flat=True)) | set(UploadChunk.objects.values_list("path", flat=True))
    uploads = list(Upload.objects.left_since(before))
    for upload in uploads:
        drop_upload(upload)
    contents = list(StoredFile.objects.filter(touched_at__lt=before, **_name_nothing()))
    for stored in contents:
        with transaction.atomic():
            stored.delete()
            transaction.on_commit(lambda path=stored.path: _delete_all([path]))  # type: ignore[misc]
    leftovers = [path for path in old if path not in known]
    _delete_all(leftovers)
    return Swept(len(uploads), len(contents), len(leftovers))


def _name_nothing() -> dict[str, bool]:
    """Return the condition that no row of any table, whosever it is, names a content."""
    return {f"{relation.field.related_query_name()}__isnull": True for relation in StoredFile._meta.related_objects}


def _walk(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for inner in sorted(folders):
        yield from _walk(f"{folder}/{inner}")
    yield from (f"{folder}/{name}" for name in sorted(names))


def _is_older(path: str, moment: dt.datetime) -> bool:
    with suppress(FileNotFoundError):
        return default_storage.get_modified_time(path) < moment
    return False


def _delete_all(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
