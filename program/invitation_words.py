"""The words of mails to people of the program: their fields, what they begin with, how they read for one person."""

from collections.abc import Mapping
from dataclasses import dataclass

from papers.letter_language import Field, Values, Words, read_words
from papers.letters.links import LINK_PLACE
from papers.models import Workshop
from papers.texts import clean_line, clean_text
from papers.zones import format_day
from program.models import InvitationSettings, Person
from program.people_gaps import GAP_WORDS, KINDS, find_gaps, list_kinds

FIELDS = {
    "person.name": Field("Name of the person"),
    "person.roles": Field("What they are asked to be, e.g. speaker"),
    "person.missing": Field("What is still missing, e.g. title, abstract"),
    "person.is_speaker": Field("They are asked to speak", is_condition=True),
    "person.has_confirmed": Field("They have said that they take part", is_condition=True),
    "link": Field("Address of their own page; needed in the mail"),
    "link_ends": Field("Last day on which the link works"),
    "workshop.name": Field("Name of the workshop"),
    "workshop.short_name": Field("Short name with year, e.g. SyntaGen 2026"),
    "workshop.conference": Field("Conference at which it takes place"),
    "workshop.place": Field("Place"),
    "workshop.days": Field("First and last day"),
    "workshop.contact": Field("Mail address of the organizers"),
}

INVITATION_SUBJECT = "[{{ workshop.short_name }}] Your page as {{ person.roles }}"
INVITATION_BODY = """Dear {{ person.name }},

we would be glad to have you as {{ person.roles }} at {{ workshop.name }}\
{% if workshop.days %}, {{ workshop.days }}{% endif %}{% if workshop.place %} in {{ workshop.place }}{% endif %}.

Please tell us on your own page whether you take part, and how. \
{% if person.is_speaker %}There you give your talk its title and abstract, \
hand in a photo, say when you can, and later hand in your slides.\
{% else %}There you hand in a short bio and a photo, and say when you can.{% endif %} \
It needs no account:

{{ link }}

The link is yours alone and works until {{ link_ends }}.

{% if workshop.contact %}
Questions reach us at {{ workshop.contact }}.

{% endif %}
The organizers of {{ workshop.short_name }}"""
REMINDER_SUBJECT = "[{{ workshop.short_name }}] A few things are still missing"
REMINDER_BODY = """Dear {{ person.name }},

we are preparing the program of {{ workshop.name }}{% if person.missing %} and still miss from you: {{ person.missing }}{% endif %}.

{% if not person.has_confirmed %}
We also don't know yet whether you take part.

{% endif %}
A minute on your own page is enough; this link takes the place of the one before:

{{ link }}

It works until {{ link_ends }}.

{% if workshop.contact %}
Questions reach us at {{ workshop.contact }}.

{% endif %}
The organizers of {{ workshop.short_name }}"""


@dataclass(frozen=True, slots=True)
class MailWords:
    """Subject and body of a mail as they were understood; `mistakes` by the part they are in."""

    subject: Words
    body: Words
    mistakes: Mapping[str, list[str]]


def read_settings(workshop: Workshop) -> InvitationSettings:
    """Return how a workshop invites; until somebody changes it, what every workshop begins with."""
    held = InvitationSettings.objects.filter(workshop=workshop).first()
    return held or InvitationSettings(
        workshop=workshop,
        invitation_subject=INVITATION_SUBJECT,
        invitation_body=INVITATION_BODY,
        reminder_subject=REMINDER_SUBJECT,
        reminder_body=REMINDER_BODY,
    )


def read_mail(subject: str, body: str) -> MailWords:
    """Return the words of a mail with every mistake in them."""
    read_subject, wrong_subject = read_words(subject, FIELDS)
    read_body, wrong_body = read_words(body, FIELDS)
    mistakes = {"subject": list(map(str, wrong_subject)), "body": list(map(str, wrong_body))}
    if not clean_line(subject):
        mistakes["subject"].append("Write a subject.")
    if "link" in read_subject.names:
        mistakes["subject"].append("The link can't stand in a subject: subjects are shown on locked screens.")
    if "link" not in read_body.names:
        mistakes["body"].append("The mail needs {{ link }}, without which nobody reaches their page.")
    return MailWords(read_subject, read_body, {part: sentences for part, sentences in mistakes.items() if sentences})


def write_mail(words: MailWords, person: Person, *, last_day: str) -> tuple[str, str]:
    """Return subject and body for a person; the link is a place that is filled in when the mail leaves."""
    values = make_values(person, last_day=last_day)
    subject, body = words.subject.render(values), words.body.render(values)
    return clean_line(subject.text)[:500], clean_text(body.text) + "\n"


def make_values(person: Person, *, last_day: str) -> Values:
    """Return the value of each field for a person."""
    workshop, kinds = person.workshop, list_kinds(person)
    gaps = [GAP_WORDS[gap] for gap in find_gaps(person, kinds) if gap != "email"]
    first, last = workshop.starts_on, workshop.ends_on
    return {
        "person.name": clean_line(person.name),
        "person.roles": " and ".join(KINDS[kind].lower() for kind in kinds) or "part of the program",
        "person.missing": ", ".join(gaps),
        "person.is_speaker": "speaker" in kinds,
        "person.has_confirmed": person.confirmed_at is not None,
        "link": LINK_PLACE,
        "link_ends": last_day,
        "workshop.name": clean_line(workshop.name),
        "workshop.short_name": clean_line(str(workshop)),
        "workshop.conference": clean_line(workshop.conference),
        "workshop.place": clean_line(workshop.place),
        "workshop.days": " to ".join(format_day(day) for day in (first, last if last != first else None) if day),
        "workshop.contact": workshop.contact_email,
    }
