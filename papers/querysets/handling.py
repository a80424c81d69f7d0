"""Reads of who looks after a paper, with what they think of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import (  # noqa: F401 (named in generics)
        ConflictOfInterest,
        Handling,
        Paper,
        ReadMark,
        Recommendation,
        Remark,
        User,
        Workshop,
    )


class HandlingQuerySet(models.QuerySet["Handling"]):
    """Assignments of papers to members as pages need them."""

    def of_workshop(self, workshop: Workshop) -> HandlingQuerySet:
        """Keep the assignments in one workshop."""
        return self.filter(paper__workshop=workshop)


class ConflictOfInterestQuerySet(models.QuerySet["ConflictOfInterest"]):
    """Conflicts of interest as pages need them."""

    def standing(self) -> ConflictOfInterestQuerySet:
        """Keep those that nobody has dismissed."""
        return self.filter(dismissed_at__isnull=True)

    def of_member(self, user: User, workshop: Workshop) -> ConflictOfInterestQuerySet:
        """Keep those of one person in one workshop."""
        return self.filter(member__user=user, member__workshop=workshop)

    def between(self, user: User, paper: Paper) -> ConflictOfInterestQuerySet:
        """Keep those of one person with one paper, the weightiest ground first."""
        grounds = ("author", "declared", "coauthor", "institution", "domain")
        rank = models.Case(*[models.When(ground=ground, then=models.Value(place)) for place, ground in enumerate(grounds)])
        return self.filter(member__user=user, paper=paper).order_by(rank, "id")


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations as pages need them."""

    def for_paper_page(self) -> RecommendationQuerySet:
        """Bring who recommends, the oldest first."""
        return self.select_related("by", "presentation", "award").order_by("at", "id")


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Discussions as pages need them."""

    def for_paper_page(self) -> RemarkQuerySet:
        """Bring who says it and who is mentioned, the oldest first."""
        return self.select_related("by").prefetch_related("mentioned").order_by("at", "id")
