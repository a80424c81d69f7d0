"""Looks once more at a letter about what a paper owes, in the moment before it leaves."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from papers.letter_debts import find_debts, read_asks
from papers.letter_fields import read_frame
from papers.letters.checking import write_letter
from papers.letters.habits import find_quiet_hours
from papers.letters.recipients import find_recipients
from papers.letters.templates import Draft, read_draft
from papers.models import Audience, Letter, Paper, Reminder, Route, Workshop
from papers.zones import find_zone

SETTLED = "The paper does not owe this any more."
NOBODY = "This address belongs to no author of the paper any more."
TOO_LATE = "The deadline that it was to come before is over."
QUIET = "It is quiet hours where the recipient is."
State = Letter.State


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a letter does not leave now; `until` when it waits."""

    state: Letter.State
    why: str
    until: dt.datetime | None = None


def look_again(letter: Letter) -> Hold | None:
    """Return why this letter must not leave, or nothing; one about what is owed is written anew with what is owed now."""
    if letter.asks is None:
        return None
    workshop = Workshop.objects.get(mailings=letter.mailing_id)
    return _find_wrong_time(letter, workshop) or _write_anew(letter, workshop)


def _find_wrong_time(letter: Letter, workshop: Workshop) -> Hold | None:
    reminder = Reminder.objects.filter(letter=letter).first()
    if reminder is None:
        return None
    now = timezone.now()
    free = find_quiet_hours(workshop).find_end(now, find_zone(reminder.zone))
    if reminder.until and free >= reminder.until:
        return Hold(State.CANCELED, TOO_LATE)
    return Hold(State.WAITING, QUIET, free) if free > now else None


def _write_anew(letter: Letter, workshop: Workshop) -> Hold | None:
    mailing = letter.mailing
    draft = Draft(mailing.name, mailing.subject, mailing.body, audience=mailing.audience, quotes_reviews=True)
    frame = read_frame(workshop)
    read = read_draft(draft, frame)
    paper = Paper.objects.filter(letters=letter).for_letters(with_reviews=read.has_reviews, with_debts=True).get()
    debts = find_debts([paper], read_asks(letter.asks or {}))[paper.pk]
    if not debts.asked:
        return Hold(State.SETTLED, SETTLED)
    recipients, _ = find_recipients([paper], audience=Audience.ALL, route=Route.MAIL)
    recipient = next((one for one in recipients if one.address.lower() == letter.address.lower()), None)
    if recipient is None:
        return Hold(State.SETTLED, NOBODY)
    if not read.mistakes:
        written = write_letter(read, frame, recipient, debts=debts)
        letter.subject, letter.body = written.subject, written.body
        letter.save(update_fields=["subject", "body"])
    return None
