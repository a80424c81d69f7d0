"""Reads of what leaves by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from papers.models import LetterSettings, Reminder, ReminderRule, Workshop  # noqa: F401 (named in generics)

Moment = tuple[int, int, str, str, dt.datetime]


class LetterSettingsQuerySet(models.QuerySet["LetterSettings"]):
    """What workshops let leave by itself."""

    def reminding(self) -> LetterSettingsQuerySet:
        """Keep workshops that remind, in the order of their names."""
        return self.filter(reminds_since__isnull=False).select_related("workshop").order_by("workshop__slug")

    def to_look_at(self, now: dt.datetime) -> LetterSettingsQuerySet:
        """Keep workshops that remind and where it is time to look whether a reminder is due."""
        return self.reminding().filter(Q(looks_at__isnull=True) | Q(looks_at__lte=now))


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    """Rules of reminders, as pages and the worker need them."""

    def for_rules_page(self) -> ReminderRuleQuerySet:
        """Bring the letter of each, the earliest first."""
        return self.select_related("template").order_by("hours", "id")

    def at_work(self) -> ReminderRuleQuerySet:
        """Keep rules that are switched on and have a letter."""
        return self.filter(is_active=True, template__isnull=False).for_rules_page()


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders that were written."""

    def list_days(self, workshop: Workshop, since: dt.date) -> set[tuple[int, str, dt.date]]:
        """Return paper, address and day of those since a day."""
        return set(self.filter(paper__workshop=workshop, day__gte=since).order_by().values_list("paper_id", "address", "day"))

    def list_moments(self, rules: Iterable[ReminderRule]) -> set[Moment]:
        """Return rule, paper, address, item and deadline of every moment of these rules that is answered."""
        moments = apps.get_model("papers", "ReminderMoment").objects.filter(rule__in=[rule.pk for rule in rules]).order_by()
        return set(moments.values_list("rule_id", "paper_id", "address", "item", "due_at"))
