"""The bytes of a JSON file as plain Python values, with everything that JSON lets slip named."""

import codecs
import json
import re
from typing import Any

from program.workshop_files.mistakes import Mistake, Reader, join_path

LARGEST_FILE = 4 * 1024 * 1024
DEEPEST = 24
LONGEST_NUMBER = 15
TOKENS = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
SURROGATES = re.compile("[\ud800-\udfff]")


class _Pairs(dict[str, Any]):
    """An object that remembers which keys it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.repeated = [key for key, _ in pairs if key in seen or seen.add(key)]  # type: ignore[func-returns-value]


class _OddNumber(str):
    """The text of a number that cannot be kept: NaN, an infinity, or one far too long."""


def read_document(data: bytes | str) -> tuple[Any, list[Mistake]]:
    """Return what a JSON file says, with every mistake of its form; None when it cannot be read at all."""
    reader = Reader()
    text = _decode(data, reader)
    if text is None or not _is_shallow(text, reader):
        return None, reader.mistakes
    try:
        document = json.loads(text, object_pairs_hook=_Pairs, parse_int=_keep_int, parse_float=_keep_float, parse_constant=_OddNumber)
    except json.JSONDecodeError as error:
        reader.refuse("$", f"this is not JSON: {error.msg} in line {error.lineno}, column {error.colno}.")
        return None, reader.mistakes
    return _clean(reader, document, "$"), reader.mistakes


def _decode(data: bytes | str, reader: Reader) -> str | None:
    if len(data) > LARGEST_FILE:
        reader.refuse("$", f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB; a workshop's settings are a few kilobytes.")
        return None
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        reader.refuse("$", "the file is UTF-16; save it as UTF-8.")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reader.refuse("$", f"the file is not UTF-8: byte 0x{data[error.start]:02x} in line {line}; save it as UTF-8.")
        return None


def _is_shallow(text: str, reader: Reader) -> bool:
    depth = 0
    for token in TOKENS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > DEEPEST:
            line = text.count("\n", 0, token.start()) + 1
            reader.refuse("$", f"lists and objects are nested more than {DEEPEST} deep in line {line}.")
            return False
    return True


def _keep_int(text: str) -> int | _OddNumber:
    return int(text) if len(text) <= LONGEST_NUMBER else _OddNumber(text)


def _keep_float(text: str) -> float | _OddNumber:
    number = float(text)
    return number if abs(number) < 10**LONGEST_NUMBER else _OddNumber(text)


def _clean(reader: Reader, value: Any, path: str) -> Any:
    """Return `value` in plain types; note repeated keys, odd numbers and text that is not Unicode on the way."""
    if isinstance(value, _OddNumber):
        shown = value if len(value) <= 20 else f"{value[:17]}..."
        reader.refuse(path, f"{shown} is not a number that can be kept.")
        return None
    if isinstance(value, _Pairs):
        for key in dict.fromkeys(value.repeated):
            reader.refuse(path, f"the key “{key}” stands here more than once.")
        return {_clean_text(reader, key, path): _clean(reader, inner, join_path(path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(reader, inner, f"{path}[{index}]") for index, inner in enumerate(value)]
    return _clean_text(reader, value, path) if isinstance(value, str) else value


def _clean_text(reader: Reader, text: str, path: str) -> str:
    if not SURROGATES.search(text):
        return text
    reader.refuse(SURROGATES.sub("�", path), "the text holds half a character (a lone surrogate); write it anew.")
    return SURROGATES.sub("�", text)
