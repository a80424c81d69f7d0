"""What organizers know of single papers, as lines: who comes, where it should be, what it must come before."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from papers.errors import Refusal

HEAD = "paper, people, sessions, before"
MOST_PEOPLE = 100_000
EXPECTED = re.compile(r"\s*#?(?P<number>\d{1,9})\s*,\s*(?P<people>\d{1,6})\s*(?:,|$)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PaperWish:
    """Of one paper, by number: how many people are expected, in which sessions it should be, which papers it comes before."""

    number: int
    people: int = 0
    sessions: tuple[str, ...] = ()
    before: tuple[int, ...] = ()


def read_wishes(text: str, *, numbers: Iterable[int], sessions: Mapping[str, str]) -> tuple[PaperWish, ...]:
    """Return the wishes of a table of lines such as `12, 80, session-3 session-5, 14`; later columns may be missing.

    `numbers` are the papers there are, `sessions` names by key; a session may be told by either. Refuses with each
    mistake by its line.
    """
    known, by_name = set(numbers), {name.casefold(): uid for uid, name in sessions.items()} | {uid: uid for uid in sessions}
    wishes: dict[int, PaperWish] = {}
    mistakes: list[str] = []
    for place, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split(",")]
        if not line.strip() or [cell.casefold() for cell in cells][:1] == ["paper"]:
            continue
        try:
            wish = _read_line(cells, known, by_name)
            if wish.number in wishes:
                raise ValueError(f"paper {wish.number} stands in an earlier line already")
            wishes[wish.number] = wish
        except ValueError as mistake:
            mistakes.append(f"Line {place}: {mistake}.")
    if mistakes:
        raise Refusal(" ".join(mistakes))
    return tuple(wishes.values())


def count_people(text: str) -> dict[int | None, int]:
    """Return how many people are expected, by the numbers of papers; lines that can't be read count nobody."""
    found: dict[int | None, int] = {}
    for line in text.splitlines():
        told = EXPECTED.match(line)
        if told and int(told["people"]):
            found.setdefault(int(told["number"]), min(int(told["people"]), MOST_PEOPLE))
    return found


def _read_line(cells: list[str], known: set[int], sessions: Mapping[str, str]) -> PaperWish:
    if len(cells) > 4:
        raise ValueError(f"it has {len(cells)} columns, there are four at most: {HEAD}")
    cells += [""] * (4 - len(cells))
    before = tuple(_read_paper(word, known) for word in cells[3].split())
    number = _read_paper(cells[0], known)
    if number in before:
        raise ValueError(f"paper {number} can't come before itself")
    return PaperWish(number, _read_people(cells[1]), tuple(_read_sessions(cells[2], sessions)), before)


def _read_paper(word: str, known: set[int]) -> int:
    digits = word.removeprefix("#")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise ValueError(f"“{word}” is not the number of a paper")
    if int(digits) not in known:
        raise ValueError(f"there is no accepted paper {int(digits)}")
    return int(digits)


def _read_people(word: str) -> int:
    if not word:
        return 0
    if not word.isascii() or not word.isdigit() or len(word) > 6 or int(word) > MOST_PEOPLE:
        raise ValueError(f"“{word}” is not a number of people")
    return int(word)


def _read_sessions(cell: str, sessions: Mapping[str, str]) -> list[str]:
    found = []
    if cell.casefold() in sessions:
        return [sessions[cell.casefold()]]
    for word in cell.split():
        if word.casefold() not in sessions:
            raise ValueError(f"there is no session “{word}”; name it by its key, several with spaces between")
        found.append(sessions[word.casefold()])
    return found
