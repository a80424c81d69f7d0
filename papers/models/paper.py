"""A paper with its authors in printed order."""

from django.db import models

from papers.models.track import Track
from papers.models.workshop import Workshop
from papers.querysets import PaperQuerySet


class Paper(models.Model):
    """Our record of a submission, from import on.

    `note_id` is the OpenReview forum id and the key of the import; papers from a table may have none.
    `imported` holds the values last taken from upstream, the base of the three-way merge; `fingerprint`
    is the hash of what they were made from, by which an unchanged paper is passed over.
    """

    class Standing(models.TextChoices):
        ACTIVE = "active", "Active"
        WITHDRAWN = "withdrawn", "Withdrawn"
        DESK_REJECTED = "desk-rejected", "Desk-rejected"
        DELETED = "deleted", "Deleted upstream"
        LEFT = "left", "Moved to another venue"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="papers")
    note_id = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    title = models.TextField()
    abstract = models.TextField(blank=True)
    tldr = models.TextField(blank=True)
    keywords = models.JSONField(default=list, blank=True)
    topic = models.TextField(blank=True, help_text="The subject of the call that its authors chose, in the words of the list then.")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    wants_proceedings = models.BooleanField(null=True, blank=True)
    standing = models.CharField(max_length=20, choices=Standing, default=Standing.ACTIVE)
    not_visible_since = models.DateTimeField(null=True, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    venueid = models.CharField(max_length=300, blank=True)
    is_public_upstream = models.BooleanField(default=False)
    has_hidden_authors = models.BooleanField(default=False, help_text="Authors are hidden from this account or from the public upstream.")
    is_test = models.BooleanField(default=False)
    pdf = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text="Where readers find the paper, when that is not its OpenReview forum.")
    supplement = models.CharField(max_length=300, blank=True)
    has_upstream_camera_ready = models.BooleanField(default=False)
    license = models.CharField(max_length=60, blank=True)
    extras = models.JSONField(default=dict, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    changed_upstream_at = models.DateTimeField(null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    imported = models.JSONField(default=dict, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "note_id"], condition=~models.Q(note_id=""), name="paper_note_once"),
        ]
        indexes = [
            models.Index(fields=["workshop", "number"], name="paper_by_number"),
            # Counts need no more of a paper than this, and a paper's row is as long as its abstract.
            models.Index(fields=["workshop", "is_test", "standing", "track", "number"], name="paper_by_standing"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.title}" if self.number is not None else self.title

    @property
    def hides_authors(self) -> bool:
        """Tell whether nobody outside may learn who wrote it, accepted and released or not."""
        return self.has_hidden_authors and not self.workshop.names_hidden_authors

    @property
    def forum_url(self) -> str:
        """Return the public address of the OpenReview forum, or nothing."""
        return f"https://openreview.net/forum?id={self.note_id}" if self.note_id else ""

    @property
    def reader_url(self) -> str:
        """Return the address under which listings link the paper: its own link, else its forum, else nothing."""
        return self.link or self.forum_url


class Author(models.Model):
    """A person on a paper, name exactly as printed.

    `profile_id` is the tilde id; an author known by mail only has `email` and no profile.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    profile_id = models.CharField(max_length=200, blank=True, db_index=True)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    institutions = models.JSONField(default=list, blank=True, help_text='A list of {"name", "domain", "country"}.')
    orcid = models.CharField(max_length=19, blank=True, help_text="In groups of four, as ORCID prints it.")
    contact_email = models.EmailField(
        max_length=254, blank=True, help_text="Where letters go, as authors say; who this is rests on `email` and `profile_id` alone."
    )

    class Meta:
        ordering = ("paper", "position")
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="author_position_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def mail(self) -> str:
        """Return where to write to: the address that authors gave, else upstream's unless it is blotted out, else nothing."""
        known = self.email if "@" in self.email and "*" not in self.email else ""
        return self.contact_email or known


class ProfileAlias(models.Model):
    """One OpenReview person under another tilde id or mail: profiles get merged and renamed."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="profile_aliases")
    profile_id = models.CharField(max_length=200)
    alias = models.CharField(max_length=254)

    class Meta:
        ordering = ("profile_id", "alias")
        constraints = [models.UniqueConstraint(fields=["workshop", "profile_id", "alias"], name="alias_once")]

    def __str__(self) -> str:
        return f"{self.alias} = {self.profile_id}"
