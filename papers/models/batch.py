"""One change of many papers at once, as it can be undone."""

from django.conf import settings
from django.db import models

from papers.models.paper import Paper
from papers.models.workshop import Workshop
from papers.querysets.batches import BatchQuerySet, BatchRowQuerySet


class Batch(models.Model):
    """What one person changed on one or many papers in one act; `undone_at` is set once it was taken back."""

    class Kind(models.TextChoices):
        DECISIONS = "decisions", "Decisions"
        HANDLING = "handling", "Assignment to organizers"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="batches")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300, help_text="In words, e.g. Rejected 212 papers: rating<4.5")
    paper_count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    nonce = models.CharField(max_length=40, blank=True, help_text="Of the preview it was applied from: one preview is applied once.")

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "batches"
        constraints = [models.UniqueConstraint(fields=["workshop", "nonce"], condition=~models.Q(nonce=""), name="batch_nonce_once")]

    def __str__(self) -> str:
        return self.title


class BatchRow(models.Model):
    """One paper of a batch with the whole of what changed, before and after; null is nothing."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="batch_rows")
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "id")
        constraints = [models.UniqueConstraint(fields=["batch", "paper"], name="batch_paper_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.paper_id}"
