"""What is noted on the day itself."""

from django.conf import settings
from django.db import models

from papers.models import Workshop


class LiveMark(models.Model):
    """When a session, paper or talk of the published program began and ended, as somebody on the spot said.

    `item` is the key of the session or slot. The first to say it counts; `by` is who did.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="live_marks")
    item = models.CharField(max_length=40)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("workshop", "item")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "item"], name="live_mark_once"),
            models.CheckConstraint(
                condition=models.Q(started_at__isnull=False) | models.Q(ended_at__isnull=False), name="live_mark_says_something"
            ),
            models.CheckConstraint(
                condition=models.Q(started_at__isnull=True)
                | models.Q(ended_at__isnull=True)
                | models.Q(ended_at__gte=models.F("started_at")),
                name="live_mark_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.started_at} {self.ended_at}"


class ToldDelay(models.Model):
    """The public program says how late this room runs; `room` is its name, empty for sessions without one."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="told_delays")
    room = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("workshop", "room")
        constraints = [models.UniqueConstraint(fields=["workshop", "room"], name="told_delay_once")]

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.room}"
