"""What is wrong with a search, where."""

from papers.errors import Refusal


class SearchMistake(Refusal):
    """A search can't be read; `start` and `end` are the characters to blame, `suggestion` a whole search that would do, or nothing."""

    def __init__(self, sentence: str, *, text: str, start: int, end: int, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.text = text
        self.start = start
        self.end = end
        self.suggestion = suggestion
