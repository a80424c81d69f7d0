"""Reads of what the reviews of papers come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db.models import Avg, Count, F, FloatField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from papers.querysets.placing import tell_if

if TYPE_CHECKING:
    from papers.querysets.papers import PaperQuerySet

Measured: TypeAlias = "QuerySet[Any, Any]"  # papers with what measure_papers annotates
get_model = apps.get_model  # by name, because the models import the querysets

WEIGHT = Coalesce(F("confidence"), Value(1.0))
MEASURES: dict[str, Any] = {
    "mean": Avg("rating"),
    "lowest": Min("rating"),
    "weighted": Sum(F("rating") * WEIGHT, output_field=FloatField()) / NullIf(Sum(WEIGHT, output_field=FloatField()), Value(0.0)),
}
FIGURES = ("track", "measure", "place", "kind", "least", "most")


def measure_papers(papers: PaperQuerySet, measure: str, *, judged: Q, decided: Q) -> Measured:
    """Keep active papers, with what their judgments come to as far as the conditions let ask.

    Annotates `measure` (nothing without ratings), `place` and `kind` (outcome and presentation, empty while undecided),
    `least` and `most` (the outcomes recommended, the same where all agree).
    """
    reviews = get_model("papers", "Review").objects.filter(paper=OuterRef("pk"), kind="review", gone_at__isnull=True, rating__isnull=False)
    value = Subquery(reviews.order_by().values("paper").annotate(value=MEASURES[measure]).values("value"), output_field=FloatField())
    proposals = get_model("papers", "Recommendation").objects.filter(paper=OuterRef("pk")).order_by().values("paper")
    nothing = Value(None, output_field=FloatField())
    return (
        papers.active()
        .filter(is_test=False)
        .annotate(
            measure=tell_if(judged, value, nothing),
            place=tell_if(decided, Coalesce(F("decision__outcome"), Value("")), Value("")),
            kind=tell_if(decided, F("decision__presentation"), Value(None)),
            least=tell_if(judged, Subquery(proposals.annotate(least=Min("outcome")).values("least")), Value(None)),
            most=tell_if(judged, Subquery(proposals.annotate(most=Max("outcome")).values("most")), Value(None)),
        )
    )


def count_measured(measured: Measured) -> list[tuple[int | None, float | None, str, int | None, str | None, str | None, int]]:
    """Return how many measured papers have the same track, measure, place, kind, least and most."""
    return list(measured.order_by().values_list(*FIGURES).annotate(count=Count("pk")))


def list_rated(measured: Measured) -> list[tuple[int, float, str]]:
    """Return key, measure and place of the measured papers that have ratings."""
    return list(measured.filter(measure__isnull=False).order_by().values_list("pk", "measure", "place"))


def list_near(measured: Measured, near: Q, most: int) -> list[Any]:
    """Return the measured papers that the condition keeps, the highest measure first."""
    kept = measured.filter(near).select_related("track", "decision__presentation", "decision__award")
    unread = ("abstract", "tldr", "keywords", "extras", "imported", "search_text", "fingerprint")
    return list(kept.defer(*unread).order_by(F("measure").desc(), F("number").asc(nulls_last=True), "pk")[:most])
