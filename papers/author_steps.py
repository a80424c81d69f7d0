"""Lets other apps add to a paper's way what authors may know."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from papers.models import Paper, Workshop


@dataclass(frozen=True, slots=True)
class Place:
    """Where a published schedule has a paper: session with room in words, aware instants where they are known."""

    words: str
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that another app has for authors: its words and address."""

    words: str
    address: str
    icon: str = "calendar-days"


OfferMaker = Callable[[Workshop], Offer | None]
Finder = Callable[[Sequence[Paper]], dict[int, Place]]
_finders: list[Finder] = []
_offer_makers: list[OfferMaker] = []


def register_place_finder(find: Finder) -> None:
    """Ask `find` where papers are placed in a published schedule: a place by key of the paper.

    It is called from an app's module `dependents`, which is loaded at the start.
    """
    if find not in _finders:
        _finders.append(find)


def register_offer(make: OfferMaker) -> None:
    """Ask `make` what a workshop offers its authors on their page; called as `register_place_finder` is."""
    if make not in _offer_makers:
        _offer_makers.append(make)


def list_offers(workshop: Workshop) -> list[Offer]:
    """Return what other apps offer the authors of a workshop."""
    return [offer for offer in (make(workshop) for make in _offer_makers) if offer]


def find_places(papers: Iterable[Paper]) -> dict[int, Place]:
    """Return where each paper has its published place, by key; nothing for one that has none."""
    asked = list(papers)
    return dict(chain.from_iterable(find(asked).items() for find in _finders)) if asked else {}
