"""Work that outlives a request: the row is the truth, the queue only carries its id."""

from django.conf import settings
from django.db import models

from papers.models.workshop import Workshop
from papers.querysets import JobQuerySet


class Job(models.Model):
    """One piece of background work with its progress, heartbeat, attempts and result.

    `params["secrets"]`, where there is one, is deleted once the job is over. While it waits, `heartbeat_at` is
    the instant at which it was sent.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        PAUSED = "paused", "Paused"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        LOST = "lost", "Interrupted"
        CANCELED = "canceled", "Canceled"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=60, blank=True, help_text="What it is about, where several of a kind may wait beside each other.")
    params = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.QUEUED)
    progress_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(null=True, blank=True)
    message = models.TextField(blank=True)
    attempt_count = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    wants_cancel = models.BooleanField(default=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    resume_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "kind", "subject"],
                condition=models.Q(state__in=["queued", "running", "paused", "lost"]),
                name="job_unfinished_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing will happen to it any more."""
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELED}
