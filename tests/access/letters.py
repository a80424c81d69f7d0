"""Letters of the workshop made to leak: a template, a mailing, a letter."""

from typing import Any

from django.utils import timezone

from papers.models import Letter, LetterTemplate, Mailing, Paper, ReminderRule

BY_TEMPLATE = ("letter", "copy-letter", "delete-letter", "move-letter-up", "move-letter-down", "send-letter", "letter-recipients")
BY_MAILING = ("mailing", "mailing-states", "pause-mailing", "resume-mailing", "cancel-mailing")
BY_RULE = ("switch-rule-on", "switch-rule-off", "remove-reminder-rule")
BY_LETTER = ("sent-letter", "send-again", "mark-sent", "note-bounce")


def name_letter_arguments(paper: Paper) -> dict[str, list[Any]]:
    """Return what the addresses of letters take; the letter tells the decision on `paper` and its review."""
    workshop = paper.workshop
    words = {"name": "Accepted", "subject": "Accepted Leak", "body": "Secret Review: {{ paper.title }}", "query": "dec:accept"}
    template = LetterTemplate.objects.create(workshop=workshop, **words)
    mailing = Mailing.objects.create(workshop=workshop, template=template, **words)
    letter = Letter.objects.create(
        mailing=mailing, paper=paper, address="ada@example.org", subject="Accepted Leak", body="Secret Review", message_id="<1@x>"
    )
    rule = ReminderRule.objects.create(workshop=workshop, template=template, hours=-24, since=timezone.now())
    keys = {template: BY_TEMPLATE, mailing: BY_MAILING, letter: BY_LETTER, rule: BY_RULE}
    return {name: [workshop.slug, held.pk] for held, names in keys.items() for name in names}
