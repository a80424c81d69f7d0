"""One paper as all checks see it: pages, lines in reading order, main font, parts of the first page."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

from papers.pdf_checks.findings import Box
from papers.pdf_checks.layout import LONG_LINE, Line, find_main_size, has_two_columns, make_lines, sort_lines
from papers.pdf_checks.reading import Page, Word
from papers.pdf_checks.rulers import Ruler, drop_rulers, find_rulers
from papers.pdf_checks.rules import Rules

FEWEST_LETTERS = 200
RUN_IN_ABSTRACT = re.compile(r"abstract\s*[-\u2013\u2014:.]", re.IGNORECASE)
INTRODUCTION = re.compile(r"(?:\d|I)?\.?\s*introduction", re.IGNORECASE)
EDGE = 1.0


@dataclass(frozen=True)
class Document:
    """The pages of a paper under the rules of its track."""

    pages: tuple[Page, ...]
    rules: Rules

    @cached_property
    def has_text(self) -> bool:
        """Return whether there is enough text to say anything about it."""
        return sum(len(word.text) for page in self.pages for word in page.words) >= FEWEST_LETTERS

    @cached_property
    def rulers(self) -> list[Ruler]:
        """Return the columns of line numbers beside the text."""
        return find_rulers(self.pages, self.rules.print_area)

    def print_area(self, page: Page) -> Box:
        """Return where ink may be; on a page of another size its lower edge keeps its distance from the page's."""
        left, top, right, bottom = self.rules.print_area
        return left, top, right, max(bottom, page.height - (self.rules.paper_size[1] - bottom))

    @cached_property
    def _parts(self) -> tuple[tuple[tuple[Word, ...], tuple[Word, ...]], ...]:
        """Return the words of each page without line numbers: those within the print area's height, those above and below."""
        return tuple(self._part(page) for page in self.pages)

    def _part(self, page: Page) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        _, top, _, bottom = self.print_area(page)
        words = drop_rulers(page.words, self.rulers)
        in_band = [word.box[3] < top - EDGE or word.box[1] > bottom + EDGE for word in words]
        return tuple(word for word, is_out in zip(words, in_band, strict=True) if not is_out), tuple(compress(words, in_band))

    @cached_property
    def body_words(self) -> tuple[tuple[Word, ...], ...]:
        """Return the words of each page without line numbers, heads and feet."""
        return tuple(body for body, _ in self._parts)

    @cached_property
    def band_lines(self) -> tuple[tuple[Line, ...], ...]:
        """Return the lines above and below the print area of each page, line numbers left out."""
        return tuple(tuple(make_lines(page.number, band)) for page, (_, band) in zip(self.pages, self._parts, strict=True))

    @cached_property
    def middle(self) -> float:
        """Return the middle of the print area."""
        return (self.rules.print_area[0] + self.rules.print_area[2]) / 2

    @cached_property
    def is_two_columns(self) -> bool:
        """Return whether the running text stands in two columns."""
        return has_two_columns((line for lines in self._raw_lines for line in lines), self.middle)

    @cached_property
    def _raw_lines(self) -> list[list[Line]]:
        return [make_lines(page.number, words, middle=self.middle) for page, words in zip(self.pages, self.body_words, strict=True)]

    @cached_property
    def lines(self) -> tuple[tuple[Line, ...], ...]:
        """Return the lines of each page in reading order."""
        if self.is_two_columns:
            return tuple(tuple(sort_lines(lines, self.middle)) for lines in self._raw_lines)
        return tuple(tuple(make_lines(page.number, words)) for page, words in zip(self.pages, self.body_words, strict=True))

    @cached_property
    def all_lines(self) -> tuple[Line, ...]:
        """Return the lines of all pages, one after the other."""
        return tuple(line for lines in self.lines for line in lines)

    @cached_property
    def column_lefts(self) -> tuple[float, ...]:
        """Return where the lines of the columns begin, left column first."""
        starts = [line.box[0] for line in self.all_lines if len(line.text) >= LONG_LINE]
        halves = ([x for x in starts if x < self.middle], [x for x in starts if x >= self.middle])
        return tuple(Counter(round(x, 0) for x in half).most_common(1)[0][0] for half in halves if half)

    @cached_property
    def body_size(self) -> float:
        """Return the size of most letters."""
        return find_main_size(word for words in self.body_words for word in words)

    @cached_property
    def body_font(self) -> str:
        """Return the font of most letters."""
        return find_main_font(word for words in self.body_words for word in words)

    @cached_property
    def abstract(self) -> Line | None:
        """Return the line that starts the abstract, on the first two pages."""
        return next((line for lines in self.lines[:2] for line in lines if is_abstract(line)), None)

    @cached_property
    def title_block(self) -> tuple[Line, ...]:
        """Return the lines of the first page above the abstract, row by row; cells of a row stay apart."""
        words = self.body_words[0] if self.body_words else ()
        bottom = self._find_block_end()
        return tuple(make_lines(1, (word for word in words if word.baseline < bottom)))

    def _find_block_end(self) -> float:
        if self.abstract is not None and self.abstract.page == 1:
            return self.abstract.box[1] + EDGE
        lines = self.lines[0] if self.lines else ()
        heading = next((line for line in lines if INTRODUCTION.fullmatch(line.text)), None)
        if heading is not None:
            return heading.box[1] + EDGE
        for first, second, third in zip(lines, lines[1:], lines[2:], strict=False):
            if all(len(line.text) > 40 and abs(line.size - self.body_size) < 0.3 for line in (first, second, third)):
                return first.box[1] + EDGE
        return 0.4 * self.pages[0].height if self.pages else 0.0

    @cached_property
    def title_lines(self) -> tuple[Line, ...]:
        """Return the lines of the title: the first ones in the largest letters of the title block."""
        sizes = [max(word.size for word in line.words) for line in self.title_block]
        if not sizes:
            return ()
        largest = max(sizes)
        first = next(index for index, size in enumerate(sizes) if size > largest - 0.6)
        last = first
        while last + 1 < len(sizes) and sizes[last + 1] > largest - 0.6:
            last += 1
        return self.title_block[first : last + 1]

    @cached_property
    def title(self) -> str:
        """Return the title as printed, on one line."""
        return " ".join(line.text for line in self.title_lines)

    @cached_property
    def author_lines(self) -> tuple[Line, ...]:
        """Return the lines between title and abstract."""
        if not self.title_lines:
            return ()
        last = self.title_block.index(self.title_lines[-1])
        return self.title_block[last + 1 :]


def is_abstract(line: Line) -> bool:
    """Tell whether a line is the word Abstract, also in small capitals, or begins with it as a heading in the line."""
    letters = "".join(character for character in line.text if character.isalpha()).lower()
    return letters == "abstract" or RUN_IN_ABSTRACT.match(line.text) is not None


def find_main_font(words: Iterable[Word]) -> str:
    """Return the name of the font of most letters."""
    weights: Counter[str] = Counter()
    for word in words:
        weights[word.style.font] += len(word.text)
    return max(weights.items(), key=lambda item: (item[1], item[0]), default=("", 0))[0]
