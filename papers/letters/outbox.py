"""Takes letters from the outbox one by one, writes down what became of each."""

import datetime as dt

from django.utils import timezone

from papers.letters.couriers import Fate, Handover
from papers.letters.rechecking import Hold
from papers.models import Letter, Workshop

PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60, 60, 120, 120, 240, 240))
LEFT_BEHIND = "The program stopped while the mail server had this letter; nobody knows whether it left."
State = Letter.State


def claim_letter(workshop: Workshop, route: str, *, run: str) -> Letter | None:
    """Take the oldest letter that may leave now, committed before it is returned; nothing when there is none.

    Of two processes that want the same letter one gets it.
    """
    while True:
        now = timezone.now()
        letter = Letter.objects.of_workshop(workshop, route).due(now).select_related("paper").first()
        if letter is None:
            return None
        attempt = letter.attempt_count + 1
        values = {"state": State.CLAIMED, "claim": run, "claimed_at": now, "attempt_count": attempt, "retry_at": None}
        if Letter.objects.waiting().filter(pk=letter.pk).update(**values):
            letter.state, letter.claim, letter.claimed_at, letter.attempt_count = State.CLAIMED, run, now, attempt
            return letter


def settle_letter(letter: Letter, handover: Handover, *, run: str) -> bool:
    """Write down what became of a letter that `run` has claimed; tell whether it still was this run's to say.

    A run that was believed dead may still settle its letter: it alone knows. What was put off too often has failed.
    """
    values: dict[str, object] = {"trouble": "" if handover.fate is Fate.SENT else handover.said, "claim": ""}
    if handover.fate is Fate.SENT:
        values |= {"state": State.SENT, "sent_at": timezone.now(), "sealed_link": ""}
    elif handover.fate is Fate.UNCLEAR:
        values |= {"state": State.UNCLEAR}
    elif handover.fate is Fate.REFUSED:
        values |= {"state": State.FAILED, "bounce": Letter.Bounce.HARD}
    elif handover.fate is Fate.BARRED:
        values |= {"state": State.WAITING, "attempt_count": letter.attempt_count - 1}
    elif letter.attempt_count > len(PAUSES):
        said = f"Given up after {letter.attempt_count} attempts; the last answer was: {handover.said}"
        values |= {"state": State.FAILED, "bounce": Letter.Bounce.SOFT, "trouble": said}
    else:
        values |= {"state": State.WAITING, "retry_at": timezone.now() + PAUSES[letter.attempt_count - 1]}
    return bool(Letter.objects.filter(pk=letter.pk).claimed_by(run).update(**values))


def hold_letter(letter: Letter, hold: Hold, *, run: str) -> bool:
    """Keep back a letter that `run` has claimed and that never left; tell whether it still was this run's to say."""
    values = {"state": hold.state, "trouble": hold.why, "retry_at": hold.until, "claim": "", "claimed_at": None}
    return bool(Letter.objects.filter(pk=letter.pk).claimed_by(run).update(attempt_count=letter.attempt_count - 1, **values))


def report_left_behind(workshop: Workshop, route: str, *, run: str) -> int:
    """Mark what earlier runs had in hand as perhaps sent; return how many. Call it when no other run can be at work any more."""
    left = Letter.objects.of_workshop(workshop, route).left_behind(run)
    return left.update(state=State.UNCLEAR, trouble=LEFT_BEHIND)
