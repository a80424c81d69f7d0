"""The rooms of a workshop."""

from django.db import models

from papers.models import Workshop
from program.models.keyed import ScheduleRow


class Room(ScheduleRow):
    """A room with its seats; `kinds` are the kinds of sessions that it suits, all when empty."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="rooms")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="Seats")
    kinds = models.JSONField(default=list, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text="Where remote people enter.")

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "uid"], name="room_uid_once"),
            models.UniqueConstraint(fields=["workshop", "name"], name="room_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="room_has_name"),
            models.CheckConstraint(condition=models.Q(capacity__isnull=True) | models.Q(capacity__gt=0), name="room_seats_somebody"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomClosure(models.Model):
    """A time in which a room can't be had."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="closure_ends_after_start"),
            models.UniqueConstraint(fields=["room", "starts_at", "ends_at"], name="closure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts_at}"
