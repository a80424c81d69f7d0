"""Plain text from what people typed and pasted."""

import re
import unicodedata

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
# What ends the title, abstract, keywords, authors, institutions, summary of a paper's search text; folded text has none of them.
SECTION_ENDS = ("\x01", "\x02", "\x03", "\x04", "\x05", "\x06")


def clean_line(text: str) -> str:
    """Return `text` on one line, NFC, without control or invisible characters, spaces collapsed.

    No-break spaces become spaces: they come from web pages that people copied.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    normal = unicodedata.normalize("NFC", text)
    return SPACES.sub(" ", INVISIBLE.sub("", CONTROLS.sub("", SPACES.sub(" ", normal)))).strip()


def clean_text(text: str) -> str:
    """Return `text` with its lines kept, NFC, without control or invisible characters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(INVISIBLE.sub("", CONTROLS.sub("", line)).replace("\u00a0", " ").rstrip() for line in normal.split("\n")).strip()


def fold_text(text: str) -> str:
    """Return `text` for comparison and search: no marks, no case, spaces collapsed."""
    if text.isascii():
        return " ".join((text if text.isprintable() else CONTROLS.sub("", text)).split()).lower()
    spread = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in spread if character.isascii() or not unicodedata.combining(character))
    return SPACES.sub(" ", INVISIBLE.sub("", CONTROLS.sub("", bare))).strip().casefold()
