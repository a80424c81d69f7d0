"""Who looks after a paper, who must not, what they think of it."""

from django.conf import settings
from django.db import models

from papers.models.decision import Decision
from papers.models.member import Membership
from papers.models.paper import Paper
from papers.models.track import Award, PresentationKind
from papers.querysets import ConflictOfInterestQuerySet, HandlingQuerySet, RecommendationQuerySet, RemarkQuerySet


class Handling(models.Model):
    """A member looks after a paper: reads its reviews, leads its discussion, recommends a decision."""

    class Source(models.TextChoices):
        HAND = "hand", "By hand"
        SEARCH = "search", "By search"
        BALANCED = "balanced", "Balanced automatically"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="handlings")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="handlings")
    source = models.CharField(max_length=20, choices=Source, default=Source.HAND)
    assigned_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = HandlingQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "id")
        constraints = [models.UniqueConstraint(fields=["paper", "member"], name="handling_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} by {self.member_id}"


class ConflictOfInterest(models.Model):
    """A reason why a member must not judge a paper; stands until somebody dismisses it with a reason.

    `evidence` says in words what was found, e.g. "both at uni.example". A dismissed one is kept, so that
    the same evidence is not found again.
    """

    class Ground(models.TextChoices):
        AUTHOR = "author", "Author of the paper"
        DECLARED = "declared", "Declared"
        COAUTHOR = "coauthor", "Co-author"
        INSTITUTION = "institution", "Same institution"
        DOMAIN = "domain", "Same mail domain"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="interest_conflicts")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="interest_conflicts")
    ground = models.CharField(max_length=20, choices=Ground)
    evidence = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dismissal = models.TextField(blank=True, help_text="Why it does not count.")

    objects = ConflictOfInterestQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "member", "ground")
        verbose_name_plural = "conflicts of interest"
        constraints = [models.UniqueConstraint(fields=["paper", "member", "ground"], name="interest_conflict_once")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.ground} {self.paper_id}"


class Recommendation(models.Model):
    """The decision that one person proposes for a paper; the newest of theirs counts, authors never see it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="recommendations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Decision.Outcome)
    presentation = models.ForeignKey(PresentationKind, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    award = models.ForeignKey(Award, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "at", "id")
        constraints = [models.UniqueConstraint(fields=["paper", "by"], name="recommendation_once")]

    def __str__(self) -> str:
        return f"{self.by_id}: {self.outcome} {self.paper_id}"


class Remark(models.Model):
    """What a member says in the private discussion of a paper; a withdrawn one keeps its place without its text."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("paper", "at", "id")

    def __str__(self) -> str:
        return self.text[:60]


class ReadMark(models.Model):
    """Up to when a person has read the discussion of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="read_marks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("paper", "user")
        constraints = [models.UniqueConstraint(fields=["paper", "user"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.paper_id}"
