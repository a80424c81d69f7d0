"""Reads of access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from papers.models import AccessToken  # noqa: F401 (named in generics)


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens as their owners and the API need them."""

    def live(self) -> AccessTokenQuerySet:
        """Keep those that open something: neither taken back nor expired, of a person who may sign in."""
        is_open = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(is_open, revoked_at__isnull=True, user__is_active=True)

    def for_page(self) -> AccessTokenQuerySet:
        """Keep those that open something, the newest first."""
        return self.live().order_by("-created_at", "-id")
