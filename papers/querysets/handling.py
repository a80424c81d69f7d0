"""Reads of who looks after a paper, with what they think of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from papers.querysets.placing import MOST_KEYS

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
    from papers.sight import Sight

get_model = apps.get_model  # by name, because the models import this module


class HandlingQuerySet(models.QuerySet["Handling"]):
    """Assignments of papers to members as pages need them."""

    def of_workshop(self, workshop: Workshop) -> HandlingQuerySet:
        """Keep the assignments in one workshop."""
        return self.filter(paper__workshop=workshop)

    def counted(self) -> HandlingQuerySet:
        """Keep those that make up a member's load: of active papers, test submissions excluded."""
        return self.filter(paper__standing="active", paper__is_test=False)

    def of_papers(self, papers: Collection[int]) -> HandlingQuerySet:
        """Keep those of the papers with these keys, by paper and member."""
        ordered = self.order_by("paper_id", "member_id")
        if len(papers) <= MOST_KEYS:
            return ordered.filter(paper__in=list(papers))
        return ordered.filter(paper__workshop__in=get_model("papers", "Paper").objects.filter(pk=next(iter(papers))).values("workshop"))

    def seen_by(self, sight: Sight) -> HandlingQuerySet:
        """Leave out the papers whose handlers a person must not see."""
        return self.exclude(paper__in=sight.hidden) if sight.hidden else self

    def count_by_member(self) -> dict[int, int]:
        """Return how many papers each member looks after, by key of the membership."""
        return dict(self.order_by().values_list("member_id").annotate(n=models.Count("pk")))

    def for_paper_page(self) -> HandlingQuerySet:
        """Bring who looks after a paper, since when, by whom."""
        return self.select_related("member__user", "by").order_by("assigned_at", "id")


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

    def for_deciding(self, workshop: Workshop, by: User | None = None) -> RecommendationQuerySet:
        """Keep those on papers of a workshop, of one person if named, with what they propose, the oldest first."""
        kept = self.filter(paper__workshop=workshop).select_related("by", "presentation", "award__presentation").order_by("at", "id")
        return kept.filter(by=by) if by else kept


class RemarkQuerySet(models.QuerySet["Remark"]):
    """Discussions as pages need them."""

    def for_paper_page(self) -> RemarkQuerySet:
        """Bring who says it and who is mentioned, the oldest first."""
        return self.select_related("by").prefetch_related("mentioned").order_by("at", "id")
