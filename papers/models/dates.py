"""The dates of a workshop with what they were before."""

from django.conf import settings
from django.db import models

from papers.models.workshop import Workshop


class ImportantDate(models.Model):
    """A deadline or day that the workshop announces.

    `at` is the instant; `zone` is the IANA name or "AoE" it is printed in. A date without a time of day
    (`has_time` false) is a day in its zone, kept as that day's last second.
    """

    class Kind(models.TextChoices):
        CALL = "call", "Call for papers"
        SUBMISSION = "submission", "Submission"
        NOTIFICATION = "notification", "Notification"
        METADATA = "metadata", "Proceedings metadata"
        CAMERA_READY = "camera-ready", "Camera-ready"
        WORKSHOP = "workshop", "Workshop"
        COMPETITION = "competition", "Competition"
        OTHER = "other", "Other"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="dates")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    name = models.CharField(max_length=200)
    at = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="Last of several candidate days, while the day is not fixed.")
    zone = models.CharField(max_length=64, default="AoE")
    has_time = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    shows_history = models.BooleanField(default=True, help_text="Print earlier values struck out.")
    is_new = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "kind", "name"], name="date_name_once")]

    def __str__(self) -> str:
        return self.name


class DateChange(models.Model):
    """An earlier value of a date, in the order in which it was given up."""

    date = models.ForeignKey(ImportantDate, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=64)
    has_time = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.date_id}: {self.at}"
