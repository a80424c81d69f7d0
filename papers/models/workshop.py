"""A workshop edition with its series."""

from django.conf import settings
from django.db import models

from papers.querysets import HistoryQuerySet, WorkshopQuerySet


class Series(models.Model):
    """The editions of one workshop over the years."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.name


class Workshop(models.Model):
    """One edition, one OpenReview venue.

    `zone` is an IANA name or "AoE" (UTC-12). Days are local to it, instants are UTC.
    """

    class PartOfDay(models.TextChoices):
        MORNING = "morning", "Morning"
        AFTERNOON = "afternoon", "Afternoon"
        FULL_DAY = "full-day", "Full day"

    class Mode(models.TextChoices):
        IN_PERSON = "in-person", "In person"
        VIRTUAL = "virtual", "Virtual"
        HYBRID = "hybrid", "Hybrid"

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="workshops", null=True, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=300)
    short_name = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    conference = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    part_of_day = models.CharField(max_length=20, choices=PartOfDay, blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default=Mode.IN_PERSON)
    place = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64, default="UTC")
    contact_email = models.EmailField(blank=True)
    about = models.TextField(blank=True)
    links = models.JSONField(default=list, blank=True, help_text='A list of {"kind", "label", "url"}.')
    venue_id = models.CharField(max_length=200, blank=True, help_text="OpenReview venue id, e.g. thecvf.com/CVPR/2025/Workshop/SyntaGen")
    submission_invitations = models.JSONField(
        default=list, blank=True, help_text="Only where a venue has several; else OpenReview's own setting counts."
    )
    required_review_count = models.PositiveSmallIntegerField(default=3)
    blocks_underreviewed = models.BooleanField(default=False, help_text="A paper with fewer reviews than required can't be decided.")
    hides_conflicted = models.BooleanField(
        default=True, help_text="Members with a conflict of interest see neither reviews nor the discussion of a paper."
    )
    pushes_decisions = models.BooleanField(default=False, help_text="Decisions may be written to OpenReview from here.")
    decision_words = models.JSONField(
        default=dict,
        blank=True,
        help_text='How OpenReview words our decisions where the mapping does not tell, by "reject", "accept" and "accept:<presentation>".',
    )
    letters_per_minute = models.PositiveSmallIntegerField(default=60, help_text="How fast letters leave; mail servers refuse floods.")
    booktitle = models.CharField(max_length=300, blank=True, help_text="As BibTeX prints it.")
    hidden_authors_reason = models.TextField(
        blank=True, help_text="Why authors that OpenReview still hides are listed nonetheless; empty: they are not."
    )
    has_public_reviews = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WorkshopQuerySet.as_manager()
    role: str = ""  # of the person for whom `access` reached it; no column

    class Meta:
        ordering = ("-year", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["venue_id"],
                condition=~models.Q(venue_id=""),
                name="workshop_venue_once",
                violation_error_message="Another workshop already imports this OpenReview venue.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="workshop_ends_after_start",
                violation_error_message="The last day lies before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} {self.year}"

    @property
    def names_hidden_authors(self) -> bool:
        """Tell whether authors that OpenReview still hides are named nonetheless: somebody gave a reason."""
        return bool(self.hidden_authors_reason)


class Topic(models.Model):
    """A subject of the call, in printed order."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="topics")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "position"], name="topic_position_once")]

    def __str__(self) -> str:
        return self.text[:80]


class HistoryLine(models.Model):
    """What one person or import changed: append-only, with the values before and after as JSON."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="history")
    paper = models.ForeignKey("papers.Paper", on_delete=models.CASCADE, null=True, blank=True, related_name="history")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey("papers.Batch", on_delete=models.SET_NULL, null=True, blank=True, related_name="history")
    actor = models.CharField(max_length=120, blank=True, help_text="Who it was when no user did it, e.g. an import.")
    action = models.CharField(max_length=60)
    field = models.CharField(max_length=60, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["workshop", "-at"], name="history_by_workshop")]

    def __str__(self) -> str:
        return f"{self.action} {self.field}".strip()
