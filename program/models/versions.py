"""The published versions of a schedule."""

from django.conf import settings
from django.db import models

from papers.models import Workshop


class ScheduleVersion(models.Model):
    """What the world saw of a schedule from one moment to the next version.

    `rows` is the whole schedule as `program.scheduling.list_rows` writes it; papers and people are named by their keys and
    read anew, so that a corrected title shows at once and a withdrawn paper is gone. `changes` are sentences on what is
    different from the version before: [{"words", "uids", "papers", "people"}]. `edit` is the number of the last edit in it.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="schedule_versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    rows = models.JSONField(default=list)
    changes = models.JSONField(default=list, blank=True)
    edit = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.workshop_id}"
