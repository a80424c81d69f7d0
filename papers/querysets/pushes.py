"""Reads of what was written to OpenReview."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import Paper, PushedDecision, Workshop


class PushedDecisionQuerySet(models.QuerySet["PushedDecision"]):
    """Attempts to write a decision, the newest first."""

    def of_workshop(self, workshop: Workshop) -> PushedDecisionQuerySet:
        """Keep the attempts of one workshop, with paper and person."""
        return self.filter(paper__workshop=workshop).select_related("paper", "by").order_by("-at", "-pk")

    def shown_to(self, hidden: frozenset[int]) -> PushedDecisionQuerySet:
        """Keep attempts on papers whose judgments may be shown."""
        return self.exclude(paper__in=hidden) if hidden else self

    def find_last(self, workshop: Workshop) -> dict[int, PushedDecision]:
        """Return the last attempt on each paper, by its key."""
        return {row.paper_id: row for row in self.filter(paper__workshop=workshop).order_by("at", "pk")}

    def find_open(self, paper: Paper | int) -> PushedDecision | None:
        """Return the attempt on a paper of which nobody knows yet how it ended."""
        return self.filter(paper=paper, state="started").order_by("-at", "-pk").first()

    def written_since(self, workshop: Workshop, moment: dt.datetime) -> set[int]:
        """Return the papers, by key, whose decision was written since `moment`."""
        return set(self.filter(paper__workshop=workshop, state="written", at__gte=moment).values_list("paper_id", flat=True))
