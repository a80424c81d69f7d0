"""What a conference's proceedings office wants, what was said of names for it."""

from django.conf import settings
from django.db import models

from papers.models.workshop import Workshop


class HandOver(models.Model):
    """How papers are handed over: patterns of file names, columns as lists of header and value; what is empty is the default."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="hand_over")
    acronym = models.CharField(max_length=60, blank=True)
    paper_names = models.CharField(max_length=200, blank=True)
    supplement_names = models.CharField(max_length=200, blank=True)
    form_names = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=list, blank=True)
    author_columns = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"hand-over of {self.workshop_id}"


class NameSplit(models.Model):
    """Somebody said where a printed name splits: it ends or begins with `family`, and the rest is given."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="name_splits")
    name = models.CharField(max_length=300)
    given = models.CharField(max_length=300, blank=True)
    family = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["workshop", "name"], name="name_split_once")]

    def __str__(self) -> str:
        return self.name
