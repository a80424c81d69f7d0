"""Writes to exactly the authors who owe something: who of the board's papers, about what, with which words."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.letter_debts import Asks, Debts, find_debts
from papers.letter_fields import read_frame
from papers.letter_jobs import start_sending
from papers.letters.checking import REPEATED, Check, Concern, count_papers_in_words, find_concerns, list_numbers, write_letter
from papers.letters.mailings import keep_mailing
from papers.letters.recipients import Recipient, find_recipients
from papers.letters.reminder_words import keep_reminder_template
from papers.letters.templates import describe_template, read_draft
from papers.models import Letter, LetterTemplate, Mailing, Paper, Route, User, Workshop
from papers.search import SearchMistake, search_papers
from papers.sight import Sight

DONE_STATES = {"received": "Their files came; it is on you to look at them.", "approved": "Their files are approved."}


@dataclass(frozen=True, slots=True)
class ChaseQuestion:
    """Who is to be written to: what they owe, how far it is, of which track, which search finds them; who is left out.

    With `skips_recent` those are left out who got a letter of this kind within the last `hours`.
    """

    item: str = ""
    state: str = ""
    track: str = ""
    words: str = ""
    hours: int = 48
    skips_recent: bool = True

    @property
    def asks(self) -> Asks:
        """Return what the letters are about."""
        return Asks((self.item,) if self.item else (), self.state)


@dataclass(frozen=True, slots=True)
class Recent:
    """Somebody who got such a letter a short while ago."""

    recipient: Recipient
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Chase:
    """What writing to them would do: its letters with what is to be seen before, who was written to lately."""

    question: ChaseQuestion
    check: Check
    recent: tuple[Recent, ...] = ()

    @property
    def digest(self) -> str:
        """Return a mark of all that is shown before the button is pressed."""
        return hashlib.sha256(f"{self.question}\n{self.check.digest}".encode()).hexdigest()[:32]


def preview_chase(template: LetterTemplate, question: ChaseQuestion, *, sight: Sight) -> Chase:
    """Return what chasing would do now; one letter a person and paper, listing exactly what is asked for and owed.

    Reached are released accepted papers that owe it at this moment. Refused are mistakes in the words and nobody to write to.
    """
    frame = read_frame(sight.workshop)
    read = read_draft(describe_template(template), frame)
    mistakes = tuple(sentence for part in read.mistakes.values() for sentence in part)
    try:
        debts = _find_owing(sight, question)
    except SearchMistake as mistake:
        return Chase(question, Check((), 0, (*mistakes, mistake.sentence), ()))
    if mistakes or not debts:
        return Chase(question, Check((), len(debts), mistakes or (_say_nobody(question),), ()))
    papers = list(debts)
    recipients, unreachable = find_recipients(papers, audience=template.audience, route=Route.MAIL)
    lately = Letter.objects.list_reminded(sight.workshop, since=timezone.now() - dt.timedelta(hours=question.hours))
    recent = [Recent(row, lately[row.paper.pk, row.address.lower()]) for row in recipients if (row.paper.pk, row.address.lower()) in lately]
    repeated = [row.recipient for row in recent]
    rows = [row for row in recipients if not question.skips_recent or row not in repeated]
    letters = tuple(write_letter(read, frame, row, debts=debts[row.paper]) for row in rows)
    bounced = Letter.objects.find_bounced(sight.workshop)
    concerns = find_concerns(papers, letters, unreachable, repeated=repeated, bounced=bounced)
    if repeated and not question.skips_recent:
        concerns.append(_name_recent(repeated, question.hours))
    refusals = () if letters else (_say_why(repeated),)
    return Chase(question, Check(letters, len(papers), refusals, tuple(concerns), len(recent)), tuple(recent))


def queue_chase(template: LetterTemplate, question: ChaseQuestion, *, sight: Sight, digest: str, nonce: str, by: User) -> Mailing:
    """Keep the letters in one transaction; they leave after the commit, each looked at again in the moment before.

    Who does not owe it any more by then gets nothing. Refuses when letters or concerns read otherwise than what `by` has seen;
    a nonce answered a second time returns the first answer's mailing.
    """
    workshop = sight.workshop
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = workshop.mailings.answering(nonce)
        if held is not None:
            return held
        chase = preview_chase(template, question, sight=sight)
        if chase.check.refusals:
            raise Refusals("Nobody was written to.", list(chase.check.refusals))
        if chase.digest != digest:
            raise Refusal("What is owed, or the letter, changed since you looked; look again, then send.", subject=workshop)
        if template.pk is None:
            template = keep_reminder_template(workshop, by=by)
        mailing = keep_mailing(template, chase.check, route=Route.MAIL, nonce=nonce, asks=question.asks, by=by)
        start_sending(workshop, by=by)
    return mailing


def _find_owing(sight: Sight, question: ChaseQuestion) -> dict[Paper, Debts]:
    """Return the papers that owe what is asked for, with what they owe, by number."""
    papers = Sight(sight.workshop).papers
    if question.track:
        papers = papers.in_track(question.track)
    if question.words.strip():
        papers = papers.filter(pk__in=search_papers(sight, question.words).values("pk"))
    found = list(papers.for_letters(with_debts=True))
    debts = find_debts(found, question.asks)
    return {paper: debts[paper.pk] for paper in found if debts[paper.pk].asked}


def _say_nobody(question: ChaseQuestion) -> str:
    done = DONE_STATES.get(question.state)
    return f"There is nobody to chase. {done}" if done else "No paper owes this; there is nobody to write to."


def _say_why(repeated: list[Recipient]) -> str:
    if repeated:
        return "Everybody who owes this was written to lately; take a shorter time, or write to them again."
    return "No author of these papers can be reached by mail."


def _name_recent(repeated: list[Recipient], hours: int) -> Concern:
    papers = {row.paper.pk: row.paper for row in repeated}
    sentence = (
        f"{len(repeated)} recipient{'' if len(repeated) == 1 else 's'} on {count_papers_in_words(len(papers))} got a reminder "
        f"within {hours} hours and would get one more: {list_numbers(papers.values())}."
    )
    return Concern(REPEATED, sentence)
