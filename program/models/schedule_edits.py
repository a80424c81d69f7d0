"""What editors did to a schedule, step by step."""

from django.conf import settings
from django.db import models

from papers.models import Workshop


class ScheduleEdit(models.Model):
    """One act of an editor: `words` is its sentence, `changes` a list of {"kind", "uid", "before", "after"} of rows.

    Numbers rise from 1 without gaps in each workshop. `undone_by` is the edit that took this one back, if it still does.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="schedule_edits")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    words = models.TextField()
    changes = models.JSONField(default=list)
    undone_by = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undoes")

    class Meta:
        ordering = ("workshop", "number")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "number"], name="schedule_edit_number_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="schedule_edit_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.words}"
