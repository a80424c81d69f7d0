"""Lets other apps add to a paper's way what authors may know."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from papers.models import Paper


@dataclass(frozen=True, slots=True)
class Place:
    """Where a published schedule has a paper: session with room in words, aware instants where they are known."""

    words: str
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None


Finder = Callable[[Sequence[Paper]], dict[int, Place]]
_finders: list[Finder] = []


def register_place_finder(find: Finder) -> None:
    """Ask `find` where papers are placed in a published schedule: a place by key of the paper.

    It is called from an app's module `dependents`, which is loaded at the start.
    """
    if find not in _finders:
        _finders.append(find)


def find_places(papers: Iterable[Paper]) -> dict[int, Place]:
    """Return where each paper has its published place, by key; nothing for one that has none."""
    asked = list(papers)
    return dict(chain.from_iterable(find(asked).items() for find in _finders)) if asked else {}
