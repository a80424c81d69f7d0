"""The poster boards of a workshop."""

from django.db import models

from papers.models import Workshop
from program.models.keyed import ScheduleRow


class BoardRange(ScheduleRow):
    """Boards numbered from `first` to `last`, both counted; the label of one is `prefix` and its number.

    `rule` says which poster hangs where: empty gives free boards in the order of the session, `paper + 50` adds to the
    paper's number. With a `topic` the range is for posters of that topic alone.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="board_ranges")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    prefix = models.CharField(max_length=10, blank=True)
    rule = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("first", "id")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "uid"], name="boards_uid_once"),
            models.UniqueConstraint(fields=["workshop", "first"], name="boards_first_once"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="boards_count_up"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}-{self.prefix}{self.last}"
