"""What the authors of an accepted paper say of themselves: who presents, who comes, that its metadata is right."""

from django.conf import settings
from django.db import models

from papers.models.paper import Author, Paper


class Presenter(models.Model):
    """The author who presents a paper, in which way; another author who is named takes the place of the first."""

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        REMOTE = "remote", "Remote, live"
        RECORDED = "recorded", "Pre-recorded"

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="presenter")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=20, choices=Mode)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("paper",)

    def __str__(self) -> str:
        return f"{self.author_id} presents {self.paper_id}"


class Attendance(models.Model):
    """An author will be at the workshop; it ends with the author."""

    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="attendance")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("author",)

    def __str__(self) -> str:
        return f"{self.author_id} attends"


class MetadataConfirmation(models.Model):
    """An author has read a paper's metadata: `digest` is of what they read, so that a later change asks again."""

    paper = models.OneToOneField(Paper, on_delete=models.CASCADE, related_name="metadata_confirmation")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("paper",)

    def __str__(self) -> str:
        return f"{self.digest[:8]} of {self.paper_id}"
