"""Keeps raw versions of submissions small, gives them back, tells whether two say the same."""

import json
import zlib
from typing import Any


def pack_note(source: bytes) -> bytes:
    """Return the text of a note, packed."""
    return zlib.compress(source, 1)


def unpack_note(packed: bytes | memoryview) -> bytes:
    """Return the text of a note as it came in."""
    return zlib.decompress(packed)


def is_same_note(one: bytes, other: bytes) -> bool:
    """Tell whether two texts say the same: the order of keys, of replies and of blanks says nothing."""
    return _canonize(json.loads(one)) == _canonize(json.loads(other))


def _canonize(note: Any) -> str:
    details = note.get("details") if isinstance(note, dict) else None
    if isinstance(details, dict):
        for key in ("replies", "directReplies"):
            if isinstance(details.get(key), list):
                details[key].sort(key=lambda reply: json.dumps(reply, sort_keys=True))
    return json.dumps(note, sort_keys=True)
