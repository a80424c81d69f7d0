"""A calendar of one's own to subscribe to."""

from django.conf import settings
from django.db import models

from papers.models import Workshop
from program.models.people import Person


class CalendarLink(models.Model):
    """An address with a secret, of which only the hash is kept; whoever has it reads one author's or one person's calendar.

    It belongs to an author (`user`) or to a person of the program. Each has one that works; a new one takes its place.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="calendar_links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_links")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="calendar_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True, person__isnull=False) | models.Q(user__isnull=False, person__isnull=True),
                name="calendar_link_of_one",
            ),
            models.UniqueConstraint(
                fields=["workshop", "user"], condition=models.Q(revoked_at__isnull=True, user__isnull=False), name="calendar_link_user_once"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(revoked_at__isnull=True, person__isnull=False), name="calendar_link_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"of {self.user_id or self.person_id}"
