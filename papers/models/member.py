"""Who may do what in a workshop: memberships, invitations to them, authors' claims."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from papers.models.paper import Author, Paper
from papers.models.workshop import Workshop
from papers.querysets import InvitationQuerySet, MembershipQuerySet


class Role(models.TextChoices):
    """Owners manage people, organizers decide, assistants see, publishers publish."""

    OWNER = "owner", "Owner"
    ORGANIZER = "organizer", "Organizer"
    ASSISTANT = "assistant", "Assistant"
    PUBLISHER = "publisher", "Publisher"


class Membership(models.Model):
    """A user's role in one workshop."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField(auto_now_add=True)
    profile_ids = models.JSONField(default=list, blank=True, help_text="OpenReview tilde ids of this person.")
    institutions = models.JSONField(default=list, blank=True, help_text='Where they work: a list of {"name", "domain"}.')
    collaborators = models.JSONField(
        default=list, blank=True, help_text="Whose papers they must not judge: names, tilde ids or mail addresses."
    )
    topics = models.JSONField(default=list, blank=True, help_text="What they know best, in the words of keywords.")
    capacity = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many papers they look after at most.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["workshop", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """An offer of a role, sent by mail; the link carries a secret of which only the hash is kept."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at", "-id")
        constraints = [
            models.UniqueConstraint(
                "workshop",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class AuthorClaim(models.Model):
    """A user is this author: by tilde id, by verified mail, or by an organizer's act."""

    class Ground(models.TextChoices):
        TILDE = "tilde", "OpenReview profile"
        MAIL = "mail", "Verified mail address"
        ORGANIZER = "organizer", "Organizer's act"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="claims")
    author = models.ForeignKey(Author, on_delete=models.SET_NULL, null=True, blank=True, related_name="claims")
    ground = models.CharField(max_length=20, choices=Ground)
    evidence = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("paper", "id")
        constraints = [models.UniqueConstraint(fields=["user", "paper"], name="claim_once")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.paper_id}"
