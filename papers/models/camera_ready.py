"""What authors owe for an accepted paper, what came, what was found in it, what organizers said to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models.paper import Paper
from papers.models.stored_file import FileKind, StoredFile
from papers.models.track import Track
from papers.models.upstream_file import UpstreamFile
from papers.models.workshop import Workshop
from papers.querysets import FileFindingQuerySet, FileVersionQuerySet, RequiredFileQuerySet


class RequiredFile(models.Model):
    """A kind of file that a track asks for, and by when; without a track it is asked of every track that has no row of its own.

    `due_at` is announced, `grace_minutes` later nothing is taken any more. Findings that block keep a file from being
    approved only where `is_blocking`. `severities` weighs single codes of findings otherwise than the style does; `layout`
    holds what is asked otherwise than the style asks it (`OwnLayout`).
    """

    class Style(models.TextChoices):
        CVPR = "cvpr", "CVPR and ICCV kits"
        NEURIPS = "neurips", "NeurIPS kits"
        OWN = "own", "A layout of our own, as said below"
        ANY = "any", "Any layout: only whether the file opens and is safe"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="required_files")
    track = models.ForeignKey(Track, on_delete=models.CASCADE, null=True, blank=True, related_name="required_files")
    kind = models.CharField(max_length=20, choices=FileKind)
    is_optional = models.BooleanField(default=False)
    is_for_proceedings = models.BooleanField(default=False, help_text="Asked only of papers that go into the proceedings.")
    due_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(default=0)
    is_blocking = models.BooleanField(default=True, help_text="A file with findings that block can't be approved.")
    style = models.CharField(max_length=20, choices=Style, default=Style.CVPR, help_text="What the paper's layout is judged by.")
    layout = models.JSONField(default=dict, blank=True, help_text="Print area, paper, columns and so on, where the style says otherwise.")
    max_megabytes = models.PositiveIntegerField(null=True, blank=True)
    severities = models.JSONField(default=dict, blank=True, help_text='Single codes weighed otherwise: {"type3_font": "block"}.')
    note = models.CharField(max_length=500, blank=True, help_text="What authors read beside the button.")

    objects = RequiredFileQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["workshop", "track", "kind"], condition=Q(track__isnull=False), name="required_file_once"),
            models.UniqueConstraint(fields=["workshop", "kind"], condition=Q(track__isnull=True), name="required_file_once_for_all"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.track_id}"


class FileVersion(models.Model):
    """One version of a file of a paper; the newest that is not withdrawn counts. A video is a link without a file.

    `checked_at` is empty until its checks have ended; `facts` is what they rest on. `origin` is where it was taken from,
    when nobody handed it in here.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="file_versions")
    kind = models.CharField(max_length=20, choices=FileKind)
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="versions")
    link = models.URLField(max_length=500, blank=True)
    name = models.CharField(max_length=150, blank=True, help_text="What its file was called, cleaned.")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    origin = models.ForeignKey(UpstreamFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="versions")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "kind", "-number")
        constraints = [
            models.UniqueConstraint(fields=["paper", "kind", "number"], name="file_version_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")), name="file_version_is_file_or_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.paper_id}"


class FileVerdict(models.Model):
    """What an organizer said to a version: approved, or returned with reasons."""

    version = models.OneToOneField(FileVersion, on_delete=models.CASCADE, related_name="verdict")
    is_approved = models.BooleanField()
    reasons = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("version",)
        constraints = [models.CheckConstraint(condition=Q(is_approved=True) | ~Q(reasons=""), name="file_returned_with_reasons")]

    def __str__(self) -> str:
        return f"{'approved' if self.is_approved else 'returned'} {self.version_id}"


class FileFinding(models.Model):
    """What a check says of a version: code, how much it weighs, where, a sentence, a remedy; stands until overridden.

    `box` is left, top, right, bottom in points from the page's top left corner; `crop` shows the spot. `other` is the
    paper that the file seems to belong to, for organizers' eyes.
    """

    class Severity(models.TextChoices):
        BLOCK = "block", "Blocks"
        WARN = "warn", "Warns"

    version = models.ForeignKey(FileVersion, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=Severity)
    page = models.PositiveIntegerField(null=True, blank=True)
    box = models.JSONField(null=True, blank=True)
    sentence = models.TextField()
    remedy = models.TextField(blank=True)
    crop = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="crops")
    other = models.ForeignKey(Paper, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    overridden_at = models.DateTimeField(null=True, blank=True)
    overridden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    override_reason = models.TextField(blank=True)

    objects = FileFindingQuerySet.as_manager()

    class Meta:
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="file_finding_once"),
            models.CheckConstraint(condition=Q(overridden_at__isnull=True) | ~Q(override_reason=""), name="file_override_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version_id}"

    @property
    def is_standing(self) -> bool:
        """Tell whether it keeps the file from being approved."""
        return self.severity == self.Severity.BLOCK and self.overridden_at is None


class FileExtension(models.Model):
    """A later deadline for one file of one paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="file_extensions")
    kind = models.CharField(max_length=20, choices=FileKind)
    due_at = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("paper", "kind")
        constraints = [models.UniqueConstraint(fields=["paper", "kind"], name="file_extension_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.paper_id} until {self.due_at}"
