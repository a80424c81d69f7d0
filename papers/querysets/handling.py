"""Reads of who looks after a paper, with what they think of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models.functions import Lower

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
    from papers.querysets.papers import PaperQuerySet
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

    def in_conflict(self) -> HandlingQuerySet:
        """Keep those by whom a conflict of interest stands, or who is an author of the paper."""
        conflicts = get_model("papers", "ConflictOfInterest").objects.standing()
        conflicts = conflicts.filter(paper=models.OuterRef("paper"), member=models.OuterRef("member"))
        claims = get_model("papers", "AuthorClaim").objects.filter(paper=models.OuterRef("paper"), user=models.OuterRef("member__user"))
        return self.filter(models.Exists(conflicts) | models.Exists(claims))

    def count_work(self) -> dict[int, dict[str, int]]:
        """Return by member how many papers they look after: load, undecided, recommended (by themself), waiting for that."""
        own = get_model("papers", "Recommendation").objects.filter(paper=models.OuterRef("paper"), by=models.OuterRef("member__user"))
        is_open = models.Q(paper__decision__isnull=True)
        rows = self.annotate(is_recommended=models.Exists(own)).order_by().values("member_id")
        counted = rows.annotate(
            load=models.Count("pk"),
            undecided=models.Count("pk", filter=is_open),
            recommended=models.Count("pk", filter=models.Q(is_recommended=True)),
            waiting=models.Count("pk", filter=is_open & models.Q(is_recommended=False)),
        )
        names = ("load", "undecided", "recommended", "waiting")
        return {member: dict(zip(names, figures, strict=True)) for member, *figures in counted.values_list("member_id", *names)}

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

    def for_interest_page(self) -> ConflictOfInterestQuerySet:
        """Bring paper, member and who dismissed it, by member, ground and paper."""
        return self.select_related("paper__workshop", "member__user", "dismissed_by", "by").order_by(
            Lower("member__user__name"), "member", "ground", "paper__number", "id"
        )

    def of_workshop(self, workshop: Workshop) -> ConflictOfInterestQuerySet:
        """Keep those of a workshop's papers, test submissions excluded."""
        return self.filter(member__workshop=workshop, paper__is_test=False)

    def seen_by(self, sight: Sight) -> ConflictOfInterestQuerySet:
        """Leave out those of others with papers whose judgments a person must not see; their own are theirs to know."""
        return self.exclude(~models.Q(member__user=sight.user), paper__in=sight.hidden) if sight.hidden else self

    def of_papers(self, papers: PaperQuerySet) -> ConflictOfInterestQuerySet:
        """Keep those with one of these papers."""
        return self.filter(paper__in=papers.order_by().values("pk"))

    def asked(self, *, member: int | None, ground: str, is_dismissed: bool) -> ConflictOfInterestQuerySet:
        """Keep what the filters of the page ask for; an empty one asks nothing."""
        kept = self.exclude(dismissed_at__isnull=True) if is_dismissed else self.standing()
        kept = kept.filter(member=member) if member else kept
        return kept.filter(ground=ground) if ground else kept

    def count_by_member(self) -> dict[int, int]:
        """Return with how many papers each member has a conflict, by key of the membership."""
        return dict(self.order_by().values_list("member_id").annotate(n=models.Count("paper", distinct=True)))

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
