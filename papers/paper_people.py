"""Who may judge one paper, read once for its page."""

from dataclasses import dataclass

from papers.interests import Ground, tell_bond
from papers.models import ConflictOfInterest, Membership, Paper, User


@dataclass(frozen=True, slots=True)
class PaperPeople:
    """The members whose role sees reviews, the conflicts of interest with a paper, the keys of the members who are `bound` by one."""

    paper: Paper
    members: tuple[Membership, ...]
    conflicts: tuple[ConflictOfInterest, ...]
    bound: frozenset[int]

    def tell_bond(self, user: User) -> str:
        """Return why `user` must leave the paper to somebody else; nothing when they need not."""
        if any(claim.user_id == user.pk for claim in self.paper.claims.all()):
            return tell_bond(self.paper, None)
        standing = [one for one in self.conflicts if one.dismissed_at is None and one.member.user_id == user.pk]
        return tell_bond(self.paper, min(standing, key=lambda one: Ground.values.index(one.ground))) if standing else ""

    def list_free(self) -> list[Membership]:
        """Return who may judge the paper, by name."""
        return [member for member in self.members if member.pk not in self.bound]


def read_people(paper: Paper) -> PaperPeople:
    """Read who may judge a paper; its claims must have come along with it."""
    members = tuple(paper.workshop.memberships.reading())
    conflicts = tuple(paper.interest_conflicts.for_interest_page())
    authors = {claim.user_id for claim in paper.claims.all()}
    bound = {one.member_id for one in conflicts if one.dismissed_at is None} | {one.pk for one in members if one.user_id in authors}
    return PaperPeople(paper, members, conflicts, frozenset(bound))
