"""Reads of camera-ready files with what is asked, found, said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, Prefetch, Q, Sum

if TYPE_CHECKING:
    from papers.models import FileFinding, FileVersion, Paper, RequiredFile, Upload, User, Workshop  # noqa: F401 (named in generics)

get_model = apps.get_model  # by name, because the models import this module


class RequiredFileQuerySet(models.QuerySet["RequiredFile"]):
    """What tracks ask for, as pages need it."""

    def of_workshop(self, workshop: Workshop) -> RequiredFileQuerySet:
        """Keep what one workshop asks for, those for all tracks first, then by track."""
        return self.filter(workshop=workshop).select_related("track").order_by(F("track__position").asc(nulls_first=True), "track_id", "id")


class FileVersionQuerySet(models.QuerySet["FileVersion"]):
    """Versions of files, as pages need them."""

    def standing(self) -> FileVersionQuerySet:
        """Keep versions that are not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def of_papers(self, papers: Iterable[Paper]) -> FileVersionQuerySet:
        """Keep the versions of these papers with their verdicts, the newest first; annotate `block_count` and `warn_count`."""
        stands = Q(findings__severity="block", findings__overridden_at__isnull=True)
        return (
            self.filter(paper__in=[paper.pk for paper in papers])
            .select_related("file", "verdict", "origin")
            .annotate(
                block_count=Count("findings", filter=stands),
                warn_count=Count("findings", filter=Q(findings__severity="warn", findings__overridden_at__isnull=True)),
            )
            .order_by("paper_id", "kind", "-number")
        )

    def list_arrivals(self, workshop: Workshop) -> list[tuple[Any, ...]]:
        """Return of each version of a workshop, the newest of a paper's file first, what the board asks, as plain values.

        Key, paper, kind, when it came, its content, which a link has none of; whether it was withdrawn, is checked; whether it
        was approved, or nothing while nobody judged it.
        """
        flags = [Q(withdrawn_at__isnull=False), Q(checked_at__isnull=False)]
        told = [ExpressionWrapper(flag, output_field=models.BooleanField()) for flag in flags]
        found = self.filter(paper__workshop=workshop).order_by("paper_id", "kind", "-number")
        return list(found.values_list("pk", "paper_id", "kind", "at", "file_id", *told, "verdict__is_approved"))

    def printed(self, papers: Iterable[Paper]) -> FileVersionQuerySet:
        """Keep the checked PDFs of these papers that are not withdrawn, the newest first; facts alone are brought."""
        checked = self.standing().filter(paper__in=[paper.pk for paper in papers], kind="paper", checked_at__isnull=False)
        return checked.only("paper_id", "number", "facts").order_by("paper_id", "-number")

    def for_files_page(self, paper: Paper) -> FileVersionQuerySet:
        """Bring the versions of one paper with all that its files page shows."""
        findings = get_model("papers", "FileFinding").objects.for_files_page()
        related = self.of_papers([paper]).select_related("file", "verdict__by", "uploaded_by", "withdrawn_by", "origin")
        return related.prefetch_related(Prefetch("findings", findings))

    def with_all(self) -> FileVersionQuerySet:
        """Bring paper, workshop, content, verdict of each."""
        return self.select_related("paper__workshop", "paper__track", "file", "verdict", "uploaded_by")

    def newer_than(self, version: FileVersion) -> FileVersionQuerySet:
        """Keep later versions of the same file."""
        return self.filter(paper=version.paper_id, kind=version.kind, number__gt=version.number)

    def with_same_content(self, version: FileVersion) -> FileVersionQuerySet:
        """Keep versions of other papers of the workshop that hold the same bytes."""
        same = self.standing().filter(file=version.file, paper__workshop=version.paper.workshop)
        return same.exclude(paper=version.paper).select_related("paper").order_by("at", "id")

    def count_bytes(self, paper: Paper) -> int:
        """Return how many bytes all versions of a paper hold."""
        return int(self.filter(paper=paper).aggregate(total=Sum("file__size"))["total"] or 0)


class FileFindingQuerySet(models.QuerySet["FileFinding"]):
    """Findings, as pages need them."""

    def for_files_page(self) -> FileFindingQuerySet:
        """Bring who overrode each, in order."""
        return self.select_related("overridden_by", "other").order_by("version_id", "position")

    def count_standing(self, workshop: Workshop) -> dict[int, dict[str, int]]:
        """Return how many findings of each weight that nobody overrode the versions of a workshop have, by their keys."""
        counts: dict[int, dict[str, int]] = {}
        found = self.filter(version__paper__workshop=workshop, overridden_at__isnull=True).order_by()
        for version, severity, count in found.values_list("version_id", "severity").annotate(n=Count("pk")):
            counts.setdefault(version, {})[severity] = count
        return counts

    def with_all(self) -> FileFindingQuerySet:
        """Bring version, paper, workshop, crop of each."""
        return self.select_related("version__paper__workshop", "version__file", "crop")


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads under way."""

    def of_user(self, user: User) -> UploadQuerySet:
        """Keep those of one person, the oldest first."""
        return self.filter(by=user).order_by("touched_at", "id")

    def with_paper(self) -> UploadQuerySet:
        """Bring paper, track, workshop of each."""
        return self.select_related("paper__workshop", "paper__track", "by")

    def left_since(self, moment: dt.datetime) -> UploadQuerySet:
        """Keep those to which nothing came since `moment`."""
        return self.filter(touched_at__lt=moment).order_by("id")
