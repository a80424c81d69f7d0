"""A link by which an author enters without an account of their own making."""

from django.conf import settings
from django.db import models

from papers.models.paper import Author
from papers.querysets import PersonalLinkQuerySet


class PersonalLink(models.Model):
    """A link for one author: sent by mail, or copied by an organizer where `email` is empty.

    It carries a secret of which only the hash is kept; it works once, until it runs out or is taken back. After that it
    leads only who used it to their paper.
    """

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="personal_links")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"for {self.author_id}"
