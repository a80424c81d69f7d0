"""When letters leave by themselves: reminders before and after deadlines, letters that follow acts."""

import datetime as dt

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from papers.models.letter import Letter, LetterTemplate
from papers.models.paper import Paper
from papers.models.workshop import Workshop
from papers.querysets import LetterSettingsQuerySet, ReminderQuerySet, ReminderRuleQuerySet

LONGEST_HOURS = 60 * 24


class LetterSettings(models.Model):
    """What leaves by itself in a workshop; without a row nothing reminds, returns and answers are told.

    Reminders leave for moments after `reminds_since` alone, so that switching them on sends nothing old. `looks_at` is when
    the worker next looks whether one is due. Quiet hours are by the recipient's clock; both ends the same: none.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="letter_settings")
    reminds_since = models.DateTimeField(null=True, blank=True)
    looks_at = models.DateTimeField(null=True, blank=True)
    quiet_from = models.TimeField(default=dt.time(20))
    quiet_until = models.TimeField(default=dt.time(8))
    tells_returns = models.BooleanField(default=True)
    tells_answers = models.BooleanField(default=True)
    tells_approvals = models.BooleanField(default=False)
    tells_receipts = models.BooleanField(default=False)

    objects = LetterSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "letter settings"

    def __str__(self) -> str:
        return f"letters of {self.workshop_id}"


class ReminderRule(models.Model):
    """So many hours before a deadline (negative) or after it, who still owes one of `items` gets the letter `template`.

    No items mean everything that may be owed. A rule whose template was deleted rests.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="reminder_rules")
    template = models.ForeignKey(LetterTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="reminder_rules")
    items = models.JSONField(default=list, blank=True)
    hours = models.SmallIntegerField(validators=[MinValueValidator(-LONGEST_HOURS), MaxValueValidator(LONGEST_HOURS)])
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField(help_text="Moments before it was made or switched on again are over.")

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        ordering = ("hours", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(hours=0) & Q(hours__gte=-LONGEST_HOURS, hours__lte=LONGEST_HOURS), name="reminder_hours")
        ]

    def __str__(self) -> str:
        return f"{self.hours} hours"


class Reminder(models.Model):
    """One reminder to one person on one paper; one a day at most, by the recipient's calendar.

    It is not sent any more from `until` on, where it was to come before a deadline.
    """

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="reminder")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="reminders")
    address = models.CharField(max_length=254)
    day = models.DateField()
    zone = models.CharField(max_length=64)
    until = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["paper", "address", "day"], name="reminder_once_a_day"),
            models.CheckConstraint(condition=Q(address__exact=models.functions.Lower(F("address"))), name="reminder_address_is_lower"),
        ]

    def __str__(self) -> str:
        return f"{self.address} on {self.day}"


class ReminderMoment(models.Model):
    """A moment of a rule that a reminder has answered: never answered again."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="moments")
    rule = models.ForeignKey(ReminderRule, on_delete=models.CASCADE, related_name="moments")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254)
    item = models.CharField(max_length=20)
    due_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["rule", "paper", "address", "item", "due_at"], name="reminder_moment_once")]

    def __str__(self) -> str:
        return f"{self.item} of {self.paper_id} due {self.due_at}"
