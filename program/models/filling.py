"""How a schedule is filled by the solver, and what it found."""

from django.conf import settings
from django.db import models

from papers.models import Job, Workshop
from program.models.schedule_edits import ScheduleEdit


class FillRules(models.Model):
    """What counts when a workshop's schedule is filled: only what organizers say otherwise than the solver does by itself.

    `weights` by the name of a rule, 0 for one that does not count; `relaxed` lists pairs of a hard rule and whom it does
    not hold for; `minutes` of a talk by presentation; `wishes` is a table of lines, read by `program.filling.wishes`.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="fill_rules")
    weights = models.JSONField(default=dict, blank=True)
    relaxed = models.JSONField(default=list, blank=True)
    minutes = models.JSONField(default=dict, blank=True)
    wishes = models.TextField(blank=True)
    has_posters_too = models.BooleanField(default=False, help_text="Whoever gives a talk hangs a poster, too.")

    def __str__(self) -> str:
        return f"rules of {self.workshop_id}"


class FillRun(models.Model):
    """One run of the solver: what was asked, the best so far, why there is none, what became of it.

    `edit` is the number of the schedule's last edit when it began. `found` is the best as plain JSON, `told` lists how it got
    better: [seconds, hard, soft]. `reasons` are rules that contradict each other.
    """

    class Mode(models.TextChoices):
        PAPERS = "papers", "Papers into sessions"
        DAY = "day", "Sessions one after the other"

    class Scope(models.TextChoices):
        TRAY = "tray", "Place what has no place yet"
        FREE = "free", "Place everything that is not pinned anew"
        PUBLISHED = "published", "Move as little as possible of what is published"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="fill_runs")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mode = models.CharField(max_length=20, choices=Mode)
    scope = models.CharField(max_length=20, choices=Scope)
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField(default=1)
    edit = models.PositiveIntegerField(default=0)
    found = models.JSONField(null=True, blank=True)
    told = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken = models.ForeignKey(ScheduleEdit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = [models.CheckConstraint(condition=models.Q(seconds__gt=0), name="fill_lasts")]

    def __str__(self) -> str:
        return f"{self.mode} {self.pk}"
