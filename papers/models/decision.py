"""Accept or reject: upstream's words and ours."""

from django.conf import settings
from django.db import models

from papers.models.batch import Batch
from papers.models.paper import Paper
from papers.models.track import Award, PresentationKind


class UpstreamDecision(models.Model):
    """A decision reply in OpenReview; the newest that is not gone counts."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="upstream_decisions")
    note_id = models.CharField(max_length=100)
    text = models.CharField(max_length=500, blank=True)
    comment = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("paper", "-written_at", "-id")
        constraints = [models.UniqueConstraint(fields=["paper", "note_id"], name="upstream_decision_once")]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What was decided on a paper, by whom and when; authors see it once `released_at` is set.

    `by` is empty when the decision was taken over from OpenReview. A rejected paper has neither
    presentation nor award.
    """

    class Outcome(models.TextChoices):
        ACCEPT = "accept", "Accept"
        REJECT = "reject", "Reject"

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    presentation = models.ForeignKey(PresentationKind, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    comment = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)

    batch: Batch | None = None  # the act that has just made it, by which it can be undone; no column

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accept") | models.Q(presentation__isnull=True, award__isnull=True),
                name="decision_reject_has_no_place",
                violation_error_message="A rejected paper has no presentation and no award.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.paper_id}"
