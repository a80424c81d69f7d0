"""Counts behind the pictures of a set of papers, each by one query that groups in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Value, When
from django.db.models.functions import Cast, Floor

from papers.querysets.table_orders import mask, mean_rating

if TYPE_CHECKING:
    from papers.querysets.papers import PaperQuerySet

get_model = apps.get_model  # by name, because the models import this room

HAIR = 1e-6  # the search counts a mean that lies so little below a number as that number


def read_rating_ends(papers: PaperQuerySet, judged: Q) -> tuple[float, float] | None:
    """Return the lowest and the highest rating of the papers that may be judged, or nothing where there is none."""
    reviews = get_model("papers", "Review").objects.filter(paper__in=papers.filter(judged).order_by(), kind="review", gone_at__isnull=True)
    ends = reviews.aggregate(low=Min("rating"), high=Max("rating"))
    return None if ends["low"] is None else (ends["low"], ends["high"])


def count_means(papers: PaperQuerySet, width: float, *, judged: Q, decided: Q) -> list[tuple[int, str, int]]:
    """Return the bin of the mean rating (mean divided by `width`, rounded down), the outcome or nothing, and how many papers."""
    outcome = Case(
        When(decided & Q(decision__outcome="accept"), then=Value("accept")),
        When(decided & Q(decision__outcome="reject"), then=Value("reject")),
        default=Value(""),
    )
    rated = papers.filter(judged).order_by().annotate(figure=mask(mean_rating(), judged)).filter(figure__isnull=False)
    binned = rated.annotate(bin=Cast(Floor((F("figure") + Value(HAIR)) / Value(width)), IntegerField()), told=outcome)
    return list(binned.values_list("bin", "told").annotate(n=Count("pk")).order_by("bin", "told"))


def count_pairs(papers: PaperQuerySet, low: float, width: float, *, judged: Q) -> list[tuple[int, int, int]]:
    """Return the bin of the rating, the confidence rounded down, and how many live reviews have both."""
    reviews = get_model("papers", "Review").objects.filter(paper__in=papers.filter(judged).order_by(), kind="review", gone_at__isnull=True)
    both = reviews.filter(rating__isnull=False, confidence__isnull=False).order_by()
    binned = both.annotate(
        rating_bin=Cast(Floor((F("rating") - Value(low)) / Value(width)), IntegerField()),
        sure=Cast(Floor(F("confidence")), IntegerField()),
    )
    return list(binned.values_list("rating_bin", "sure").annotate(n=Count("pk")).order_by("rating_bin", "sure"))


def count_outcomes(papers: PaperQuerySet, decided: Q) -> list[tuple[int | None, str, int | None, int]]:
    """Return track, outcome or nothing, presentation kind (keys) and how many active papers."""
    outcome = Case(When(decided & Q(decision__outcome__isnull=False), then=F("decision__outcome")), default=Value(""))
    told = papers.active().order_by().annotate(told=outcome, kind=mask(F("decision__presentation"), decided))
    return list(told.values_list("track", "told", "kind").annotate(n=Count("pk")).order_by("track", "told", "kind"))
