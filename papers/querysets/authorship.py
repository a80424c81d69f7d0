"""Reads of what authors ask, of how they enter."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from papers.models import ChangeRequest, Paper, PersonalLink, Workshop  # noqa: F401 (named in generics)


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """Requests as pages need them."""

    def of_workshop(self, workshop: Workshop) -> ChangeRequestQuerySet:
        """Keep those of one workshop with paper, who asked, who answered."""
        found = self.filter(paper__workshop=workshop).select_related("paper", "asked_by", "answered_by")
        return found.defer("paper__abstract", "paper__search_text", "paper__imported")

    def of_paper(self, paper: Paper) -> ChangeRequestQuerySet:
        """Keep those of one paper, the newest first."""
        return self.filter(paper=paper).select_related("asked_by", "answered_by").order_by("-asked_at", "-pk")

    def of_field(self, field: str) -> ChangeRequestQuerySet:
        """Keep those of one field."""
        return self.filter(field=field)

    def waiting(self) -> ChangeRequestQuerySet:
        """Keep those that nobody has answered, the oldest first."""
        return self.filter(answered_at__isnull=True).order_by("asked_at", "pk")

    def answered(self) -> ChangeRequestQuerySet:
        """Keep those that were answered, the newest answer first."""
        return self.filter(answered_at__isnull=False).order_by("-answered_at", "-pk")


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    """Personal links as pages need them."""

    def with_paper(self) -> PersonalLinkQuerySet:
        """Bring author, paper, workshop, who made each."""
        return self.select_related("author__paper__workshop", "by")

    def of_paper(self, paper: Paper) -> PersonalLinkQuerySet:
        """Keep those for authors of one paper, the newest first."""
        return self.with_paper().filter(author__paper=paper).order_by("-at", "-pk")

    def made_since(self, moment: dt.datetime) -> PersonalLinkQuerySet:
        """Keep those made after `moment`."""
        return self.filter(at__gt=moment)
