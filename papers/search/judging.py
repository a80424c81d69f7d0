"""Terms on what reviewers say of a paper; one that is hidden from who asks looks unreviewed."""

from collections.abc import Callable

from django.db.models import Avg, Count, Max, Min, Q, QuerySet
from django.db.models.expressions import Combinable

from papers.models import Handling, Paper, Recommendation, Remark, Review
from papers.search.asked import Asked, Known
from papers.search.holding import among
from papers.search.ranges import Span, read_span

Figure = Callable[[], Combinable]


def list_reviews(known: Known) -> QuerySet[Review]:
    """Return the live reviews of the workshop."""
    return Review.objects.filter(kind=Review.Kind.REVIEW, gone_at__isnull=True, paper__workshop=known.workshop).order_by()


def find_review_count(asked: Asked) -> Q:
    """Find papers by how many reviews they have."""
    return count_reviews(asked.known, read_span(asked))


def count_reviews(known: Known, span: Span) -> Q:
    """Return the condition that the number of a paper's reviews lies in `span`."""
    counted = list_reviews(known).values("paper").annotate(figure=Count("pk"))
    if not span.holds(0):
        return among(counted.filter(span.of("figure"))) & known.sight.judged
    return ~(among(counted.exclude(span.of("figure"))) & known.sight.judged)


def find_underreviewed(known: Known) -> Q:
    """Return the condition that an active paper has fewer reviews than the workshop requires."""
    return Q(standing=Paper.Standing.ACTIVE) & count_reviews(known, Span(0, known.workshop.required_review_count - 0.5))


def find_rating(asked: Asked) -> Q:
    """Find papers by their mean rating."""
    return _find_figure(asked, lambda: Avg("rating"), digits=2)


def find_lowest_rating(asked: Asked) -> Q:
    """Find papers by their lowest rating."""
    return _find_figure(asked, lambda: Min("rating"))


def find_highest_rating(asked: Asked) -> Q:
    """Find papers by their highest rating."""
    return _find_figure(asked, lambda: Max("rating"))


def find_spread(asked: Asked) -> Q:
    """Find papers by the distance of their highest from their lowest rating."""
    return _find_figure(asked, lambda: Max("rating") - Min("rating"))


def find_confidence(asked: Asked) -> Q:
    """Find papers by the mean confidence of their reviewers."""
    return _find_figure(asked, lambda: Avg("confidence"), digits=2)


def _find_figure(asked: Asked, figure: Figure, *, digits: int = 0) -> Q:
    rated = list_reviews(asked.known).values("paper").annotate(figure=figure())
    judged = asked.sight.judged
    if asked.term.operator == ":" and asked.word in {"any", "none"}:
        has_one = among(rated.filter(figure__isnull=False)) & judged
        return has_one if asked.word == "any" else ~has_one
    return among(rated.filter(read_span(asked, digits=digits).of("figure"))) & judged


def has_review(known: Known) -> Q:
    """Return the condition that a paper has a live review."""
    return among(list_reviews(known)) & known.sight.judged


def has_recommendation(known: Known) -> Q:
    """Return the condition that somebody recommends a decision."""
    return among(_recommend(known)) & known.sight.judged


def has_remark(known: Known) -> Q:
    """Return the condition that somebody said something in the discussion and did not withdraw it."""
    said = Remark.objects.filter(paper__workshop=known.workshop, withdrawn_at__isnull=True).order_by()
    return among(said) & known.sight.judged


def find_recommended(asked: Asked) -> Q:
    """Find papers by what is recommended for them."""
    known = asked.known
    judged = known.sight.judged
    accepts = among(_recommend(known).filter(outcome="accept"))
    rejects = among(_recommend(known).filter(outcome="reject"))
    choices: dict[str, Callable[[], Q]] = {
        "accept": lambda: accepts & ~rejects & judged,
        "reject": lambda: rejects & ~accepts & judged,
        "mixed": lambda: accepts & rejects & judged,
        "any": lambda: has_recommendation(known),
        "none": lambda: ~has_recommendation(known),
        "me": lambda: recommended_by_me(known),
    }
    return asked.choose(choices)


def recommended_by_me(known: Known) -> Q:
    """Return the condition that who asks recommends a decision."""
    return among(_recommend(known).filter(by=known.user)) & known.sight.judged


def handled_by(known: Known, members: list[int] | None = None) -> Q:
    """Return the condition that one of these memberships, or any for nothing, looks after a paper."""
    handled = Handling.objects.filter(member__workshop=known.workshop).order_by()
    kept = handled if members is None else handled.filter(member__in=members)
    return among(kept) & known.sight.judged


def handled_by_me(known: Known) -> Q:
    """Return the condition that who asks looks after a paper."""
    return handled_by(known, [member.pk for member in known.members if member.user_id == (known.user.pk if known.user else None)])


def _recommend(known: Known) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(paper__workshop=known.workshop).order_by()
