"""Reads single cells: numbers, forum ids, yes and no."""

import re
import urllib.parse
from typing import Any

from papers.spreadsheets import FORMULA_STARTS
from papers.texts import clean_line

FORUM_ID = re.compile(r"[\w\-]{1,100}")
FORUM_ADDRESS = re.compile(r"https?://(?:www\.|dev\.)?openreview\.net/(?:forum|pdf)\?")
LINK = re.compile(r"https?://[^\s/?#.]+\.[^\s]+")
LONGEST_LINK = 500
WHOLE_NUMBER = re.compile(r"#?\s*(\d{1,10})(?:\.0+)?")
GREATEST_NUMBER = 2_147_483_647
YES = frozenset({"yes", "y", "true", "1", "x", "archival", "in", "included", "proceedings"})
VERDICTS = {"accept": "accept", "accepted": "accept", "reject": "reject", "rejected": "reject"}
NO = frozenset({"no", "n", "false", "0", "non-archival", "nonarchival", "out", "not included"})


def read_text(cell: Any) -> str:
    """Return a cell as text; from JSON, lists are joined by semicolons, an object is its slug or nothing."""
    if isinstance(cell, dict):
        return read_text(cell.get("slug"))
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, list):
        return "; ".join(text for part in cell if (text := read_text(part)))
    return str(cell)


def read_number(text: str) -> int | None:
    """Return a paper's number, nothing for an empty cell; raises ValueError for anything else."""
    line = clean_line(text)
    if not line:
        return None
    found = WHOLE_NUMBER.fullmatch(line)
    if not found or int(found.group(1)) > GREATEST_NUMBER:
        raise ValueError(line)
    return int(found.group(1))


def read_forum(text: str) -> str:
    """Return a forum id out of itself or of a forum's address; raises ValueError for anything else."""
    line = clean_line(text)
    if line.startswith(("http://", "https://")):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(line).query)
        line = (query.get("id") or query.get("noteId") or ["?"])[0]
    if line and not FORUM_ID.fullmatch(line):
        raise ValueError(line)
    return line


def read_link(text: str) -> str | None:
    """Return a web address, nothing for an empty cell or a forum's address; raises ValueError for anything else."""
    line = clean_line(text)
    if not line or FORUM_ADDRESS.match(line):
        return None
    if not LINK.fullmatch(line) or len(line) > LONGEST_LINK:
        raise ValueError(line)
    return line


def read_yes_or_no(folded: str) -> bool | None:
    """Return what a folded word says, nothing for any other."""
    return True if folded in YES else False if folded in NO else None


def split_keywords(cell: Any, *, marks: tuple[str, ...] = (";", "\n", ",")) -> tuple[str, ...]:
    """Return keywords from a list, or from text that is split at the first of `marks` in it."""
    if isinstance(cell, list):
        parts = [read_text(part) for part in cell]
    else:
        text = read_text(cell)
        mark = next((mark for mark in marks if mark in text), marks[0])
        parts = text.split(mark)
    return tuple(line for part in parts if (line := clean_line(part)))


def uncover_cell(text: str) -> str:
    """Return what a cell held before our export put an apostrophe before a text that looks like a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text
