"""What members think of a paper: recommendations with the private discussion."""

from django.db.models import Count

from papers.errors import Refusal
from papers.models import Paper, Review, Workshop
from papers.naming import begin_with_paper


def refuse_underreviewed(paper: Paper) -> None:
    """Refuse a decision on a paper with fewer live reviews than its workshop requires, where that blocks decisions."""
    workshop = paper.workshop
    if not workshop.blocks_underreviewed:
        return
    count = Review.objects.filter(paper=paper, kind=Review.Kind.REVIEW, gone_at__isnull=True).count()
    if count < workshop.required_review_count:
        raise Refusal(tell_underreviewed(paper, count), subject=paper)


def count_reviews(workshop: Workshop) -> dict[int, int]:
    """Return how many live reviews the papers of a workshop have, by key; one without reviews is not there."""
    live = Review.objects.filter(paper__workshop=workshop, kind=Review.Kind.REVIEW, gone_at__isnull=True)
    return dict(live.order_by().values_list("paper_id").annotate(count=Count("pk")))


def tell_underreviewed(paper: Paper, count: int) -> str:
    """Return why a paper with so many reviews can't be decided."""
    return (
        f"{begin_with_paper(paper)} has {count} of {paper.workshop.required_review_count} required reviews; it can't be decided. "
        "Wait for the missing reviews, or change the rule in the settings."
    )
