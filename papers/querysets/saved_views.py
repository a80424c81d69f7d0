"""Reads of kept views of the paper table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from papers.models import SavedView, User, Workshop  # noqa: F401 (named in generics)


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Kept views as the table needs them."""

    def seen_by(self, user: User, workshop: Workshop) -> SavedViewQuerySet:
        """Keep a person's own and the shared ones of a workshop, by name."""
        return self.filter(Q(by=user) | Q(is_shared=True), workshop=workshop).select_related("by").order_by("name", "pk")
