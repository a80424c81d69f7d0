"""Reads of roles with the invitations to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from papers.models import Invitation, Membership, Remark, User  # noqa: F401 (named in generics)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Roles as pages need them."""

    def in_keys(self, keys: Iterable[int]) -> MembershipQuerySet:
        """Keep the memberships with these keys."""
        return self.filter(pk__in=list(keys)).select_related("user").order_by("pk")

    def of_user(self, user: User) -> MembershipQuerySet:
        """Keep the memberships of one person."""
        return self.filter(user=user)

    def mentioned_in(self, remark: Remark) -> MembershipQuerySet:
        """Keep who is mentioned in a remark."""
        return self.filter(user__in=remark.mentioned.all())

    def reading(self) -> MembershipQuerySet:
        """Keep those whose role sees reviews, which is who can look after papers, by name."""
        readers = self.filter(role__in=["owner", "organizer", "assistant"]).select_related("user")
        return readers.order_by(Lower("user__name"), "user__email", "id")

    def able_or_in(self, keys: Iterable[int]) -> MembershipQuerySet:
        """Keep those whose role sees reviews, and whoever has one of these keys, by name."""
        kept = self.filter(models.Q(role__in=["owner", "organizer", "assistant"]) | models.Q(pk__in=list(keys)))
        return kept.select_related("user").order_by(Lower("user__name"), "user__email", "id")

    def for_people_page(self) -> MembershipQuerySet:
        """Bring the people, owners first, then by role and mail address."""
        ranks = {"owner": 0, "organizer": 1, "assistant": 2, "publisher": 3}
        rank = models.Case(*[models.When(role=role, then=models.Value(place)) for role, place in ranks.items()])
        return self.select_related("user").order_by(rank, "user__email", "id")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations as pages need them."""

    def with_workshop(self) -> InvitationQuerySet:
        """Bring the workshop and who invited."""
        return self.select_related("workshop", "invited_by")

    def unanswered(self) -> InvitationQuerySet:
        """Keep those neither accepted nor taken back, run out or not."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def for_people_page(self) -> InvitationQuerySet:
        """Bring what waits for an answer, newest first."""
        return self.unanswered().select_related("invited_by").order_by("-invited_at", "-id")
