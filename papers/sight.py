"""What one person may see of a workshop's papers: the one place where it is decided."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from papers.access import READERS, find_role, reach_public_workshop
from papers.models import AuthorClaim, ConflictOfInterest, Decision, Paper, User, Workshop
from papers.querysets import PaperQuerySet


@dataclass(frozen=True, slots=True)
class Sight:
    """How far one person's eyes go: outside only accepted and released papers, inside everything but judgments in conflict.

    Judgments are reviews, ratings, recommendations, remarks, who handles a paper, and its decision while it is not
    released. `hidden` holds the keys of the papers whose judgments this person must not see. Whatever searches, counts,
    shows or exports papers for a person begins with `papers` and asks about judgments only through `judged` and `decided`.
    """

    workshop: Workshop
    user: User | None = None
    is_inside: bool = False
    hidden: frozenset[int] = field(default_factory=frozenset)

    @property
    def papers(self) -> PaperQuerySet:
        """Return the papers that this person may know of."""
        papers = self.workshop.papers.all()
        return papers if self.is_inside else papers.filter(is_test=False).accepted().released()

    @property
    def judged(self) -> Q:
        """Return the condition under which a paper's judgments may be asked about; a paper that fails it looks unjudged."""
        return ~Q(pk__in=self.hidden) if self.hidden else Q()

    @property
    def decided(self) -> Q:
        """Return the condition under which a paper's decision may be asked about; one that fails it looks undecided."""
        return Q(decision__released_at__isnull=False) | ~Q(pk__in=self.hidden) if self.hidden else Q()

    def sees_judgments(self, paper: Paper) -> bool:
        """Tell whether reviews, ratings, recommendations, remarks and handlers of `paper` may be shown."""
        return self.is_inside and paper.pk not in self.hidden

    def sees_decision(self, paper: Paper) -> bool:
        """Tell whether the decision on `paper` may be shown."""
        decision: Decision | None = getattr(paper, "decision", None)
        return self.sees_judgments(paper) or (decision is not None and decision.released_at is not None)


def find_sight(workshop: Workshop, user: User | AnonymousUser | None) -> Sight:
    """Return what `user`, or anybody for None, may see of the workshop's papers."""
    if user is None or not user.is_authenticated or find_role(user, workshop) not in READERS:
        return Sight(workshop)
    own = AuthorClaim.objects.filter(user=user, paper__workshop=workshop).values_list("paper_id", flat=True)
    standing = ConflictOfInterest.objects.of_member(user, workshop).standing()
    counted = standing if workshop.hides_conflicted else standing.filter(ground=ConflictOfInterest.Ground.AUTHOR)
    return Sight(workshop, user, is_inside=True, hidden=frozenset({*own, *counted.values_list("paper_id", flat=True)}))


def reach_sight(slug: str, user: User | None) -> Sight:
    """Return what `user`, or anybody for None, sees of a workshop: as a member, or of its public papers; else it is not there."""
    workshop = Workshop.objects.filter(slug=slug).first()
    sight = find_sight(workshop, user) if workshop else None
    return sight if sight and sight.is_inside else Sight(reach_public_workshop(slug))
