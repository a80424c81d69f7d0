"""Reads of files that OpenReview holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import Paper, UpstreamFile, Workshop  # noqa: F401 (named in generics)


class UpstreamFileQuerySet(models.QuerySet["UpstreamFile"]):
    """Files seen upstream, as imports and pages need them."""

    def of_papers(self, papers: Iterable[Paper]) -> UpstreamFileQuerySet:
        """Keep those of these papers, the newest first."""
        return self.filter(paper__in=[paper.pk for paper in papers]).order_by("paper_id", "kind", "-pk")

    def of_workshop(self, workshop: Workshop) -> UpstreamFileQuerySet:
        """Keep those of one workshop, with the paper of each."""
        return self.filter(paper__workshop=workshop).select_related("paper").order_by("paper_id", "kind", "-pk")

    def not_taken(self) -> UpstreamFileQuerySet:
        """Keep what stays outside for a reason that a person should know."""
        return self.filter(outcome__in=["older", "kept", "refused", "missing"])

    def with_paper(self) -> UpstreamFileQuerySet:
        """Bring paper, track, workshop, decision of each."""
        return self.select_related("paper__workshop", "paper__track", "paper__decision")

    def of_keys(self, keys: Iterable[str]) -> UpstreamFileQuerySet:
        """Keep those with these keys: paper, kind, path, with blanks between."""
        named = [key.split(" ", 2) for key in keys]
        wanted = {(int(paper), kind, path) for paper, kind, path in named}
        found = self.filter(paper__in={paper for paper, _, _ in wanted})
        return self.filter(pk__in=[row.pk for row in found if (row.paper_id, row.kind, row.path) in wanted]).with_paper().order_by("pk")
