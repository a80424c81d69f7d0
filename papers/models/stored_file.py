"""Contents of files, each kept once under its hash."""

from django.conf import settings
from django.db import models

from papers.models.paper import Paper
from papers.querysets import UploadQuerySet


class FileKind(models.TextChoices):
    """What authors hand in for an accepted paper."""

    PAPER = "paper", "Paper PDF"
    SUPPLEMENT = "supplement", "Supplement"
    FORM = "form", "Copyright form"
    POSTER = "poster", "Poster"
    SLIDES = "slides", "Slides"
    VIDEO = "video", "Video link"


class StoredFile(models.Model):
    """A content that lies whole in the storage: the row is written after the last byte, so what has no row is not there.

    `path` holds the hash and a word of the attempt that wrote it; `touched_at` is when somebody last asked to keep it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    path = models.CharField(max_length=200, unique=True)
    touched_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.sha256


class Upload(models.Model):
    """A file on its way here in pieces; what it will be is fixed by size and hash when it starts."""

    token = models.CharField(max_length=64, unique=True)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="uploads")
    kind = models.CharField(max_length=20, choices=FileKind)
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "sha256", "by"], name="upload_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.paper_id}"


class UploadChunk(models.Model):
    """A piece of an upload that has arrived; pieces follow one another without gaps."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="chunks")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    path = models.CharField(max_length=200, unique=True)

    class Meta:
        ordering = ("upload", "offset")
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="chunk_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.offset}"
