"""What people of the program are asked for."""

from django.conf import settings
from django.db import models

from papers.models import Letter, StoredFile, Workshop
from program.models.people import Person
from program.querysets import PersonInvitationQuerySet


class PersonAvailability(models.Model):
    """A time when a person can; whoever has none can at any time."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="availability")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["person", "starts_at"], name="availability_once"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="availability_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.starts_at}"


class PersonProposal(models.Model):
    """What a person wants printed and an organizer has not taken over yet.

    `values` holds, by field of `Person`, only what differs from what is in force; `photo_file` a picture, or nothing.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="proposal")
    values = models.JSONField(default=dict, blank=True)
    photo_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="proposed_photos")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"of {self.person_id}"


class PersonInvitation(models.Model):
    """A link sent to a person by mail; of its secret only the hash is kept.

    It opens the person's own page alone, until it runs out, is taken back, or a later one takes its place.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    letter = models.OneToOneField(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="person_invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    is_reminder = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonInvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-id")
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("sent_at")), name="invitation_lasts"),
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True) | models.Q(opened_at__isnull=False), name="invitation_opened_first"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(replaced_at__isnull=True, revoked_at__isnull=True), name="invitation_one_works"
            ),
        ]

    def __str__(self) -> str:
        return f"to {self.person_id}"


class InvitationSettings(models.Model):
    """How a workshop invites its people: the words of its mails, and whether what they write is printed at once."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="invitation_settings")
    prints_at_once = models.BooleanField(default=False, help_text="What people write is in force at once, without an organizer's look.")
    invitation_subject = models.CharField(max_length=300)
    invitation_body = models.TextField()
    reminder_subject = models.CharField(max_length=300)
    reminder_body = models.TextField()

    def __str__(self) -> str:
        return f"of {self.workshop_id}"
