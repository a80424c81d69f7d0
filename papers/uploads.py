"""Files that come in pieces: begun with size and hash, continued where they broke off, finished as a version."""

import datetime as dt
import re

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from papers.camera_ready import receive_file, refuse_file, refuse_size
from papers.errors import Refusal
from papers.file_names import clean_file_name
from papers.models import FileKind, FileVersion, Paper, Upload, User
from papers.stored_files import LEFT_AFTER, drop_upload, join_chunks, keep_chunk, measure_content

CHUNK_BYTES = 2 * 1024 * 1024
UNDER_WAY = 5  # uploads of one person at a time
DIGEST = re.compile(r"[0-9a-f]{64}")


def start_upload(paper: Paper, *, kind: str, name: str, size: int, sha256: str, by: User) -> Upload:
    """Begin an upload, or find the one of the same content that broke off; what it will be is fixed from here on.

    Whoever begins before the deadline may finish within a day. Refuses what would be refused at the end, as far as it is
    known. Of more than five uploads of one person the oldest is given up.
    """
    if not DIGEST.fullmatch(sha256):
        raise Refusal("The browser did not say what the file is (its SHA-256). Use the form without scripts.", subject=paper)
    known = Upload.objects.of_user(by).filter(paper=paper, kind=kind, sha256=sha256, size=size).first()
    if known and not is_left(known):
        return known
    if known:
        drop_upload(known)
    owed = refuse_file(paper, kind, by=by)
    if owed.kind == FileKind.VIDEO:
        raise Refusal("A video is handed in as a link to where it can be watched.", subject=paper)
    refuse_size(owed, size)
    now = timezone.now()
    for old in list(Upload.objects.of_user(by))[: 1 - UNDER_WAY]:
        drop_upload(old)
    with transaction.atomic():
        values = {"token": get_random_string(43), "name": clean_file_name(name), "size": size, "started_at": now, "touched_at": now}
        upload, _ = Upload.objects.get_or_create(paper=paper, kind=kind, sha256=sha256, by=by, defaults=values)
    return upload


def is_left(upload: Upload, *, now: dt.datetime | None = None) -> bool:
    """Tell whether an upload was begun too long ago to be finished."""
    return (now or timezone.now()) - upload.started_at > LEFT_AFTER


def count_received(upload: Upload) -> int:
    """Return how many bytes have arrived without a gap."""
    received = 0
    for offset, size in upload.chunks.order_by("offset").values_list("offset", "size"):
        if offset != received:
            break
        received += size
    return received


def receive_chunk(upload: Upload, *, offset: int, content: bytes) -> int:
    """Keep a piece and return how many bytes are here by now.

    A piece that is here already, whole or in part, changes nothing: the answer says where to go on. Refuses a piece
    beyond the end of the file, and one after a gap.
    """
    received = count_received(upload)
    if offset < received or not content:
        return received
    if offset > received:
        raise Refusal(f"A piece is missing: {received} bytes are here, this one begins at {offset}.", subject=upload)
    if offset + len(content) > upload.size or len(content) > CHUNK_BYTES:
        raise Refusal("More came than the file holds. Choose the file again.", subject=upload)
    keep_chunk(upload, offset, content)
    Upload.objects.filter(pk=upload.pk).update(touched_at=timezone.now())
    return count_received(upload)


def finish_upload(upload: Upload, *, by: User) -> FileVersion:
    """Make the pieces a version and forget the upload; refuses while pieces are missing, and a content that is not the one begun."""
    received = count_received(upload)
    if received != upload.size:
        raise Refusal(f"The file is not here yet: {received} of {upload.size} bytes.", subject=upload)
    with join_chunks(upload) as content:
        if measure_content(content).sha256 != upload.sha256:
            drop_upload(upload)
            raise Refusal("What arrived is not the file that was chosen. Upload it again.", subject=upload)
        version = receive_file(upload.paper, kind=upload.kind, content=content, name=upload.name, by=by, begun_at=upload.started_at)
    drop_upload(upload)
    return version
