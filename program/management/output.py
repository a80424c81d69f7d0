"""Puts bytes on a command's standard output exactly as they are."""

from typing import Any


def print_bytes(stdout: Any, data: bytes) -> None:
    """Write `data` without changing line ends or encoding; a stream that takes text only gets it as UTF-8 text."""
    stream = getattr(stdout, "_out", stdout)
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(data.decode("utf-8", "backslashreplace"))
        return
    stream.flush()
    buffer.write(data)
    buffer.flush()
