"""What boards are called, and what the rule of a range says."""

import re
from collections.abc import Iterable

from program.moves.rows import BoardsRow

RULE = re.compile(r"paper(?:\s*(?P<sign>[+-])\s*(?P<number>\d{1,6}))?", re.ASCII)


def read_rule(rule: str) -> int | None:
    """Return what the rule of a range adds to a paper's number; nothing for boards in order. Raises ValueError for no rule."""
    found = RULE.fullmatch(rule.strip())
    if not rule.strip():
        return None
    if not found:
        raise ValueError(rule)
    return int(f"{found['sign'] or '+'}{found['number'] or 0}")


def name_boards(boards: BoardsRow) -> str:
    """Return a range as sentences call it: B140 to B169."""
    return f"{boards.prefix}{boards.first} to {boards.prefix}{boards.last}"


def name_board(ranges: Iterable[BoardsRow], board: int) -> str:
    """Return the label of a board: its number with the prefix of its range."""
    prefix = next((boards.prefix for boards in ranges if boards.first <= board <= boards.last), "")
    return f"{prefix}{board}"
