"""How a workshop's OpenReview fields become tracks, proceedings choices and decisions."""

from django.db import models

from papers.models.workshop import Workshop
from papers.querysets import MappingQuerySet


class FieldMapping(models.Model):
    """Names the OpenReview source of one target; several sources are tried in order.

    `key` is the content field (source `content`), the reply's name and field as `Name.field` (source
    `reply`), and empty otherwise.
    """

    class Target(models.TextChoices):
        TRACK = "track", "Track"
        PROCEEDINGS = "proceedings", "Proceedings choice"
        DECISION = "decision", "Decision"
        PRESENTATION = "presentation", "Presentation"

    class Source(models.TextChoices):
        CONTENT = "content", "Field of the submission"
        DECISION = "decision", "Text of the decision"
        INVITATION = "invitation", "Submission invitation"
        REPLY = "reply", "Field of a reply"
        VENUE = "venue", "Venue line of the submission"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="mappings")
    position = models.PositiveSmallIntegerField(default=0)
    target = models.CharField(max_length=20, choices=Target)
    source = models.CharField(max_length=20, choices=Source)
    key = models.CharField(max_length=200, blank=True)

    objects = MappingQuerySet.as_manager()

    class Meta:
        ordering = ("target", "position", "id")
        constraints = [models.UniqueConstraint(fields=["workshop", "target", "source", "key"], name="mapping_once")]

    def __str__(self) -> str:
        return f"{self.target} from {self.source} {self.key}".strip()


class MappedValue(models.Model):
    """One value seen upstream and what it means; `meaning` null means an organizer has not said yet.

    Meanings by target: a track slug; true or false for proceedings; {"outcome", "presentation"} for
    decisions; a presentation slug. {"ignore": true} says that the value means nothing.
    """

    mapping = models.ForeignKey(FieldMapping, on_delete=models.CASCADE, related_name="values")
    value = models.CharField(max_length=500)
    meaning = models.JSONField(null=True, blank=True)
    first_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("mapping", "value")
        constraints = [models.UniqueConstraint(fields=["mapping", "value"], name="mapped_value_once")]

    def __str__(self) -> str:
        return self.value
