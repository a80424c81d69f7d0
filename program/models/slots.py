"""What is held in a session, one after the other."""

from django.db import models

from papers.models import Paper
from program.models.keyed import ScheduleRow
from program.models.people import Person
from program.models.schedule import Session


class Slot(ScheduleRow):
    """A place in a session: a paper's, or that of a talk that has no paper; `minutes` counts questions in.

    `reference` is how the workshop file names the paper (forum id, `#12`, `title:...`), empty when placed by hand.
    `board` is where a poster hangs; one board holds one poster in a session.
    """

    class Kind(models.TextChoices):
        PAPER = "paper", "Paper"
        WINNER_TALK = "winner-talk", "Winner's talk"
        INVITED_TALK = "invited-talk", "Invited talk"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="slots")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.PAPER)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="slots")
    title = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="slots")
    position = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    question_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    is_pinned = models.BooleanField(default=False, help_text="Stays where it is, whoever moves.")
    board = models.PositiveIntegerField(null=True, blank=True)
    reference = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="slot_uid_once"),
            models.UniqueConstraint(fields=["session", "paper"], name="slot_once"),
            models.UniqueConstraint(fields=["session", "board"], name="board_once"),
            models.CheckConstraint(
                condition=models.Q(kind="paper", paper__isnull=False, title="", person__isnull=True)
                | (~models.Q(kind="paper") & models.Q(paper__isnull=True) & ~models.Q(title="")),
                name="slot_paper_or_talk",
            ),
            models.CheckConstraint(condition=models.Q(minutes__isnull=True) | models.Q(minutes__gt=0), name="slot_lasts"),
            models.CheckConstraint(
                condition=models.Q(question_minutes__isnull=True)
                | models.Q(minutes__isnull=True)
                | models.Q(question_minutes__lte=models.F("minutes")),
                name="slot_holds_questions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id or self.title} in {self.session_id}"
