"""Turns the bytes of a text file into text and says what was assumed."""

import codecs

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
GUESS = "The file is not UTF-8; it was read as Windows-1252. Look at names with accents before you apply it."


class Undecodable(ValueError):
    """The bytes are text in no encoding that we read."""


def decode_text(content: bytes) -> tuple[str, str]:
    """Return the text and, where the encoding had to be guessed, a sentence that says so.

    UTF-8 and UTF-16 are read with or without a byte order mark; anything else as Windows-1252, which
    is what spreadsheet programs write on Windows. Raises `Undecodable` for bytes that are no text.
    """
    for mark, name in BOMS:
        if content.startswith(mark):
            return _decode(content, name), ""
    sample = content[:4096]
    if sample.count(0) > len(sample) // 4:
        return _decode(content, "utf-16-le" if sample[1:2] == b"\x00" else "utf-16-be"), ""
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        text = _decode(content, "cp1252")
    if sum(character < " " and character not in "\t\r\n\x0b\x0c" for character in text) > len(text) // 100:
        raise Undecodable
    return text, GUESS


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise Undecodable from error
