"""What reviewers and chairs wrote about a paper."""

from django.db import models

from papers.models.paper import Paper


class Review(models.Model):
    """A reply to a paper: review, meta review, comment; values normalized, raw content kept.

    `rating` and `confidence` are the numbers before the first colon of the raw value, or nothing.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", "Review"
        META_REVIEW = "meta-review", "Meta review"
        COMMENT = "comment", "Comment"
        REBUTTAL = "rebuttal", "Rebuttal"
        ETHICS = "ethics", "Ethics review"
        OTHER = "other", "Other reply"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reviews")
    note_id = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=100, blank=True, help_text="The invitation's name, e.g. Official_Review")
    signature = models.CharField(max_length=300, blank=True)
    rating = models.FloatField(null=True, blank=True)
    rating_raw = models.CharField(max_length=500, blank=True)
    confidence = models.FloatField(null=True, blank=True)
    confidence_raw = models.CharField(max_length=500, blank=True)
    content = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True, help_text="Deleted or no longer visible upstream since.")

    class Meta:
        ordering = ("paper", "written_at", "id")
        constraints = [models.UniqueConstraint(fields=["paper", "note_id"], name="review_note_once")]
        indexes = [models.Index(fields=["paper", "kind", "gone_at", "rating", "confidence"], name="review_figures")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.signature}"

    @property
    def short_signature(self) -> str:
        """Return the last part of the signature, e.g. Reviewer_Nxce."""
        return self.signature.rsplit("/", 1)[-1]
