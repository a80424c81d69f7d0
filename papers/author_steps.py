"""Lets other apps add to a paper's way what authors may know."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from papers.models import Paper

Finder = Callable[[Sequence[Paper]], dict[int, str]]
_finders: list[Finder] = []


def register_place_finder(find: Finder) -> None:
    """Ask `find` where papers are placed in a published schedule: words by key of the paper.

    It is called from an app's module `dependents`, which is loaded at the start.
    """
    if find not in _finders:
        _finders.append(find)


def find_places(papers: Iterable[Paper]) -> dict[int, str]:
    """Return where each paper has its published place, by key; nothing for one that has none."""
    asked = list(papers)
    return dict(chain.from_iterable(find(asked).items() for find in _finders)) if asked else {}
