"""What is wrong with a search, where."""

from papers.errors import Refusal

SHOWN = 60


class SearchMistake(Refusal):
    """A search can't be read; `start` and `end` are the characters to blame, `suggestion` a whole search that would do, or nothing."""

    def __init__(self, sentence: str, *, text: str, start: int, end: int, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.text = text
        self.start = start
        self.end = end
        self.suggestion = suggestion

    @property
    def before(self) -> str:
        """Return what stands before the blamed part, shortened from the left."""
        return f"…{self.text[self.start - SHOWN : self.start]}" if self.start > SHOWN else self.text[: self.start]

    @property
    def blamed(self) -> str:
        """Return the blamed part, shortened."""
        part = self.text[self.start : self.end]
        return part if len(part) <= SHOWN else f"{part[:SHOWN]}…"

    @property
    def after(self) -> str:
        """Return what stands after the blamed part, shortened from the right."""
        part = self.text[self.end :]
        return part if len(part) <= SHOWN else f"{part[:SHOWN]}…"
