"""Sessions of the day with their people."""

from django.conf import settings
from django.db import models

from papers.models import Workshop
from program.models.keyed import ScheduleRow
from program.models.people import Person
from program.models.rooms import Room
from program.querysets import SessionQuerySet


class Session(ScheduleRow):
    """A block of the day in one room.

    `label` replaces what the kind would print; invited talks number themselves by time. `minutes` may be
    unknown, then the session lasts until the next one. `awaited_papers` names papers that are not imported
    yet: a list of {"paper", "position", "minutes"}; every reader sees them as slots once they are there, and
    `place_pending_papers` keeps them as such.
    """

    class Kind(models.TextChoices):
        OPENING = "opening", "Opening"
        INVITED_TALK = "invited-talk", "Invited talk"
        ORAL = "oral", "Oral session"
        SPOTLIGHT = "spotlight", "Spotlight session"
        CONTRIBUTED_TALK = "contributed-talk", "Contributed talk"
        POSTER = "poster", "Poster session"
        PANEL = "panel", "Panel"
        COMPETITION = "competition", "Competition"
        WINNER_TALK = "winner-talk", "Winner's talk"
        TUTORIAL = "tutorial", "Tutorial"
        BREAK = "break", "Break"
        AWARD = "award", "Award ceremony"
        CLOSING = "closing", "Closing"
        MIXED = "mixed", "Mixed session"
        OTHER = "other", "Other"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    label = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    room = models.ForeignKey(Room, on_delete=models.SET_NULL, null=True, blank=True, related_name="sessions")
    link = models.URLField(max_length=500, blank=True)
    is_parallel = models.BooleanField(default=False, help_text="May run beside another session.")
    is_streamed = models.BooleanField(default=False, help_text="Remote people can follow it.")
    is_pinned = models.BooleanField(default=False, help_text="Stays at its time and in its room, whoever moves.")
    note = models.TextField(blank=True)
    awaited_papers = models.JSONField(default=list, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "uid"], name="session_uid_once"),
            models.UniqueConstraint(fields=["workshop", "position"], name="session_position_once"),
            models.CheckConstraint(condition=models.Q(minutes__isnull=True) | models.Q(minutes__gt=0), name="session_lasts"),
        ]

    def __str__(self) -> str:
        return self.title or self.label or self.get_kind_display()

    @property
    def room_name(self) -> str:
        """Return the name of its room, nothing where it has none."""
        return self.room.name if self.room else ""


class SessionPart(models.Model):
    """A person's part in a session."""

    class Kind(models.TextChoices):
        SPEAKER = "speaker", "Speaker"
        PANELIST = "panelist", "Panelist"
        MODERATOR = "moderator", "Moderator"
        CHAIR = "chair", "Chair"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.SPEAKER)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["session", "person", "kind"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"


class ScheduleRelease(models.Model):
    """The moment from which the world sees the program of a workshop."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="schedule_release")
    released_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.released_at}"
