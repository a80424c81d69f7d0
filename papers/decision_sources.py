"""Where many decisions come from: a selection, a search, a table, the recommendations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from papers.decision_plans import Wish, Wishes
from papers.decision_rows import parse_decisions
from papers.models import Award, Decision, Paper, PresentationKind, Recommendation, User
from papers.naming import begin_with_paper
from papers.querysets.placing import load_for_deciding
from papers.search import search_papers
from papers.sight import Sight

KEEP, NONE = "", "none"
Part = TypeVar("Part", PresentationKind, Award)


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision for many papers. A presentation or award is a slug, empty to keep what an accepted paper has, "none" for none.

    `outcome` is accept, reject or revoke; an empty comment keeps the comments.
    """

    outcome: str
    presentation: str = KEEP
    award: str = KEEP
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SelectedPapers:
    """The same decision for papers named by key; a key that is no paper of the workshop is left out."""

    keys: tuple[int, ...]
    choice: Choice

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        return "selection"

    def list_wishes(self, sight: Sight) -> Wishes:
        """Ask for every selected paper."""
        found = load_for_deciding(sight.papers, self.keys)
        lost = len(set(self.keys)) - len(found)
        notices = [f"{lost} of the selected papers are not here any more."] if lost else []
        return Wishes(choose_for(found.values(), self.choice, sight), notices=notices)


@dataclass(frozen=True, slots=True)
class FoundPapers:
    """The same decision for all papers that a search finds."""

    text: str
    choice: Choice

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        return self.text.strip() or "all papers"

    def list_wishes(self, sight: Sight) -> Wishes:
        """Ask for every paper found; refuses what is no search."""
        return Wishes(choose_for(find_by_search(sight, self.text).values(), self.choice, sight))


@dataclass(frozen=True, slots=True)
class DecisionsTable:
    """What a table says, row by row."""

    content: bytes
    name: str

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        return self.name

    def list_wishes(self, sight: Sight) -> Wishes:
        """Ask for what each row asks for; the table's mistakes come along."""
        table = parse_decisions(sight.workshop, self.content)
        return Wishes(table.rows, mistakes=table.mistakes, notices=table.notices)


@dataclass(frozen=True, slots=True)
class Recommended:
    """What the recommendations on the papers found agree on, or what one person recommends."""

    text: str = ""
    handler: User | None = None

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        whose = f"recommendations of {self.handler}" if self.handler else "agreeing recommendations"
        return f"{whose}, {self.text.strip()}" if self.text.strip() else whose

    def list_wishes(self, sight: Sight) -> Wishes:
        """Ask for what is recommended; papers on which recommendations differ, or that have none, are left alone."""
        papers = find_by_search(sight, self.text)
        proposals: dict[int, list[Recommendation]] = {}
        for one in Recommendation.objects.for_deciding(sight.workshop, self.handler):
            if one.paper_id not in sight.hidden:
                proposals.setdefault(one.paper_id, []).append(one)
        wishes, untouched = list[Wish](), list[tuple[Paper, str]]()
        without = 0
        for key, paper in papers.items():
            proposed = proposals.get(key, [])
            first = next(iter(proposed), None)
            if first is None:
                without += 1
            elif len({(one.outcome, one.presentation_id, one.award_id) for one in proposed}) > 1:
                untouched.append((paper, f"{begin_with_paper(paper)}: {'; '.join(map(tell_recommendation, proposed))}."))
            else:
                wishes.append(_take_over(paper, first))
        notices = [f"{without} paper{'' if without == 1 else 's'} without a recommendation stay as they are."] if without else []
        return Wishes(wishes, untouched=untouched, notices=notices)


def find_by_search(sight: Sight, text: str) -> dict[int, Paper]:
    """Return the papers that a search finds, by key, with all that a decision is made from."""
    return load_for_deciding(sight.papers, list(search_papers(sight, text).order_by().values_list("pk", flat=True)))


def count_selected(sight: Sight, text: str) -> int:
    """Return how many papers a search finds; refuses what is no search."""
    return search_papers(sight, text).count()


def choose_for(papers: Iterable[Paper], choice: Choice, sight: Sight) -> list[Wish]:
    """Return the same choice for each paper, with what an accepted one keeps."""
    kinds = {kind.slug: kind for kind in sight.workshop.presentation_kinds.all()}
    awards = {award.slug: award for award in sight.workshop.awards.select_related("presentation")}
    wishes = []
    for paper in papers:
        held: Decision | None = getattr(paper, "decision", None)
        kept = held if held and held.outcome == choice.outcome == Decision.Outcome.ACCEPT else None
        presentation = _find_part(choice.presentation, kinds, kept.presentation if kept else None)
        award = _find_part(choice.award, awards, kept.award if kept else None)
        wishes.append(Wish(paper, choice.outcome, presentation, award, choice.comment or None))
    return wishes


def tell_recommendation(one: Recommendation) -> str:
    """Return in words who recommends what."""
    parts = (one.outcome, one.presentation and one.presentation.slug, one.award and one.award.slug)
    return f"{one.by} recommends {', '.join(part for part in parts if part)}"


def _find_part(slug: str, known: Mapping[str, Part], kept: Part | None) -> Part | None:
    if slug == KEEP:
        return kept
    return None if slug == NONE else known[slug]


def _take_over(paper: Paper, one: Recommendation) -> Wish:
    """Return what a recommendation asks for; where it names no presentation or award, an accepted paper keeps its own."""
    held: Decision | None = getattr(paper, "decision", None)
    kept = held if held and held.outcome == one.outcome == Decision.Outcome.ACCEPT else None
    presentation = one.presentation or (kept.presentation if kept else None)
    return Wish(paper, one.outcome, presentation, one.award or (kept.award if kept else None))
