"""A storage that behaves as a bucket: no local paths, no folders, a save is there whole or not at all."""

import datetime as dt
import io
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone


class ObjectStore(Storage):
    """Objects in memory; `is_cut` lets it keep the first bytes only."""

    is_cut = False

    def __init__(self) -> None:
        self.objects: dict[str, tuple[bytes, dt.datetime]] = {}

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        self.objects[name] = (content.read(3) if self.is_cut else content.read(), timezone.now())
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[Any]":
        if name not in self.objects:
            raise FileNotFoundError(name)
        return File(io.BytesIO(self.objects[name][0]), name=name)

    def delete(self, name: str) -> None:
        self.objects.pop(name, None)

    def exists(self, name: str) -> bool:
        return name in self.objects

    def size(self, name: str) -> int:
        return len(self.objects[name][0])

    def get_modified_time(self, name: str) -> dt.datetime:
        return self.objects[name][1]

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        below = [name.removeprefix(f"{path}/") for name in self.objects if name.startswith(f"{path}/")]
        return sorted({name.partition("/")[0] for name in below if "/" in name}), [name for name in below if "/" not in name]
