"""Keeps bodies of requests that no form would take from filling the disk."""

import io
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 256 * 1024 * 1024


class LimitedUploadHandler(FileUploadHandler):
    """Lets the bytes of too large a request pass by; its files keep their size, so that the form can say a sentence."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **named: Any) -> None:  # noqa: N803 (its name)
        """Look at the announced length of the whole request."""
        self._announced = content_length

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand bytes on, or drop them."""
        return raw_data if self._announced <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Return an empty file that tells the announced size, when its bytes were dropped."""
        if self._announced <= MOST_BYTES:
            return None
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, self._announced, self.charset)
