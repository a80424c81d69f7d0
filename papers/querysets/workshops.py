"""Reads of workshops with what hangs on them directly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

if TYPE_CHECKING:
    from papers.models import FieldMapping, HistoryLine, User, Workshop  # noqa: F401 (named in generics)
    from papers.sight import Sight

get_model = apps.get_model  # by name, because the models import this module

# What may be told of a paper to somebody with a conflict of interest: it is known to its authors, too. Any other field is a judgment.
OPEN_FIELDS = ("title", "abstract", "tldr", "keywords", "authors", "author", "track", "wants_proceedings", "standing", "link")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    """Workshops as pages need them."""

    def with_member(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops in which `user` has a role."""
        return self.filter(memberships__user=user).distinct()

    def with_author(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops in which `user` has claimed a paper."""
        return self.filter(papers__claims__user=user).distinct()

    def with_public_papers(self) -> WorkshopQuerySet:
        """Keep the workshops of which the world sees at least one paper, the newest first."""
        shown = get_model("papers", "Paper").objects.filter(workshop=OuterRef("pk"), is_test=False).accepted().released()
        return self.filter(Exists(shown)).order_by("-year", "slug")

    def for_switcher(self, user: User) -> WorkshopQuerySet:
        """Keep the workshops of a user; annotate `member_role` (or nothing) and `is_author`."""
        role = get_model("papers", "Membership").objects.filter(workshop=OuterRef("pk"), user=user).values("role")[:1]
        claims = get_model("papers", "AuthorClaim").objects.filter(paper__workshop=OuterRef("pk"), user=user)
        mine = self.annotate(member_role=Subquery(role), is_author=Exists(claims))
        return mine.filter(Q(member_role__isnull=False) | Q(is_author=True)).order_by("-year", "slug")


class HistoryQuerySet(models.QuerySet["HistoryLine"]):
    """Changes as pages need them."""

    def seen_by(self, sight: Sight) -> HistoryQuerySet:
        """Keep the changes that a person may know of: nothing outside, no judgment of a paper with which they have a conflict.

        A line about many papers goes with its batch: where that holds such a paper, the line is left out.
        """
        if not sight.is_inside:
            return self.none()
        if not sight.hidden:
            return self
        rows = get_model("papers", "BatchRow").objects.filter(batch=OuterRef("batch"), paper__in=sight.hidden)
        return self.exclude(~Q(field__in=OPEN_FIELDS), paper__in=sight.hidden).exclude(Exists(rows), paper__isnull=True)

    def for_history_page(self) -> HistoryQuerySet:
        """Bring who did it and to which paper, the newest first."""
        return self.select_related("by", "paper").order_by("-at", "-pk")


class MappingQuerySet(models.QuerySet["FieldMapping"]):
    """Sources of tracks and decisions as pages need them."""

    def for_mapping_page(self) -> MappingQuerySet:
        """Bring the values of each source."""
        return self.prefetch_related("values")
