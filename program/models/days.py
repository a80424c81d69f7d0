"""The days of a workshop."""

from django.db import models

from papers.models import Workshop
from program.models.keyed import ScheduleRow


class Day(ScheduleRow):
    """A day with the instants between which sessions are held; `on` is its date in the workshop's zone."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("on",)
        constraints = [
            models.UniqueConstraint(fields=["workshop", "uid"], name="day_uid_once"),
            models.UniqueConstraint(fields=["workshop", "on"], name="day_once"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="day_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.on.isoformat()
