"""Files that OpenReview holds for our papers: where they stand there, what became of each here."""

from django.conf import settings
from django.db import models

from papers.models.paper import Paper
from papers.models.stored_file import FileKind
from papers.models.workshop import Workshop
from papers.querysets import UpstreamFileQuerySet


class FileSource(models.Model):
    """Which field of a submission holds which kind of file, and by which revision camera-ready files come.

    `fields` maps kinds to names of fields. An empty `stage` means any revision that is called like a camera-ready one,
    `*` that files count as they are, whoever filed them when.
    """

    ANY_STAGE = "*"

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="file_source")
    stage = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("workshop",)

    def __str__(self) -> str:
        return f"files of {self.workshop_id}"


class UpstreamFile(models.Model):
    """A file that OpenReview was seen to hold, known by its path, which changes with every upload there.

    `filed_at` and `filed_by` are OpenReview's: unknown where it does not show the revision. What was taken or refused, or
    is here already, is never fetched again.
    """

    class Outcome(models.TextChoices):
        SEEN = "seen", "Seen there, not fetched"
        TAKEN = "taken", "Taken"
        SAME = "same", "Was here already"
        OLDER = "older", "Older than what is here"
        KEPT = "kept", "Ours is approved"
        REFUSED = "refused", "Refused"
        MISSING = "missing", "Named there and not to be had"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="upstream_files")
    kind = models.CharField(max_length=20, choices=FileKind)
    field = models.CharField(max_length=200)
    path = models.CharField(max_length=300)
    filed_at = models.DateTimeField(null=True, blank=True)
    filed_by = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.SEEN)
    sentence = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = UpstreamFileQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "kind", "-id")
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "path"], name="upstream_file_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.paper_id} at {self.path}"

    @property
    def is_settled(self) -> bool:
        """Tell whether it need not be fetched any more."""
        return self.outcome in {self.Outcome.TAKEN, self.Outcome.SAME, self.Outcome.REFUSED}
