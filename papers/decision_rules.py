"""What no decision may be: the rules for one paper, with what they need to know of many at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from papers.errors import Refusal
from papers.interests import index_bonds, tell_bond
from papers.models import Award, ConflictOfInterest, Decision, Paper, PresentationKind, User, Workshop
from papers.naming import begin_with_paper, name_paper
from papers.reviewing import count_reviews, tell_underreviewed


@dataclass(frozen=True, slots=True)
class DecisionRules:
    """What the rules ask of a workshop, read once: who must leave which paper alone, how many reviews each paper has.

    `review_counts` is nothing where papers may be decided without all their reviews.
    """

    has_tracks: bool = False
    bonds: Mapping[int, ConflictOfInterest | None] = field(default_factory=dict)
    review_counts: Mapping[int, int] | None = None

    def find_refusals(self, paper: Paper, outcome: str, presentation: PresentationKind | None, award: Award | None) -> Iterator[str]:
        """Yield every sentence that speaks against this decision on `paper`."""
        yield from find_refusals(paper, outcome, presentation, award, has_tracks=self.has_tracks)
        yield from self.find_bonds(paper)
        if self.review_counts is not None:
            count = self.review_counts.get(paper.pk, 0)
            if count < paper.workshop.required_review_count:
                yield tell_underreviewed(paper, count)

    def find_bonds(self, paper: Paper) -> Iterator[str]:
        """Yield why this person must leave `paper` to somebody else."""
        if paper.pk in self.bonds:
            yield tell_bond(paper, self.bonds[paper.pk])


def read_rules(workshop: Workshop, by: User | None) -> DecisionRules:
    """Read what the rules need to decide any paper of the workshop."""
    return DecisionRules(
        has_tracks=workshop.tracks.exists(),
        bonds=index_bonds(workshop, by),
        review_counts=count_reviews(workshop) if workshop.blocks_underreviewed else None,
    )


def refuse_decision(paper: Paper, outcome: str, presentation: PresentationKind | None, award: Award | None) -> None:
    """Refuse what no decision on `paper` may be, whoever decides; the paper need not be saved."""
    has_tracks = award is not None and paper.track is None and paper.workshop.tracks.exists()
    for sentence in find_refusals(paper, outcome, presentation, award, has_tracks=has_tracks):
        raise Refusal(sentence, subject=paper)


def find_refusals(
    paper: Paper, outcome: str, presentation: PresentationKind | None, award: Award | None, *, has_tracks: bool
) -> Iterator[str]:
    """Yield why `paper` can't be decided so; where a workshop has no tracks every paper may win an award."""
    name = begin_with_paper(paper)
    if outcome not in Decision.Outcome.values:
        yield f"{outcome!r} is not a decision; write accept or reject."
    if paper.standing != Paper.Standing.ACTIVE:
        yield f"{name} is {paper.get_standing_display().lower()}; it can't be decided."
    if paper.is_test:
        yield f"{name} is a test submission; it can't be decided."
    if outcome == Decision.Outcome.REJECT and (presentation or award):
        yield f"{name} can't be rejected and have a presentation or an award."
    if award and paper.track and not paper.track.is_award_eligible:
        yield f"{name} ({paper.track.name}) can't win {award.name}: its track is not eligible for awards."
    if award and paper.track is None and has_tracks:
        yield f"{name} can't win {award.name} without a track; give it one that is eligible for awards."


def find_revocation_refusals(paper: Paper, decision: Decision | None) -> Iterator[str]:
    """Yield why the decision on `paper` can't be taken back."""
    if decision is None:
        yield f"{begin_with_paper(paper)} has no decision to take back."
    elif decision.released_at:
        yield f"The decision on {name_paper(paper)} has been released; decide anew instead of taking it back."
