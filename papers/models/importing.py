"""The record of every import: run, raw versions, conflicts."""

from django.conf import settings
from django.db import models

from papers.models.paper import Paper
from papers.models.workshop import Workshop
from papers.querysets import ImportRunQuerySet, RawNoteQuerySet


class ImportRun(models.Model):
    """One reading of OpenReview or of a table, from its start to its report.

    `cursor` is where a paused run goes on; everything before it is in the database. `venue` is the venue's
    own description, by which kept versions can be read again. `report` holds counts, problems and notices.
    """

    OPENREVIEW = "OpenReview"
    KEPT = "Kept versions, read again"
    PUSHED = "OpenReview, read after a push"

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        PAUSED = "paused", "Waiting for OpenReview"
        FAILED = "failed", "Failed"
        DONE = "done", "Done"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="import_runs")
    source = models.CharField(max_length=300, help_text="OpenReview, the table's name, or kept versions.")
    state = models.CharField(max_length=20, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    resume_at = models.DateTimeField(null=True, blank=True)
    cursor = models.JSONField(default=dict, blank=True)
    account = models.CharField(max_length=200, blank=True)
    seen_count = models.PositiveIntegerField(default=0)
    expected_count = models.PositiveIntegerField(null=True, blank=True)
    venue = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def is_from_table(self) -> bool:
        """Tell whether a table was read, not OpenReview."""
        return self.source not in {self.OPENREVIEW, self.KEPT, self.PUSHED}

    @property
    def look_count(self) -> int:
        """Return how many things of its report a person should look at."""
        return len(self.report.get("problems", [])) + len(self.report.get("conflicts", []))


class RawNote(models.Model):
    """A version of a submission with its replies exactly as OpenReview sent it (zlib-packed JSON)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="raw_notes")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="raw_notes")
    sha256 = models.CharField(max_length=64)
    packed = models.BinaryField()
    seen_at = models.DateTimeField(auto_now_add=True)

    objects = RawNoteQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "-id")

    def __str__(self) -> str:
        return f"{self.paper_id} {self.sha256[:8]}"


class FieldConflict(models.Model):
    """Upstream and an organizer changed the same field differently; ours stays in force until one is chosen."""

    class Choice(models.TextChoices):
        LOCAL = "local", "Ours"
        UPSTREAM = "upstream", "OpenReview's"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="conflicts")
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True, related_name="conflicts")
    field = models.CharField(max_length=60)
    base = models.JSONField(null=True)
    upstream = models.JSONField(null=True)
    local = models.JSONField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice, blank=True)

    class Meta:
        ordering = ("paper", "field", "id")
        constraints = [
            models.UniqueConstraint(fields=["paper", "field"], condition=models.Q(resolved_at__isnull=True), name="conflict_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.field}"
