"""Reminders that leave by themselves: planned from rules and deadlines, put into the outbox when they are due."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from papers.duties import Duty
from papers.history import record_change
from papers.letter_debts import Asks, Debts, find_debts, split_debts
from papers.letter_fields import read_frame
from papers.letter_jobs import start_sending
from papers.letters.checking import write_letter
from papers.letters.habits import find_settings
from papers.letters.mailings import make_letter
from papers.letters.recipients import Recipient, find_recipients
from papers.letters.templates import describe_template, read_draft
from papers.models import Letter, LetterTemplate, Mailing, Paper, Reminder, ReminderMoment, ReminderRule, Route, Workshop
from papers.reminder_times import QuietHours, find_day, find_leaving
from papers.sight import Sight
from papers.zones import find_zone

CATCH_UP = dt.timedelta(hours=24)  # what could not leave for longer than that is old news
ACTOR = "reminders"


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a rule for one person: when it leaves, about what."""

    rule: ReminderRule
    recipient: Recipient
    duty: Duty
    leaves_at: dt.datetime

    @property
    def address(self) -> str:
        """Return who it is for, in lower case."""
        return self.recipient.address.lower()

    @property
    def due_at(self) -> dt.datetime:
        """Return the deadline; only what has one is reminded of."""
        assert self.duty.due_at is not None
        return self.duty.due_at

    @property
    def key(self) -> tuple[int, int, str, str, dt.datetime]:
        """Return what is answered once."""
        return self.rule.pk, self.recipient.paper.pk, self.address, self.duty.item, self.due_at


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """One letter to one person on one paper, with all moments of that person's day."""

    day: dt.date
    zone: str
    moments: tuple[Moment, ...]
    debts: Debts

    @property
    def leaves_at(self) -> dt.datetime:
        """Return when it leaves."""
        return self.moments[0].leaves_at

    @property
    def recipient(self) -> Recipient:
        """Return who gets it."""
        return self.moments[0].recipient

    @property
    def template(self) -> LetterTemplate:
        """Return its words: those of the rule whose moment comes first."""
        template = self.moments[0].rule.template
        assert template is not None
        return template

    @property
    def until(self) -> dt.datetime | None:
        """Return from when on it comes too late; nothing where it may come after a deadline."""
        before = [moment.due_at for moment in self.moments if moment.rule.hours < 0]
        return max(before) if len(before) == len(self.moments) else None

    @property
    def asks(self) -> Asks:
        """Return what it is about."""
        return Asks(tuple(dict.fromkeys(moment.duty.item for moment in self.moments)))


@dataclass(frozen=True, slots=True)
class NextReminders:
    """What leaves at one instant: how many letters on how many papers under which name."""

    at: dt.datetime
    name: str
    letter_count: int
    paper_count: int
    rules: tuple[ReminderRule, ...]


@dataclass(slots=True)
class _Plan:
    """What planning rests on, read once."""

    workshop: Workshop
    now: dt.datetime
    since: dt.datetime
    quiet: QuietHours
    debts: dict[int, Debts]
    answered: set[tuple[int, int, str, str, dt.datetime]]
    days: set[tuple[int, str, dt.date]]
    groups: dict[tuple[int, str, dt.date, str], list[Moment]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rule: ReminderRule, recipient: Recipient) -> None:
        """Put every moment of a rule for a person where its day is; what is over or answered is left out."""
        name = recipient.zone or self.workshop.zone
        zone = find_zone(name)
        for duty in self.debts[recipient.paper.pk].asked:
            if duty.due_at is None or (rule.items and duty.item not in rule.items):
                continue
            meant = find_leaving(duty.due_at, rule.hours, quiet=self.quiet, zone=zone)
            leaves_at = self.quiet.find_end(max(meant, self.now), zone)
            is_over = meant <= max(self.since, rule.since, self.now - CATCH_UP) or (rule.hours < 0 and leaves_at >= duty.due_at)
            moment = Moment(rule, recipient, duty, leaves_at)
            if is_over or moment.key in self.answered:
                continue
            day = find_day(leaves_at, zone)
            if (recipient.paper.pk, moment.address, day) not in self.days:
                self.groups[recipient.paper.pk, moment.address, day, name].append(moment)

    def list_reminders(self) -> Iterator[PlannedReminder]:
        """Yield one reminder a person, paper and day."""
        for (paper, _, day, zone), moments in self.groups.items():
            ordered = sorted(moments, key=lambda moment: (moment.leaves_at, moment.due_at, moment.rule.hours, moment.rule.pk))
            yield PlannedReminder(day, zone, tuple(ordered), self.debts[paper])


