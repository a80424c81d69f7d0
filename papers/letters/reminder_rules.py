"""Rules that say when reminders leave: made, switched, removed by organizers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from papers.duties import ITEMS
from papers.errors import Refusal
from papers.history import record_change
from papers.letters.habits import look_soon
from papers.letters.reminder_words import keep_reminder_template
from papers.models import LetterTemplate, ReminderRule, User, Workshop
from papers.models.reminder import LONGEST_HOURS

MOST_RULES = 40


def add_reminder_rule(workshop: Workshop, *, items: Iterable[str], hours: int, template: LetterTemplate | None, by: User) -> ReminderRule:
    """Remind of these items, all when there are none, so many hours after the deadline, before it where negative.

    Without a template it is the camera-ready reminder. Refuses the very moment of a deadline, more than 60 days, and a rule twice.
    """
    wanted = [item for item in ITEMS if item in set(items)]
    if not hours or abs(hours) > LONGEST_HOURS:
        raise Refusal("A reminder leaves at least an hour and at most 60 days before or after a deadline.", subject=workshop)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = list(workshop.reminder_rules.for_rules_page())
        if any((rule.hours, rule.items) == (hours, wanted) for rule in held):
            raise Refusal(f"There is such a rule already: {describe_hours(hours)}.", subject=workshop)
        if len(held) >= MOST_RULES:
            raise Refusal(f"A workshop has at most {MOST_RULES} rules; remove one first.", subject=workshop)
        template = template or keep_reminder_template(workshop, by=by)
        rule = ReminderRule.objects.create(workshop=workshop, template=template, items=wanted, hours=hours, since=timezone.now())
        _record(rule, "added reminder", by=by)
    return rule


def switch_reminder_rule(rule: ReminderRule, *, is_active: bool, by: User) -> ReminderRule:
    """Switch a rule on or off; what would have left meanwhile does not leave later."""
    with transaction.atomic():
        rule = ReminderRule.objects.select_for_update(of=("self",)).select_related("workshop", "template").get(pk=rule.pk)
        if rule.is_active != is_active:
            rule.is_active, rule.since = is_active, timezone.now()
            rule.save(update_fields=["is_active", "since"])
            _record(rule, "switched reminder on" if is_active else "switched reminder off", by=by)
    return rule


def remove_reminder_rule(rule: ReminderRule, *, by: User) -> None:
    """Remove a rule; what it has sent stays in the outbox."""
    with transaction.atomic():
        _record(rule, "removed reminder", by=by)
        rule.delete()


def describe_rule(rule: ReminderRule) -> str:
    """Return a rule in words: 3 days before the deadline: Paper PDF, Copyright form."""
    return f"{describe_hours(rule.hours)}: {', '.join(ITEMS[item] for item in rule.items if item in ITEMS) or 'everything that is owed'}"


def describe_hours(hours: int) -> str:
    """Return how far from the deadline, in days where they are whole."""
    count, unit = (abs(hours) // 24, "day") if hours % 24 == 0 and abs(hours) >= 48 else (abs(hours), "hour")
    return f"{count} {unit}{'' if count == 1 else 's'} {'before' if hours < 0 else 'after'} the deadline"


def _record(rule: ReminderRule, action: str, *, by: User) -> None:
    template = rule.template.name if rule.template else "no letter"
    look_soon(rule.workshop)
    record_change(rule.workshop, action, by=by, field="reminders", note=f"{describe_rule(rule)} ({template})")
