"""Reads of changes that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import Batch  # noqa: F401 (named in generics)


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches as pages need them."""

    def for_batch_page(self) -> BatchQuerySet:
        """Bring who did it, the newest first."""
        return self.select_related("by", "undone_by").order_by("-at", "-pk")
