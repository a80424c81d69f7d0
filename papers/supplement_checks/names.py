"""Finds names of persons in names of files, in texts."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

SHORTEST = 4  # letters of a surname that is looked for alone
WORDS = re.compile(r"[^\W\d_]+")


def find_name(text: str, authors: Sequence[str]) -> str:
    """Return the first author whose given name and surname stand beside each other in the text, in either order, or nothing.

    A path such as ada_author/run.py counts too; a surname alone does not: too many are words.
    """
    words = split_words(text)
    pairs = set(pairwise(words))
    glued = set(words)
    for author in authors:
        parts = split_words(author)
        if len(parts) < 2 or len(parts[-1]) < SHORTEST:
            continue
        first, last = parts[0], parts[-1]
        if (first, last) in pairs or (last, first) in pairs or first + last in glued or last + first in glued:
            return author
    return ""


def split_words(text: str) -> list[str]:
    """Return the words of a text without marks and case."""
    spread = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return WORDS.findall(plain.casefold())
