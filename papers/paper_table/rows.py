"""The lines of the paper table: each paper with what its columns tell, as far as the reader may see it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from papers.models import Decision, Paper
from papers.querysets.table_facts import (
    LastLetter,
    read_attending,
    read_authors,
    read_camera_ready,
    read_differing,
    read_handlers,
    read_institutions,
    read_letters,
    read_presenters,
    read_ratings,
    read_recommendations,
    read_remarks,
)
from papers.sight import Sight


@dataclass(slots=True)
class Row:
    """One paper of the table; what the reader must not see is empty here already."""

    paper: Paper
    is_hidden: bool = False
    shows_decision: bool = True
    is_differing: bool = False
    authors: list[str] = field(default_factory=list)
    institutions: list[str] = field(default_factory=list)
    reviews: list[tuple[float | None, float | None]] = field(default_factory=list)
    handlers: list[str] = field(default_factory=list)
    recommendations: dict[str, int] = field(default_factory=dict)
    remark_count: int = 0
    unread_count: int = 0
    letter: LastLetter | None = None
    file: str = ""
    presenter: str = ""
    attending: list[str] = field(default_factory=list)

    @property
    def decision(self) -> Decision | None:
        """Return the decision on the paper, where there is one that may be told."""
        return getattr(self.paper, "decision", None) if self.shows_decision else None

    @property
    def ratings(self) -> list[float]:
        """Return the ratings, the lowest first."""
        return [rating for rating, _ in self.reviews if rating is not None]

    @property
    def mean(self) -> float | None:
        """Return the mean of the ratings."""
        return fmean(self.ratings) if self.ratings else None

    @property
    def spread(self) -> float | None:
        """Return how far the highest rating lies above the lowest."""
        return max(self.ratings) - min(self.ratings) if self.ratings else None

    @property
    def confidence(self) -> float | None:
        """Return the mean of the confidences."""
        told = [confidence for _, confidence in self.reviews if confidence is not None]
        return fmean(told) if told else None


Fact = Callable[[Sequence[int], Sequence[int], Sight], dict[int, dict[str, Any]]]


def _name(field_name: str, read: Callable[[Sequence[int]], dict[int, Any]], *, is_judgment: bool) -> Fact:
    """Return a reader of one field of the rows, for all papers or for those whose judgments may be seen."""

    def read_field(pks: Sequence[int], seen: Sequence[int], sight: Sight) -> dict[int, dict[str, Any]]:
        return {pk: {field_name: value} for pk, value in read(seen if is_judgment else pks).items()}

    return read_field


def _read_discussion(pks: Sequence[int], seen: Sequence[int], sight: Sight) -> dict[int, dict[str, Any]]:
    if sight.user is None:
        return {}
    return {pk: {"remark_count": count, "unread_count": unread} for pk, (count, unread) in read_remarks(seen, sight.user).items()}


def _read_differing(pks: Sequence[int], seen: Sequence[int], sight: Sight) -> dict[int, dict[str, Any]]:
    return {pk: {"is_differing": True} for pk in read_differing(pks, sight.hidden)}


FACTS: dict[str, Fact] = {
    "authors": _name("authors", read_authors, is_judgment=False),
    "institutions": _name("institutions", read_institutions, is_judgment=False),
    "reviews": _name("reviews", read_ratings, is_judgment=True),
    "handlers": _name("handlers", read_handlers, is_judgment=True),
    "recommendations": _name("recommendations", read_recommendations, is_judgment=True),
    "discussion": _read_discussion,
    "letter": _name("letter", read_letters, is_judgment=True),
    "file": _name("file", read_camera_ready, is_judgment=False),
    "presenter": _name("presenter", read_presenters, is_judgment=False),
    "attending": _name("attending", read_attending, is_judgment=False),
    "differing": _read_differing,
}


def read_rows(sight: Sight, pks: Sequence[int], facts: Collection[str]) -> list[Row]:
    """Return the rows of these papers in this order with the facts asked for, one query for each; papers gone since are left out."""
    papers = sight.papers.for_paper_table(pks)
    seen = [pk for pk in pks if pk not in sight.hidden] if sight.is_inside else []
    values: dict[int, dict[str, Any]] = {pk: {} for pk in papers}
    for fact in sorted(facts):
        for pk, told in FACTS[fact](pks, seen, sight).items():
            values.get(pk, {}).update(told)
    return [_read_row(papers[pk], sight, values[pk]) for pk in pks if pk in papers]


def _read_row(paper: Paper, sight: Sight, values: dict[str, Any]) -> Row:
    paper.workshop = sight.workshop
    return Row(paper, is_hidden=not sight.sees_judgments(paper), shows_decision=sight.sees_decision(paper), **values)
