"""What the members look after, counted."""

from dataclasses import dataclass

from papers.models import ConflictOfInterest, Handling, Membership
from papers.sight import Sight


@dataclass(frozen=True, slots=True)
class Workload:
    """One member's papers: how many, undecided, recommended by them, waiting for that; with how many papers they have a conflict."""

    member: Membership
    load: int
    undecided: int
    recommended: int
    waiting: int
    conflicts: int
    percent: float

    @property
    def is_full(self) -> bool:
        """Tell whether the limit is reached."""
        return self.member.capacity is not None and self.load >= self.member.capacity


@dataclass(frozen=True, slots=True)
class Workloads:
    """All members' papers with what nobody looks after, as far as a person may count; hidden papers count nowhere."""

    members: tuple[Workload, ...]
    active: int
    unassigned: int
    conflicted: int
    hidden: int


def count_workloads(sight: Sight) -> Workloads:
    """Count what each member looks after, by name; publishers only where they still hold papers."""
    workshop = sight.workshop
    handled = Handling.objects.of_workshop(workshop).counted().seen_by(sight)
    work = handled.count_work()
    conflicts = ConflictOfInterest.objects.of_workshop(workshop).seen_by(sight).standing().count_by_member()
    most = max((row["load"] for row in work.values()), default=0)
    nothing = {"load": 0, "undecided": 0, "recommended": 0, "waiting": 0}
    members = [
        Workload(
            member,
            **work.get(member.pk, nothing),
            conflicts=conflicts.get(member.pk, 0),
            percent=round(100 * work.get(member.pk, nothing)["load"] / max(most, 1), 2),
        )
        for member in workshop.memberships.able_or_in(work)
    ]
    active = sight.papers.active().in_workshop(workshop).judged_by(sight)
    hidden = sight.papers.active().in_workshop(workshop).filter(pk__in=sight.hidden).count() if sight.hidden else 0
    return Workloads(tuple(members), active.count(), active.unhandled().undecided().count(), handled.in_conflict().count(), hidden)
