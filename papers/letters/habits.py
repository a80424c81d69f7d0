"""What leaves by itself in a workshop, and at which hours nothing does; changed by organizers."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Letter, LetterSettings, Mailing, User, Workshop
from papers.reminder_times import QuietHours

NOTICES = {
    "tells_returns": "A file came back, with the reasons",
    "tells_answers": "A request was granted or refused, with the answer",
    "tells_approvals": "A file was approved",
    "tells_receipts": "A file was received",
}
MOST_QUIET = 20  # hours
State = Letter.State


def find_settings(workshop: Workshop) -> LetterSettings:
    """Return the settings of a workshop; those that hold without any are not kept yet."""
    return LetterSettings.objects.filter(workshop=workshop).first() or LetterSettings(workshop=workshop)


def find_quiet_hours(workshop: Workshop) -> QuietHours:
    """Return the quiet hours of a workshop."""
    held = find_settings(workshop)
    return QuietHours(held.quiet_from, held.quiet_until)


def start_reminders(workshop: Workshop, *, by: User) -> LetterSettings:
    """Let reminders leave from now on; refuses while no rule is switched on, and twice."""
    with transaction.atomic():
        held = _lock(workshop)
        if held.reminds_since:
            raise Refusal("Reminders leave already.", subject=workshop)
        if not workshop.reminder_rules.at_work().exists():
            raise Refusal("There is no rule that is switched on: say first when reminders leave.", subject=workshop)
        held.reminds_since = held.looks_at = timezone.now()
        held.save()
        record_change(workshop, "started reminders", by=by, field="reminders")
    return held


def stop_reminders(workshop: Workshop, *, by: User) -> int:
    """Let no reminder leave any more and cancel those that wait in the outbox; return how many. Refuses when they are stopped."""
    with transaction.atomic():
        held = _lock(workshop)
        if not held.reminds_since:
            raise Refusal("Reminders are stopped already.", subject=workshop)
        held.reminds_since = held.looks_at = None
        held.save()
        waiting = Letter.objects.of_workshop(workshop).in_state(State.WAITING).filter(mailing__kind=Mailing.Kind.REMINDER)
        count = waiting.update(state=State.CANCELED, retry_at=None)
        record_change(workshop, "stopped reminders", by=by, field="reminders", after={"canceled letters": count} if count else None)
    return count


def set_quiet_hours(workshop: Workshop, *, start: dt.time, end: dt.time, by: User) -> LetterSettings:
    """Say at which hours no reminder leaves, by the recipient's clock; refuses to leave less than four hours a day."""
    hours = (end.hour - start.hour) + (end.minute - start.minute) / 60
    if hours % 24 > MOST_QUIET:
        raise Refusal("Quiet hours leave at least four hours of a day in which letters may leave.", subject=workshop)
    with transaction.atomic():
        held = _lock(workshop)
        before = _describe_quiet(held)
        held.quiet_from, held.quiet_until = start, end
        held.save()
        look_soon(workshop)
        if before != _describe_quiet(held):
            record_change(workshop, "set quiet hours", by=by, field="reminders", before=before, after=_describe_quiet(held))
    return held


def set_notices(workshop: Workshop, *, by: User, **switches: bool) -> LetterSettings:
    """Say which acts write to authors by themselves: names of `NOTICES`, on or off."""
    with transaction.atomic():
        held = _lock(workshop)
        before = {name: getattr(held, name) for name in NOTICES}
        after = {**before, **{name: value for name, value in switches.items() if name in NOTICES}}
        for name, value in after.items():
            setattr(held, name, value)
        held.save()
        if before != after:
            told = [{name.removeprefix("tells_"): value for name, value in side.items()} for side in (before, after)]
            record_change(workshop, "set letters after acts", by=by, field="letters", before=told[0], after=told[1])
    return held


def look_soon(workshop: Workshop) -> None:
    """Let the worker look at once whether a reminder is due, because what it rests on has changed."""
    LetterSettings.objects.reminding().filter(workshop=workshop).update(looks_at=timezone.now())


def _lock(workshop: Workshop) -> LetterSettings:
    """Return the settings behind the lock under which letters are queued."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    return find_settings(workshop)


def _describe_quiet(held: LetterSettings) -> str:
    return f"{held.quiet_from:%H:%M} to {held.quiet_until:%H:%M}"
