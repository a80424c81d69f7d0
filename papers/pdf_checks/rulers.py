"""Finds what stands beside and around the text: line numbers, page numbers, running heads."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papers.pdf_checks.findings import Box
from papers.pdf_checks.reading import Page, Word

FEWEST_NUMBERS = 12  # on a page, one below the other
NUMBER = re.compile(r"\d{1,4}")
FEWEST_OUTSIDE = 7  # where no figure or table stands; every fifth line of a page that is half full
PAGE_NUMBER = re.compile(r"[-\u2013\u2014| ]*(?:page |p\. ?)?(\d{1,4}|[ivx]{1,6})(?: ?(?:/|of) ?\d{1,4})?[-\u2013\u2014| ]*", re.IGNORECASE)
ROMAN = {"i": 1, "v": 5, "x": 10}
EDGE = 2.0
SAME_COLUMN = 8.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """Numbers one below the other, beside the text; `left` and `right` bound them on every page."""

    left: float
    right: float

    def is_near(self, other: "Ruler") -> bool:
        """Tell whether two pages mean the same column."""
        return abs(other.left - self.left) < SAME_COLUMN and abs(other.right - self.right) < SAME_COLUMN

    def holds(self, word: Word) -> bool:
        """Tell whether a word is a number of this ruler."""
        return self.left - EDGE <= word.box[0] and word.box[2] <= self.right + EDGE and NUMBER.fullmatch(word.text) is not None


def find_rulers(pages: Sequence[Page], area: Box) -> list[Ruler]:
    """Find the columns of line numbers that stand on at least half of the pages; a listing's own numbers do not.

    Outside the print `area` fewer numbers on a page make a ruler.
    """
    merged: list[Ruler] = []
    numbers: list[set[int]] = []
    for page in pages:
        for ruler in _find_page_rulers(page, area):
            place = next((index for index, other in enumerate(merged) if ruler.is_near(other)), None)
            if place is None:
                merged.append(ruler)
                numbers.append({page.number})
            else:
                merged[place] = Ruler(min(merged[place].left, ruler.left), max(merged[place].right, ruler.right))
                numbers[place].add(page.number)
    return [ruler for ruler, found in zip(merged, numbers, strict=True) if 2 * len(found) >= len(pages)]


def _find_page_rulers(page: Page, area: Box) -> list[Ruler]:
    numbers = [word for word in page.words if word.is_upright and NUMBER.fullmatch(word.text)]
    by_edge: defaultdict[int, list[Word]] = defaultdict(list)
    for word in numbers:
        by_edge[round(word.box[0] / 4)].append(word)
        by_edge[-1 - round(word.box[2] / 4)].append(word)
    columns = (sorted(words, key=lambda word: word.baseline) for words in by_edge.values() if len(words) >= _count_needed(words, area))
    return [Ruler(min(w.box[0] for w in column), max(w.box[2] for w in column)) for column in columns if _is_ruler(column, page)]


def _count_needed(column: Sequence[Word], area: Box) -> int:
    is_outside = all(word.box[2] < area[0] or word.box[0] > area[2] for word in column)
    return FEWEST_OUTSIDE if is_outside else FEWEST_NUMBERS


def _is_ruler(column: Sequence[Word], page: Page) -> bool:
    values = [int(word.text) for word in column]
    steps = Counter(after - before for before, after in pairwise(values))
    step, count = steps.most_common(1)[0]
    left, right = min(word.box[0] for word in column), max(word.box[2] for word in column)
    others = sum(1 for word in page.words if word.box[0] < right and word.box[2] > left and NUMBER.fullmatch(word.text) is None)
    return 0 < step <= 5 and count >= 0.7 * (len(values) - 1) and others <= 0.1 * len(column) + 2


def drop_rulers(words: Iterable[Word], rulers: Sequence[Ruler]) -> tuple[Word, ...]:
    """Return the words that are not line numbers."""
    return tuple(word for word in words if not any(ruler.holds(word) for ruler in rulers)) if rulers else tuple(words)


def read_page_number(text: str) -> int:
    """Return the number of a line that is nothing else, also in small Roman numerals; -1 where there is none."""
    match = PAGE_NUMBER.fullmatch(text)
    if match is None or match.group(1).isdigit():
        return int(match.group(1)) if match else -1
    values = [ROMAN[letter] for letter in match.group(1).lower()]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))
