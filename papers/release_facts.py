"""Says what a release would make visible, and what is still open, before the button is pressed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from papers.agreement import compare_with_upstream
from papers.capacity import count_capacity
from papers.models import Decision, Paper, Workshop
from papers.sight import Sight
from papers.todo import PaperFigures, count_papers


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """How many papers of one outcome and presentation become visible, in each track."""

    outcome: str
    presentation: str
    count: int
    tracks: tuple[tuple[str, int], ...]

    @property
    def is_accept(self) -> bool:
        """Tell whether these are accepted."""
        return self.outcome == Decision.Outcome.ACCEPT


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What becomes visible, row by row, with what is left over as far as who asks may see."""

    rows: tuple[ReleaseRow, ...]
    award_count: int
    figures: PaperFigures
    overflows: tuple[str, ...]
    disagreement_count: int


def describe_release(workshop: Workshop, sight: Sight, papers: Iterable[Paper]) -> ReleaseFacts:
    """Return what the release of these papers shows, with whatever somebody may want to settle first."""
    held = list(papers)
    return ReleaseFacts(
        rows=_group(held),
        award_count=sum(1 for paper in held if paper.decision.award_id),
        figures=count_papers(sight),
        overflows=tuple(str(room) for room in count_capacity(sight).rooms if room.is_over),
        disagreement_count=sum(1 for row in compare_with_upstream(workshop, sight) if row.is_disagreement),
    )


def _group(papers: list[Paper]) -> tuple[ReleaseRow, ...]:
    """Group by outcome, accepted first, then by presentation in the workshop's order."""
    groups: dict[tuple[bool, int, str, str], Counter[str]] = {}
    for paper in papers:
        kind = paper.decision.presentation
        key = (
            paper.decision.outcome != Decision.Outcome.ACCEPT,
            kind.position if kind else 999,
            kind.name if kind else "",
            paper.decision.outcome,
        )
        groups.setdefault(key, Counter())[paper.track.name if paper.track else "Without a track"] += 1
    return tuple(
        ReleaseRow(outcome, name, tracks.total(), tuple(sorted(tracks.items())))
        for (_, _, name, outcome), tracks in sorted(groups.items(), key=lambda item: item[0])
    )
