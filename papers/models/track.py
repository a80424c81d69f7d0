"""What a workshop accepts papers as: tracks, presentation kinds, awards."""

from django.db import models

from papers.models.workshop import Workshop


class Track(models.Model):
    """Full or short, or whatever a workshop calls it: page limit, proceedings option, award eligibility."""

    class Proceedings(models.TextChoices):
        NONE = "none", "Never in the proceedings"
        OPTION = "option", "Authors choose"
        ALL = "all", "Always in the proceedings"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="tracks")
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    page_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    uncounted_parts = models.JSONField(default=list, blank=True, help_text='Parts outside the page limit, e.g. ["references"].')
    proceedings = models.CharField(max_length=10, choices=Proceedings, default=Proceedings.NONE)
    is_award_eligible = models.BooleanField(default=False)
    target_percent = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which share of its papers is to be accepted.")

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "slug"], name="track_slug_once")]

    def __str__(self) -> str:
        return self.name


class PresentationKind(models.Model):
    """How an accepted paper is presented: oral, spotlight, poster; the position orders listings."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="presentation_kinds")
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=60, help_text="As printed, e.g. Oral")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many there can be, where there is a limit.")

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "slug"], name="presentation_slug_once")]

    def __str__(self) -> str:
        return self.name


class Award(models.Model):
    """Best paper or runner-up; a winner gets the presentation that the award brings."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="awards")
    position = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=100)
    presentation = models.ForeignKey(PresentationKind, on_delete=models.PROTECT, null=True, blank=True, related_name="awards")

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "slug"], name="award_slug_once")]

    def __str__(self) -> str:
        return self.name
