"""Conflicts of interest: who must not judge a paper."""

from papers.errors import Refusal
from papers.models import AuthorClaim, ConflictOfInterest, Paper, User
from papers.naming import name_paper

Ground = ConflictOfInterest.Ground


def refuse_conflicted(paper: Paper, by: User | None) -> None:
    """Refuse when `by` has a conflict of interest with the paper that nobody dismissed, be its judgments hidden or shown."""
    if by is None:
        return
    if AuthorClaim.objects.filter(user=by, paper=paper).exists():
        raise Refusal(f"You are an author of {name_paper(paper)}; leave it to somebody else.", subject=paper)
    conflict = ConflictOfInterest.objects.between(by, paper).standing().first()
    if conflict:
        raise Refusal(
            f"You have a conflict of interest with {name_paper(paper)} ({describe_conflict(conflict)}); leave it to somebody else.",
            subject=conflict,
        )


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
