"""Reads of imports with the raw versions that they kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Max

if TYPE_CHECKING:
    from papers.models import ImportRun, Paper, RawNote, Workshop


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Imports as the next one needs them."""

    def for_import_page(self) -> ImportRunQuerySet:
        """Bring who started each run, the newest first."""
        return self.select_related("by").order_by("-started_at", "-pk")

    def from_openreview(self, workshop: Workshop) -> ImportRunQuerySet:
        """Keep the workshop's readings of OpenReview, the newest first."""
        return self.filter(workshop=workshop, source="OpenReview").order_by("-started_at", "-pk")

    def find_paused(self, workshop: Workshop) -> ImportRun | None:
        """Return the reading that OpenReview asked to wait, if it is the newest."""
        newest = self.from_openreview(workshop).first()
        return newest if newest and newest.state == "paused" else None

    def find_last_reader(self, workshop: Workshop) -> str:
        """Return the account of the newest finished reading, or nothing."""
        done = self.from_openreview(workshop).filter(state="done").first()
        return done.account if done else ""

    def find_venue(self, workshop: Workshop) -> dict[str, Any]:
        """Return the venue's own description as it was last read; an empty one when it never was."""
        told = self.from_openreview(workshop).exclude(venue={}).first()
        return told.venue if told else {}


class RawNoteQuerySet(models.QuerySet["RawNote"]):
    """Raw versions as imports need them."""

    def find_newest(self, paper: Paper) -> RawNote | None:
        """Return the newest version of a paper, if there is any."""
        return self.filter(paper=paper).order_by("-pk").first()

    def find_newest_keys(self, workshop: Workshop) -> list[int]:
        """Return the key of the newest version of each paper of a workshop, by paper."""
        newest = self.filter(paper__workshop=workshop).order_by("paper").values("paper").annotate(newest=Max("pk"))
        return list(newest.values_list("newest", flat=True))

    def find_newest_versions(self, papers: Iterable[int]) -> dict[int, str]:
        """Return the hash of the newest version of each paper."""
        return dict(self.filter(paper__in=list(papers)).order_by("pk").values_list("paper_id", "sha256"))
