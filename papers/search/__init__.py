"""The search language of every list of papers."""

from papers.search.asking import count_found, search_papers
from papers.search.completing import Completion, complete_search
from papers.search.mistakes import SearchMistake

__all__ = ["Completion", "SearchMistake", "complete_search", "count_found", "search_papers"]
