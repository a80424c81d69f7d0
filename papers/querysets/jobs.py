"""Reads of background work."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from papers.models import Job  # noqa: F401 (named in generics)


class JobQuerySet(models.QuerySet["Job"]):
    """Background work as pages and workers need it."""

    def for_job_page(self) -> JobQuerySet:
        """Bring who started each."""
        return self.select_related("by")

    def of_kind(self, kind: str) -> JobQuerySet:
        """Keep jobs of one kind."""
        return self.filter(kind=kind)

    def sending(self) -> JobQuerySet:
        """Keep the sendings of letters, the newest first."""
        return self.filter(kind__in=["send-letters", "send-openreview-letters"]).order_by("-created_at", "-pk")

    def unfinished(self) -> JobQuerySet:
        """Keep jobs that still have work to do."""
        return self.filter(state__in=["queued", "running", "paused", "lost"])

    def waiting(self) -> JobQuerySet:
        """Keep jobs that a worker may take now."""
        return self.filter(state__in=["queued", "lost"])

    def silent_since(self, moment: dt.datetime) -> JobQuerySet:
        """Keep running jobs whose worker has not been heard of since `moment`."""
        return self.filter(Q(state="running") & (Q(heartbeat_at__lt=moment) | Q(heartbeat_at__isnull=True)))

    def due(self, moment: dt.datetime) -> JobQuerySet:
        """Keep paused jobs whose waiting time is over at `moment`."""
        return self.filter(state="paused", resume_at__lte=moment)
