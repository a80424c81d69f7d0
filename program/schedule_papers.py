"""The papers of a schedule as one person may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from papers.models import Paper, Workshop
from papers.sight import Sight
from program.filling.wishes import count_people
from program.models import FillRules, Slot

ACCEPT, ORAL, POSTER = "accept", "oral", "poster"
STANDINGS = dict(Paper.Standing.choices)
FACTS = (
    *("pk", "number", "title", "topic", "keywords", "standing", "is_test", "has_hidden_authors", "extras__expected_people"),
    *("track__slug", "decision__outcome", "decision__released_at", "decision__presentation__slug"),
)


@dataclass(frozen=True, slots=True)
class ScheduledPaper:
    """A paper that is accepted, or stands in the schedule.

    `is_known`: the reader may know how it was decided. `expected_count` is how many people it draws, where organizers said
    so to the solver, else where an import did (`expected_people` among its extras).
    """

    key: int
    number: int | None
    title: str
    topic: str
    keywords: tuple[str, ...]
    standing: str
    track: str
    presentation: str
    is_active: bool
    is_test: bool
    is_accepted: bool
    is_released: bool
    has_hidden_authors: bool
    expected_count: int | None
    is_known: bool

    @property
    def is_placeable(self) -> bool:
        """Tell whether the reader may give it a place."""
        return self.is_known and self.is_accepted and self.is_active and not self.is_test

    @property
    def name(self) -> str:
        """Return how a sentence begins with it: Paper 12."""
        return f"Paper {self.number}" if self.number is not None else f"The paper “{self.title[:60]}”"


def see_all(workshop: Workshop) -> Sight:
    """Return the sight of the product itself, which knows every decision."""
    return Sight(workshop, is_inside=True)


def load_papers(sight: Sight, *, also: Iterable[int] = ()) -> dict[int, ScheduledPaper]:
    """Return the accepted papers, those that stand in the schedule and `also` these, by key, in the order of their numbers; two queries."""
    workshop = sight.workshop
    placed = Slot.objects.filter(session__workshop=workshop, paper__isnull=False).values("paper")
    papers = workshop.papers.filter(Q(decision__outcome=ACCEPT) | Q(pk__in=placed) | Q(pk__in=list(also))).order_by("number", "pk")
    told = count_people(FillRules.objects.filter(workshop=workshop).values_list("wishes", flat=True).first() or "")
    found = (_make_paper(sight, *values) for values in papers.values_list(*FACTS))
    return {paper.key: replace(paper, expected_count=told.get(paper.number, paper.expected_count)) for paper in found}


def _make_paper(
    sight: Sight,
    key: int,
    number: int | None,
    title: str,
    topic: str,
    keywords: list[str],
    standing: str,
    is_test: bool,
    has_hidden_authors: bool,
    expected_count: object,
    track: str | None,
    outcome: str | None,
    released_at: object,
    presentation: str | None,
) -> ScheduledPaper:
    is_active, is_accepted = standing == Paper.Standing.ACTIVE, outcome == ACCEPT
    is_released = released_at is not None
    is_public = is_released and is_accepted and is_active and not is_test
    return ScheduledPaper(
        key=key,
        number=number,
        title=title,
        topic=topic,
        keywords=tuple(keywords),
        standing=str(STANDINGS[standing]).lower(),
        track=track or "",
        presentation=presentation or "",
        is_active=is_active,
        is_test=is_test,
        is_accepted=is_accepted,
        is_released=is_released,
        has_hidden_authors=has_hidden_authors,
        expected_count=expected_count if isinstance(expected_count, int) else None,
        is_known=is_public or (sight.is_inside and (is_released or key not in sight.hidden)),
    )
