"""Writes, copies, orders and deletes the templates of letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.letter_debts import DEBT_FIELDS
from papers.letter_fields import REVIEWS, Frame, read_frame
from papers.letter_language import Mistake, Words, read_words
from papers.letters.starting import list_starting_templates
from papers.models import Audience, LetterTemplate, User, Workshop
from papers.search import SearchMistake, search_papers
from papers.sight import Sight
from papers.texts import clean_line, clean_text

COPIED = ("subject", "body", "query", "audience", "quotes_reviews")


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of a template, kept or not yet."""

    name: str
    subject: str
    body: str
    query: str = ""
    audience: str = Audience.ALL
    quotes_reviews: bool = False

    def as_json(self) -> dict[str, str | bool]:
        """Return all of it for the history."""
        return {name: getattr(self, name) for name in ("name", *COPIED)}


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """A draft with its words as they were understood; `mistakes` by the name of the part they are in."""

    draft: Draft
    subject: Words
    body: Words
    mistakes: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Return the fields in it."""
        return self.subject.names | self.body.names

    @property
    def has_reviews(self) -> bool:
        """Tell whether reviews are printed."""
        return REVIEWS in self.names

    @property
    def has_debts(self) -> bool:
        """Tell whether it says what a paper owes."""
        return not self.names.isdisjoint(DEBT_FIELDS)

    def tells(self, frame: Frame) -> bool:
        """Tell whether its words depend on a decision or on reviews."""
        return any(frame.fields[name].tells for name in self.names)


def describe_template(template: LetterTemplate) -> Draft:
    """Return the words of a kept template."""
    return Draft(template.name, *(getattr(template, name) for name in COPIED))


def read_draft(draft: Draft, frame: Frame) -> ReadDraft:
    """Return the draft as it was understood, with every mistake in subject and body."""
    subject, wrong_subject = read_words(draft.subject, frame.fields)
    body, wrong_body = read_words(draft.body, frame.fields)
    mistakes = {"subject": _tell(wrong_subject), "body": _tell(wrong_body)}
    if REVIEWS in subject.names:
        mistakes["subject"].append("Reviews can't stand in a subject.")
    if REVIEWS in body.names and not draft.quotes_reviews:
        mistakes["body"].append(
            "The field reviews is printed, but reviews are not allowed in this letter; tick “Authors get their reviews”."
        )
    if not clean_line(draft.subject):
        mistakes["subject"].append("Write a subject.")
    if not draft.body.strip():
        mistakes["body"].append("Write the letter.")
    return ReadDraft(draft, subject, body, {part: sentences for part, sentences in mistakes.items() if sentences})


def find_draft_mistakes(draft: Draft, frame: Frame, sight: Sight) -> dict[str, list[str]]:
    """Return every mistake by the part it is in: subject, body, query."""
    mistakes = dict(read_draft(draft, frame).mistakes)
    try:
        search_papers(sight, draft.query)
    except SearchMistake as mistake:
        mistakes["query"] = [mistake.sentence]
    return mistakes


def write_template(
    workshop: Workshop, draft: Draft, *, template: LetterTemplate | None = None, seen: str = "", sight: Sight, by: User
) -> LetterTemplate:
    """Keep a new template, or new words of one; refuses on mistakes, on a name that is taken, and when it was changed since `seen`.

    `seen` is what `mark_template` returned when the words were shown; empty asks nothing.
    """
    draft = clean_draft(draft)
    mistakes = find_draft_mistakes(draft, read_frame(workshop), sight)
    if mistakes:
        raise Refusals("This letter can't be kept as it is.", [sentence for part in mistakes.values() for sentence in part])
    with transaction.atomic():
        _lock(workshop)
        held = (
            workshop.letter_templates.get(pk=template.pk)
            if template
            else LetterTemplate(workshop=workshop, position=_next_position(workshop))
        )
        if template and seen and mark_template(held) != seen:
            raise Refusal(f"Somebody changed “{held.name}” while you wrote; copy your words, open it again and put them in.", subject=held)
        if workshop.letter_templates.filter(name__iexact=draft.name).exclude(pk=held.pk).exists():
            raise Refusal(f"There is a letter “{draft.name}” already; give this one another name.", subject=held)
        before = describe_template(held).as_json() if template else None
        if before == draft.as_json():
            return held
        for name, value in draft.as_json().items():
            setattr(held, name, value)
        held.save()
        record_change(workshop, "wrote letter", by=by, field="letter", before=before, after=draft.as_json(), note=held.name)
    return held


def clean_draft(draft: Draft) -> Draft:
    """Return the draft as it is kept: one line stays one line, no control characters."""
    return Draft(
        clean_line(draft.name)[:100],
        clean_line(draft.subject)[:300],
        clean_text(draft.body),
        clean_line(draft.query)[:500],
        draft.audience,
        draft.quotes_reviews,
    )


def mark_template(template: LetterTemplate) -> str:
    """Return a mark of the words as they are now, by which a later change is noticed."""
    return template.changed_at.isoformat()


def make_starting_templates(workshop: Workshop, *, by: User) -> list[LetterTemplate]:
    """Add the letters that a workshop starts with, made for its tracks and presentation kinds; refuses when all are there."""
    with transaction.atomic():
        _lock(workshop)
        taken = {name.lower() for name in workshop.letter_templates.values_list("name", flat=True)}
        place = _next_position(workshop)
        wanted = [words for words in list_starting_templates(workshop) if words["name"].lower() not in taken]
        made = [LetterTemplate(workshop=workshop, position=place + number, **words) for number, words in enumerate(wanted)]
        if not made:
            raise Refusal("All starting letters are here already; delete or rename one to get it again.", subject=workshop)
        now = timezone.now()
        for template in made:
            template.changed_at = now
        LetterTemplate.objects.bulk_create(made)
        record_change(workshop, "added starting letters", by=by, field="letter", after=[template.name for template in made])
    return made


def duplicate_template(template: LetterTemplate, *, by: User) -> LetterTemplate:
    """Make a copy below the last one, under a name of its own."""
    workshop = template.workshop
    with transaction.atomic():
        _lock(workshop)
        taken = {name.lower() for name in workshop.letter_templates.values_list("name", flat=True)}
        names = (f"{template.name[:80]} (copy{f' {number}' if number > 1 else ''})" for number in range(1, len(taken) + 2))
        name = next(name for name in names if name.lower() not in taken)
        words = {part: getattr(template, part) for part in COPIED}
        copy = LetterTemplate.objects.create(workshop=workshop, position=_next_position(workshop), name=name, **words)
        record_change(workshop, "copied letter", by=by, field="letter", before=template.name, after=copy.name)
    return copy


def delete_template(template: LetterTemplate, *, by: User) -> None:
    """Delete a template; what was sent of it stays."""
    with transaction.atomic():
        record_change(
            template.workshop, "deleted letter", by=by, field="letter", before=describe_template(template).as_json(), note=template.name
        )
        template.delete()


def move_template(template: LetterTemplate, *, is_up: bool, by: User) -> None:
    """Change places with the one above or below; nothing happens at the end."""
    workshop = template.workshop
    with transaction.atomic():
        _lock(workshop)
        order = list(workshop.letter_templates.order_by("position", "pk"))
        place = order.index(template)
        other = place - 1 if is_up else place + 1
        if not 0 <= other < len(order):
            return
        before = [held.name for held in order]
        order[place], order[other] = order[other], order[place]
        for position, held in enumerate(order, start=1):
            if held.position != position:
                LetterTemplate.objects.filter(pk=held.pk).update(position=position)
        record_change(workshop, "ordered letters", by=by, field="letter", before=before, after=[held.name for held in order])


def _tell(mistakes: list[Mistake]) -> list[str]:
    return [str(mistake) for mistake in mistakes]


def _lock(workshop: Workshop) -> None:
    """Let one change of the templates wait for another."""
    Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def _next_position(workshop: Workshop) -> int:
    last = workshop.letter_templates.order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1
