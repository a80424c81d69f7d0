"""Reads of changes that can be undone."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef

if TYPE_CHECKING:
    from papers.models import Batch, BatchRow  # noqa: F401 (named in generics)

get_model = apps.get_model  # by name, because the models import this module


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches as pages need them."""

    def for_batch_page(self) -> BatchQuerySet:
        """Bring who did it, the newest first."""
        return self.select_related("workshop", "by", "undone_by").order_by("-at", "-pk")

    def for_batch_list(self, hidden: Collection[int]) -> BatchQuerySet:
        """Bring the same; leave out those of `hidden` papers alone, and annotate `has_hidden` where one is among others."""
        rows = get_model("papers", "BatchRow").objects.filter(batch=OuterRef("pk"))
        among = Exists(rows.filter(paper__in=hidden))
        return self.filter(Exists(rows.exclude(paper__in=hidden))).annotate(has_hidden=among).for_batch_page()


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    """Rows of batches as pages need them."""

    def of_papers_seen(self, hidden: Collection[int]) -> BatchRowQuerySet:
        """Bring the papers by number, without the `hidden` ones."""
        seen = self.exclude(paper__in=hidden) if hidden else self
        papers = ("paper__number", "paper__title", "paper__note_id", "paper__workshop")
        return (
            seen.select_related("paper").only("batch", "before", "after", *papers).order_by(F("paper__number").asc(nulls_last=True), "pk")
        )
