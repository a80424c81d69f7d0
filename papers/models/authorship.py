"""What the authors of an accepted paper say of themselves: who presents, who comes, that its metadata is right."""

from django.conf import settings
from django.db import models

from papers.models.paper import Author, Paper
from papers.querysets import ChangeRequestQuerySet


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


class PaperLink(models.Model):
    """Where else a paper is to be found, as its authors say; https only."""

    class Kind(models.TextChoices):
        ARXIV = "arxiv", "arXiv"
        PROJECT = "project", "Project page"
        CODE = "code", "Code"
        VIDEO = "video", "Video"
        SLIDES = "slides", "Slides"
        POSTER = "poster", "Poster"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20, choices=Kind)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ("paper", "kind")
        constraints = [
            models.UniqueConstraint(fields=["paper", "kind"], name="paper_link_once"),
            models.CheckConstraint(condition=models.Q(url__startswith="https://"), name="paper_link_is_https"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.paper_id}"


class ChangeRequest(models.Model):
    """A change that needs an organizer's consent: authors added, removed or reordered, the title after its date.

    A title is text; authors are a list of {"name", "email"} in printed order, the mail only of somebody new.
    One request waits for each field at most; asking again takes its place.
    """

    class Field(models.TextChoices):
        TITLE = "title", "Title"
        AUTHORS = "authors", "Authors"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="change_requests")
    field = models.CharField(max_length=20, choices=Field)
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "field"], condition=models.Q(answered_at__isnull=True), name="change_request_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, is_granted__isnull=True)
                | models.Q(answered_at__isnull=False, is_granted__isnull=False),
                name="change_request_is_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.paper_id}"
