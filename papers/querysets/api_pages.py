"""Reads of papers as programs get them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Avg, Count, Max, Min, Q

if TYPE_CHECKING:
    from papers.querysets.papers import PaperQuerySet

get_model = apps.get_model  # by name, because the models import this module


def bring_api_page(papers: PaperQuerySet, *, after: int, limit: int) -> PaperQuerySet:
    """Keep `limit` papers whose key is greater than `after`, in the order of their keys, with what the API says of them."""
    return bring_api_facts(papers).filter(pk__gt=after).order_by("pk")[:limit]


def bring_api_facts(papers: PaperQuerySet) -> PaperQuerySet:
    """Bring what the API says of papers."""
    related = ("track", "decision__presentation", "decision__award")
    return papers.select_related(*related).prefetch_related("authors", "handlings__member__user").defer("imported", "search_text", "extras")


def measure_reviews(keys: list[int]) -> dict[int, dict[str, Any]]:
    """Return count, ratings and confidence over the live reviews, by key of the paper."""
    live = get_model("papers", "Review").objects.filter(Q(paper__in=keys), kind="review", gone_at__isnull=True).order_by()
    rows = live.values("paper").annotate(
        review_count=Count("pk"),
        rating_mean=Avg("rating"),
        rating_min=Min("rating"),
        rating_max=Max("rating"),
        confidence_mean=Avg("confidence"),
    )
    return {row.pop("paper"): row for row in rows}
