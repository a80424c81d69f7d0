"""The search language of every list of papers."""

from papers.search.asking import search_papers
from papers.search.mistakes import SearchMistake
from papers.search.questions import SORTS, PaperQuestion, find_papers

__all__ = ["SORTS", "PaperQuestion", "SearchMistake", "find_papers", "search_papers"]
