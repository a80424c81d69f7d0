"""Keeps an uploaded table between its preview and its import, on our side and by its hash."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from papers.models import Workshop

KEPT_FOR = dt.timedelta(days=1)
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KeptTable:
    """An upload: its bytes, what its file was called, which kind of table it is."""

    digest: str
    content: bytes
    name: str
    kind: str


def keep_table(workshop: Workshop, content: bytes, *, name: str, kind: str) -> KeptTable:
    """Keep an upload for a day, and forget those of the workshop that are older."""
    _forget_old(workshop)
    label = json.dumps({"name": name, "kind": kind}).encode()
    digest = hashlib.sha256(label + content).hexdigest()
    if find_kept_table(workshop, digest) is None:
        forget_table(workshop, digest)  # what lies there is not what it was
        default_storage.save(_name_path(workshop, digest), ContentFile(content))
        default_storage.save(_name_path(workshop, digest, "json"), ContentFile(label))
    return KeptTable(digest, content, name, kind)


def find_kept_table(workshop: Workshop, digest: str) -> KeptTable | None:
    """Return an upload of this workshop, nothing where it is not kept (any more) or not what it was."""
    if not DIGEST.fullmatch(digest):
        return None
    try:
        with default_storage.open(_name_path(workshop, digest)) as file, default_storage.open(_name_path(workshop, digest, "json")) as told:
            content, label = file.read(), told.read()
    except FileNotFoundError:
        return None
    if hashlib.sha256(label + content).hexdigest() != digest:
        return None
    return KeptTable(digest, content, **json.loads(label))


def forget_table(workshop: Workshop, digest: str) -> None:
    """Delete an upload: it holds names and mail addresses."""
    for path in (_name_path(workshop, digest), _name_path(workshop, digest, "json")):
        default_storage.delete(path)


def _forget_old(workshop: Workshop) -> None:
    folder = f"imports/{workshop.pk}"
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for path in (f"{folder}/{name}" for name in names):
        if default_storage.get_modified_time(path) < timezone.now() - KEPT_FOR:
            default_storage.delete(path)


def _name_path(workshop: Workshop, digest: str, ending: str = "table") -> str:
    return f"imports/{workshop.pk}/{digest}.{ending}"
