"""Conflicts of interest: who must not judge a paper."""

from papers.errors import Refusal
from papers.models import AuthorClaim, ConflictOfInterest, Paper, User, Workshop
from papers.naming import name_paper

Ground = ConflictOfInterest.Ground


def refuse_conflicted(paper: Paper, by: User | None) -> None:
    """Refuse when `by` has a conflict of interest with the paper that nobody dismissed, be its judgments hidden or shown."""
    if by is None:
        return
    if AuthorClaim.objects.filter(user=by, paper=paper).exists():
        raise Refusal(tell_bond(paper, None), subject=paper)
    conflict = ConflictOfInterest.objects.between(by, paper).standing().first()
    if conflict:
        raise Refusal(tell_bond(paper, conflict), subject=conflict)


def index_bonds(workshop: Workshop, by: User | None) -> dict[int, ConflictOfInterest | None]:
    """Return the papers, by key, that `refuse_conflicted` refuses to `by`, with the conflict; nothing for an authorship."""
    if by is None:
        return {}
    claimed = AuthorClaim.objects.filter(user=by, paper__workshop=workshop).values_list("paper_id", flat=True)
    standing = ConflictOfInterest.objects.of_member(by, workshop).standing()
    weighty_last = sorted(standing, key=lambda conflict: -Ground.values.index(conflict.ground))
    return {**{conflict.paper_id: conflict for conflict in weighty_last}, **dict.fromkeys(claimed)}


def tell_bond(paper: Paper, conflict: ConflictOfInterest | None) -> str:
    """Return why a person must leave `paper` to somebody else: a conflict of interest, or, for nothing, authorship."""
    if conflict is None:
        return f"You are an author of {name_paper(paper)}; leave it to somebody else."
    return f"You have a conflict of interest with {name_paper(paper)} ({describe_conflict(conflict)}); leave it to somebody else."


def describe_conflict(conflict: ConflictOfInterest) -> str:
    """Return the ground with its evidence, as it stands inside a sentence."""
    words = {
        Ground.AUTHOR: "author",
        Ground.DECLARED: "declared",
        Ground.COAUTHOR: "co-author",
        Ground.INSTITUTION: "institution",
        Ground.DOMAIN: "mail domain",
    }[Ground(conflict.ground)]
    return f"{words}: {conflict.evidence}" if conflict.evidence else words
