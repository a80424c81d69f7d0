"""The refusal of a whole table."""

from collections.abc import Sequence

from papers.errors import Refusals
from papers.tables.values import Mistake


class TableRefused(Refusals):
    """A table holds mistakes, so nothing of it was written; `mistakes` name every one by row and column."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        ordered = sorted(mistakes, key=lambda mistake: (mistake.sheet, mistake.row or 0))
        count = f"{len(ordered)} mistake{'' if len(ordered) == 1 else 's'}"
        super().__init__(f"The table has {count}; nothing was written.", [str(mistake) for mistake in ordered])
        self.mistakes = tuple(ordered)
