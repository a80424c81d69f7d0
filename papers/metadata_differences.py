"""Where a paper's metadata, its PDF, OpenReview differ: of one paper, of all accepted ones."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from papers.metadata_sides import LABELS, Sides, compare_sides
from papers.models import FileVersion, Paper
from papers.sight import Sight

SIDES = {"pdf": "The PDF differs", "openreview": "OpenReview differs"}


@dataclass(frozen=True, slots=True)
class DifferenceQuestion:
    """Which differences are asked for: of a track (by slug), a field, a side."""

    track: str = ""
    field: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One paper with the fields on which a side differs."""

    paper: Paper
    sides: tuple[Sides, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """The papers that were asked for; counts, by field, are of the track."""

    rows: tuple[DifferenceRow, ...]
    counts: tuple[tuple[str, str, int], ...]
    paper_count: int
    unread_count: int


def find_sides(paper: Paper) -> list[Sides]:
    """Return the fields of one paper on which its PDF or OpenReview differ from what stands here."""
    return next(sides for _, sides, _ in _compare([paper]))


def list_differences(sight: Sight, question: DifferenceQuestion) -> Differences:
    """Return the accepted and released papers that a person may know of whose PDF or OpenReview differ."""
    papers = sight.papers.for_metadata()
    if question.track:
        papers = papers.in_track(question.track)
    compared = list(_compare(list(papers)))
    counted = Counter(one.field for _, sides, _ in compared for one in sides)
    rows = []
    for paper, sides, _ in compared:
        wanted = tuple(one for one in sides if _is_wanted(one, question))
        if wanted:
            rows.append(DifferenceRow(paper, wanted))
    return Differences(
        rows=tuple(rows),
        counts=tuple((field, label, counted[field]) for field, label in LABELS.items() if counted[field]),
        paper_count=len(compared),
        unread_count=sum(not has_facts for _, _, has_facts in compared),
    )


def _compare(papers: list[Paper]) -> Iterable[tuple[Paper, list[Sides], bool]]:
    facts: dict[int, dict[str, object]] = {}
    for version in FileVersion.objects.printed(papers):
        facts.setdefault(version.paper_id, version.facts)
    for paper in papers:
        held = facts.get(paper.pk)
        yield paper, compare_sides(paper, held), bool(held and held.get("title"))


def _is_wanted(sides: Sides, question: DifferenceQuestion) -> bool:
    if question.field and sides.field != question.field:
        return False
    return not question.side or (sides.is_printed_other if question.side == "pdf" else sides.is_upstream_other)
