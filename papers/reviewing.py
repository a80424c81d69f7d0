"""What members think of a paper: recommendations with the private discussion."""

from papers.errors import Refusal
from papers.models import Paper, Review
from papers.naming import begin_with_paper


def refuse_underreviewed(paper: Paper) -> None:
    """Refuse a decision on a paper with fewer live reviews than its workshop requires, where that blocks decisions."""
    workshop = paper.workshop
    if not workshop.blocks_underreviewed:
        return
    count = Review.objects.filter(paper=paper, kind=Review.Kind.REVIEW, gone_at__isnull=True).count()
    if count < workshop.required_review_count:
        raise Refusal(
            f"{begin_with_paper(paper)} has {count} of {workshop.required_review_count} required reviews; it can't be decided. "
            "Wait for the missing reviews, or change the rule in the settings.",
            subject=paper,
        )
