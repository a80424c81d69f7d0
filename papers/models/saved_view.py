"""A view of the paper table that somebody keeps."""

from django.conf import settings
from django.db import models

from papers.models.workshop import Workshop
from papers.querysets import SavedViewQuerySet


class SavedView(models.Model):
    """A search with columns, order and grouping under a name; a shared one is seen by every member.

    `state` is the table's query string as {"q", "columns", "sort", "group"}.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="saved_views")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    state = models.JSONField(default=dict)
    is_shared = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "by", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
