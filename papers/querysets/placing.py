"""Reads of papers that are being decided."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from papers.models import Paper, Workshop
    from papers.querysets.papers import PaperQuerySet

MOST_KEYS = 20_000  # SQLite takes 32,766 values in one statement
OWN = ("number", "title", "note_id", "standing", "is_test", "workshop", "track")
OF_DECISION = ("paper", "outcome", "presentation", "award", "comment", "decided_at", "by", "released_at")

Placed = tuple[int | None, str, int | None, int]


def count_places(papers: PaperQuerySet, decided: Q) -> list[Placed]:
    """Return track, outcome, presentation kind (keys, empty while undecided) and how many active papers; `decided` says which to ask."""
    outcome = tell_if(decided, Coalesce(F("decision__outcome"), Value("")), Value(""))
    kind = tell_if(decided, F("decision__presentation"), Value(None))
    placed = papers.active().filter(is_test=False).order_by().annotate(place=outcome, kind=kind)
    return list(placed.values_list("track", "place", "kind").annotate(n=Count("pk")))


def tell_if(told: Q, value: Any, otherwise: Value) -> Any:
    """Return `value` where the condition holds, something else where it does not; an empty condition always holds."""
    return Case(When(told, then=value), default=otherwise) if told else value


def present_as(papers: PaperQuerySet, kind: int, decided: Q) -> PaperQuerySet:
    """Keep accepted papers of one presentation kind, test submissions excluded, as far as `decided` lets ask."""
    return papers.accepted().filter(decided, is_test=False, decision__presentation=kind)


def find_named(workshop: Workshop, numbers: Collection[int], notes: Collection[str]) -> PaperQuerySet:
    """Return the papers with one of these numbers or forum ids, with no more than their keys."""
    papers = workshop.papers.only("number", "note_id", "workshop").order_by("pk")
    if len(numbers) + len(notes) > MOST_KEYS:
        return papers
    return papers.filter(Q(number__in=numbers) | Q(note_id__in=notes))


def load_for_deciding(papers: PaperQuerySet, keys: Collection[int]) -> dict[int, Paper]:
    """Return these papers by key, in the order of their numbers, with all that a decision is made from but no long texts."""
    found = papers.select_related("workshop", "track", "decision__presentation", "decision__award__presentation")
    found = found.only(*OWN, *(f"decision__{name}" for name in OF_DECISION), "track__name", "track__slug", "track__is_award_eligible")
    found = found.order_by(F("number").asc(nulls_last=True), "pk")
    if len(keys) <= MOST_KEYS:
        return {paper.pk: paper for paper in found.filter(pk__in=list(keys))}
    wanted = frozenset(keys)
    return {paper.pk: paper for paper in found if paper.pk in wanted}
