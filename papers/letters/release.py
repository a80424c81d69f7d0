"""Releases decisions together with the letters that tell them, in one moment."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from papers.decisions import ReleaseSummary, release_decisions
from papers.errors import Refusal, Refusals
from papers.letter_fields import Frame, read_frame
from papers.letter_jobs import start_sending
from papers.letters.checking import Check, Concern, check_papers, list_numbers
from papers.letters.mailings import keep_mailing
from papers.letters.selection import find_letter_papers
from papers.letters.templates import describe_template, read_draft
from papers.models import LetterTemplate, Mailing, Paper, Route, User, Workshop
from papers.search import SearchMistake
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class ReleaseLetter:
    """A template that may go with the release, with the papers it would reach among those that who asks may see."""

    template: LetterTemplate
    is_chosen: bool
    papers: tuple[Paper, ...] = ()
    check: Check | None = None
    mistakes: tuple[str, ...] = ()

    @property
    def letter_count(self) -> int:
        """Return how many letters it makes."""
        return len(self.check.letters) if self.check else 0


@dataclass(frozen=True, slots=True)
class ReleasePreview:
    """What a release would do, as far as who asks may see: papers whose judgment is hidden from them are left out of every figure."""

    papers: tuple[Paper, ...]
    letters: tuple[ReleaseLetter, ...]
    refusals: tuple[str, ...]
    concerns: tuple[Concern, ...]
    hidden_count: int

    @property
    def chosen(self) -> list[ReleaseLetter]:
        """Return the letters that go with it."""
        return [letter for letter in self.letters if letter.is_chosen]

    @property
    def letter_count(self) -> int:
        """Return how many letters leave with it."""
        return sum(letter.letter_count for letter in self.chosen)

    @property
    def digest(self) -> str:
        """Return a mark of everything that is shown before the button is pressed."""
        parts = [f"{paper.pk} {_describe(paper)}" for paper in self.papers]
        parts += [f"{letter.template.pk} {letter.check.digest if letter.check else ''}" for letter in self.chosen]
        parts += [f"{concern.sentence} {concern.details}" for concern in self.concerns]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def preview_release(workshop: Workshop, *, sight: Sight, chosen: Iterable[int] | None = None) -> ReleasePreview:
    """Return what a release with the templates of these keys would do; with None, with every template that reaches a paper of it."""
    keys = None if chosen is None else set(chosen)
    waiting = sight.papers.filter(sight.judged, is_test=False, decision__isnull=False, decision__released_at__isnull=True).active()
    papers = tuple(waiting.for_letters())
    frame = read_frame(workshop)
    letters = tuple(_preview(template, frame, sight, papers, keys) for template in workshop.letter_templates.all())
    refusals = tuple(f"{letter.template.name}: {sentence}" for letter in letters if letter.is_chosen for sentence in letter.mistakes)
    concerns = [
        Concern(concern.code, f"{letter.template.name}: {concern.sentence}", concern.details)
        for letter in letters
        if letter.is_chosen and letter.check
        for concern in letter.check.concerns
    ]
    chosen_letters = [letter for letter in letters if letter.is_chosen]
    if chosen_letters:
        concerns += _compare(papers, chosen_letters)
    return ReleasePreview(papers, letters, refusals, tuple(concerns), len(sight.hidden))


def release_with_letters(
    workshop: Workshop, *, sight: Sight, chosen: Iterable[int], digest: str, nonce: str, by: User
) -> tuple[ReleaseSummary, list[Mailing]]:
    """Release every decision and keep the letters that tell them, in one transaction; they leave after the commit.

    Return what became visible and the mailings. Letters go to every paper of this release that their search finds, also to
    those that were hidden from `by` until now. Refuses when what `by` has seen, of which `digest` is the mark, is not so any more;
    a release without letters may do without the mark.
    """
    keys = list(chosen)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        preview = preview_release(workshop, sight=sight, chosen=keys)
        if preview.refusals:
            raise Refusals("Nothing was released, because a letter can't be written.", list(preview.refusals))
        if preview.digest != digest and (digest or keys):
            raise Refusal(
                "Nothing was released: decisions or letters changed since you looked. Look again, then release.", subject=workshop
            )
        summary = release_decisions(workshop, by=by)
        told = set(summary.papers)
        whole, frame = Sight(workshop, by, is_inside=True), read_frame(workshop)
        mailings = [
            mailing
            for template in workshop.letter_templates.chosen(keys)
            if (mailing := _keep(template, frame, whole, told, nonce=f"{nonce}-{template.pk}", by=by))
        ]
        if mailings:
            start_sending(workshop, by=by)
    return summary, mailings


def _keep(template: LetterTemplate, frame: Frame, whole: Sight, told: set[int], *, nonce: str, by: User) -> Mailing | None:
    read = read_draft(describe_template(template), frame)
    papers = find_letter_papers(whole, template.query).for_letters(with_reviews=read.has_reviews, with_debts=read.has_debts)
    check = check_papers(template, read, frame, [paper for paper in papers if paper.pk in told], route=Route.MAIL)
    return keep_mailing(template, check, route=Route.MAIL, nonce=nonce, by=by) if check.letters else None


def _preview(template: LetterTemplate, frame: Frame, sight: Sight, waiting: tuple[Paper, ...], keys: set[int] | None) -> ReleaseLetter:
    read = read_draft(describe_template(template), frame)
    mistakes = [sentence for part in read.mistakes.values() for sentence in part]
    try:
        found = find_letter_papers(sight, template.query)
    except SearchMistake as mistake:
        mistakes = [*mistakes, mistake.sentence]
        return ReleaseLetter(template, keys is not None and template.pk in keys, mistakes=tuple(mistakes))
    reached = set(found.values_list("pk", flat=True)) & {paper.pk for paper in waiting}
    is_chosen = bool(reached) if keys is None else template.pk in keys
    needs_more = is_chosen and (read.has_reviews or read.has_debts)
    brought = found.for_letters(with_reviews=read.has_reviews, with_debts=read.has_debts) if needs_more else waiting
    papers = tuple(paper for paper in brought if paper.pk in reached)
    check = check_papers(template, read, frame, papers, route=Route.MAIL, is_ahead=True) if not mistakes and is_chosen else None
    return ReleaseLetter(template, is_chosen, papers, check, tuple(mistakes))


def _compare(papers: tuple[Paper, ...], letters: list[ReleaseLetter]) -> list[Concern]:
    """Name the papers that two letters reach, and those that none does."""
    times = Counter(paper.pk for letter in letters for paper in letter.papers)
    twice = [paper for paper in papers if times[paper.pk] > 1]
    never = [paper for paper in papers if not times[paper.pk]]
    concerns = []
    if twice:
        details = tuple(
            f"{list_numbers([paper])}: {', '.join(letter.template.name for letter in letters if paper in letter.papers)}" for paper in twice
        )
        concerns.append(
            Concern("twice", f"Two letters or more would go to the authors of {_count(twice)}: {list_numbers(twice)}.", details)
        )
    if never:
        verb = "gets" if len(never) == 1 else "get"
        concerns.append(Concern("never", f"{_count(never)} of this release {verb} no letter: {list_numbers(never)}."))
    return concerns


def _count(papers: list[Paper]) -> str:
    return f"{len(papers)} paper{'' if len(papers) == 1 else 's'}"


def _describe(paper: Paper) -> str:
    decision = paper.decision
    return f"{decision.outcome} {decision.presentation_id} {decision.award_id} {decision.comment}"
