"""Turns a search into one queryset."""

from papers.querysets import PaperQuerySet
from papers.sight import Sight


def search_papers(sight: Sight, text: str) -> PaperQuerySet:
    """Return the papers that `text` asks for, as far as `sight` reaches, test submissions only when asked for; in no order.

    Raises SearchMistake for what is no search.
    """
    papers = sight.papers.filter(is_test=False)
    return papers.matching(text) if text.strip() else papers
