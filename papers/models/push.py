"""What was written to OpenReview."""

from django.conf import settings
from django.db import models

from papers.models.paper import Paper
from papers.querysets.pushes import PushedDecisionQuerySet


class PushedDecision(models.Model):
    """One attempt to write one decision to OpenReview, with what stood there before and its answer."""

    class State(models.TextChoices):
        STARTED = "started", "Started"
        WRITTEN = "written", "Written"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Failed"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="pushed_decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField(null=True, help_text='Upstream\'s reply as {"note_id", "decision", "comment"}, or nothing.')
    after = models.JSONField(null=True)
    state = models.CharField(max_length=20, choices=State, default=State.STARTED)
    edit_id = models.CharField(max_length=100, blank=True)
    sentence = models.TextField(blank=True)

    objects = PushedDecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.paper_id} {self.state}"
