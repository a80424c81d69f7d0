"""Makes lines of words, in the order in which people read them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from papers.pdf_checks.findings import Box
from papers.pdf_checks.reading import Word

WIDEST_GAP = 8.0  # between two words of one line
GUTTER_GAP = 5.0  # a gap this wide in the middle of a page parts two columns
HALF_GUTTER = 12.0
LONG_LINE = 25  # letters of what is certainly running text
MOSTLY = 0.6


@dataclass(frozen=True)
class Line:
    """Words on one baseline without a wide gap, from left to right."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """Return the words with one space between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """Return the smallest box around all words."""
        return join_boxes(word.box for word in self.words)

    @cached_property
    def size(self) -> float:
        """Return the size of most letters."""
        return find_main_size(self.words)

    @cached_property
    def is_bold(self) -> bool:
        """Return whether most letters are bold."""
        bold = sum(len(word.text) for word in self.words if word.style.is_bold)
        return 2 * bold > sum(len(word.text) for word in self.words)


def find_main_size(words: Iterable[Word]) -> float:
    """Return the size of most letters, to a tenth of a point."""
    weights: Counter[float] = Counter()
    for word in words:
        weights[round(word.size, 1)] += len(word.text)
    return max(weights.items(), key=lambda item: (item[1], item[0]), default=(0.0, 0))[0]


def join_boxes(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def make_rows(words: Iterable[Word]) -> list[list[Word]]:
    """Return upright words by rows, from the top; small raised or lowered words belong to the row they touch."""
    rows: list[list[Word]] = []
    start = reach = 0.0
    for word in sorted((word for word in words if word.is_upright), key=lambda word: word.baseline):
        if not rows or word.baseline - start > reach:
            rows.append([])
            start, reach = word.baseline, 0.45 * max(word.size, 6.0)
        rows[-1].append(word)
    return rows


def make_lines(page: int, words: Iterable[Word], *, middle: float | None = None, gap: float = WIDEST_GAP) -> list[Line]:
    """Return the lines of a page, row by row; rows break at wide gaps, around `middle` at narrower ones too."""
    return [
        Line(page, tuple(part)) for row in make_rows(words) for part in _split_row(sorted(row, key=lambda word: word.box[0]), middle, gap)
    ]


def _split_row(row: Sequence[Word], middle: float | None, gap: float) -> list[list[Word]]:
    parts = [[row[0]]]
    right = row[0].box[2]
    for word in row[1:]:
        space = word.box[0] - right
        is_gutter = middle is not None and space > GUTTER_GAP and abs((word.box[0] + right) / 2 - middle) < HALF_GUTTER
        if space > max(gap, 1.25 * min(word.size, 14.0)) or is_gutter:
            parts.append([])
        parts[-1].append(word)
        right = max(right, word.box[2])
    return parts


def has_two_columns(lines: Iterable[Line], middle: float) -> bool:
    """Tell whether most running text keeps to one side of the middle, and both sides hold some."""
    left = right = across = 0
    for line in lines:
        length = len(line.text)
        if length < LONG_LINE:
            continue
        if line.box[2] < middle + HALF_GUTTER:
            left += length
        elif line.box[0] > middle - HALF_GUTTER:
            right += length
        else:
            across += length
    total = left + right + across
    return total > 0 and left + right > MOSTLY * total and min(left, right) > 0.15 * total


def sort_lines(lines: Iterable[Line], middle: float) -> list[Line]:
    """Return the lines of a page of two columns in reading order: a line across both ends the columns above it."""
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: line.box[1]):
        if line.box[0] > middle - HALF_GUTTER:
            right.append(line)
        elif line.box[2] < middle + HALF_GUTTER:
            left.append(line)
        else:
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]