def plan_reminders(workshop: Workshop, *, now: dt.datetime) -> list[PlannedReminder]:
    """Return every reminder that is still to leave, the first first, as things stand: also while reminders are stopped.

    Reminded are authors of released accepted papers of what is owed and has a date, extensions counted; at most once a day each
    on each paper, by their own calendar. As many queries for 3 papers as for 300.
    """
    rules = list(workshop.reminder_rules.at_work())
    papers = list(Sight(workshop).papers.for_letters(with_debts=True)) if rules else []
    held = find_settings(workshop)
    plan = _Plan(
        workshop,
        now,
        held.reminds_since or now,
        QuietHours(held.quiet_from, held.quiet_until),
        find_debts(papers),
        Reminder.objects.list_moments(rules),
        Reminder.objects.list_days(workshop, since=now.date() - dt.timedelta(days=3)),
    )
    by_audience = {audience: _list_recipients(papers, audience) for audience in {_find_audience(rule) for rule in rules}}
    for rule in rules:
        for recipient in by_audience[_find_audience(rule)]:
            plan.add(rule, recipient)
    return sorted(plan.list_reminders(), key=lambda one: (one.leaves_at, one.recipient.paper.number or 0, one.recipient.paper.pk))


def list_next_reminders(planned: Sequence[PlannedReminder], *, most: int = 12) -> list[NextReminders]:
    """Return what leaves next, an instant and a letter each."""
    groups: dict[tuple[dt.datetime, str], list[PlannedReminder]] = defaultdict(list)
    for one in planned:
        groups[one.leaves_at, one.template.name].append(one)
    return [
        NextReminders(
            at,
            name,
            len(some),
            len({one.recipient.paper.pk for one in some}),
            tuple({moment.rule.pk: moment.rule for one in some for moment in one.moments}.values()),
        )
        for (at, name), some in sorted(groups.items(), key=lambda group: group[0])[:most]
    ]


def queue_due_reminders(workshop: Workshop, *, now: dt.datetime) -> tuple[int, dt.datetime | None]:
    """Put every reminder that is due into the outbox; return how many, and when the next one is due.

    In one transaction with what says that it was sent: however often and from however many processes this is called, each
    leaves once. Nothing happens while reminders are stopped; a letter whose words have mistakes by now is left out.
    """
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        if not find_settings(workshop).reminds_since:
            return 0, None
        planned = plan_reminders(workshop, now=now)
        due = [one for one in planned if one.leaves_at <= now]
        by_template: dict[LetterTemplate, list[PlannedReminder]] = defaultdict(list)
        for one in due:
            by_template[one.template].append(one)
        count = sum(_keep(template, some, now=now) for template, some in by_template.items())
        if count:
            papers = len({one.recipient.paper.pk for one in due})
            record_change(workshop, "queued reminders", by=None, actor=ACTOR, field="letter", after={"letters": count, "papers": papers})
            start_sending(workshop, by=None)
    return count, next((one.leaves_at for one in planned if one.leaves_at > now), None)


def _keep(template: LetterTemplate, some: list[PlannedReminder], *, now: dt.datetime) -> int:
    """Write letters with the rows that make each leave once; return how many."""
    workshop = template.workshop
    frame = read_frame(workshop)
    read = read_draft(describe_template(template), frame)
    if read.mistakes:
        return 0
    mailing = _find_mailing(template, now)
    state = Letter.State.CANCELED if mailing.canceled_at else Letter.State.WAITING
    letters = []
    for one in some:
        written = write_letter(read, frame, one.recipient, debts=split_debts(one.debts.duties, one.asks))
        letter = make_letter(mailing, written, asks=one.asks.as_json())
        letter.state = state
        letters.append(letter)
    Letter.objects.bulk_create(letters)
    reminders = [
        Reminder(letter=letter, paper=letter.paper, address=letter.address.lower(), day=one.day, zone=one.zone, until=one.until)
        for letter, one in zip(letters, some, strict=True)
    ]
    Reminder.objects.bulk_create(reminders)
    ReminderMoment.objects.bulk_create(
        ReminderMoment(
            reminder=reminder,
            rule=moment.rule,
            paper=reminder.paper,
            address=moment.address,
            item=moment.duty.item,
            due_at=moment.due_at,
        )
        for reminder, one in zip(reminders, some, strict=True)
        for moment in one.moments
    )
    return len(letters)


def _find_mailing(template: LetterTemplate, now: dt.datetime) -> Mailing:
    """Return the mailing of the day for these words: who changes them in between gets another one."""
    workshop = template.workshop
    words = {name: getattr(template, name) for name in ("name", "subject", "body", "query", "audience")}
    day = find_day(now, find_zone(workshop.zone))
    nonce = f"reminders-{day}-{template.pk}-{template.changed_at.timestamp():.0f}"
    known = {"template": template, "kind": Mailing.Kind.REMINDER, **words}
    mailing, _ = Mailing.objects.get_or_create(workshop=workshop, nonce=nonce, defaults=known)
    return mailing


def _list_recipients(papers: Iterable[Paper], audience: str) -> list[Recipient]:
    return find_recipients(papers, audience=audience, route=Route.MAIL)[0]


def _find_audience(rule: ReminderRule) -> str:
    return rule.template.audience if rule.template else ""
