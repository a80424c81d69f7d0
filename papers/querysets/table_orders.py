"""Orders and groups of the paper table as SQL that tells no judgment which the asker must not see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.apps import apps
from django.db.models import Avg, Case, CharField, Count, F, FloatField, IntegerField, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf, Substr

get_model = apps.get_model  # by name, because the models import this room

Secret = Literal["", "judged", "decided"]
GROUPS = ("track", "decision", "handler", "presentation", "recommendation")
Expression = Any  # of Django's kinds of expressions, which share no type


def _over_reviews(figure: Any, output: Any) -> Expression:
    """Return a figure over the live reviews of the paper; the index review_figures holds all that it reads."""
    live = get_model("papers", "Review").objects.filter(paper=OuterRef("pk"), kind="review", gone_at__isnull=True)
    return Subquery(live.order_by().values("paper").annotate(figure=figure).values("figure"), output_field=output)


def count_reviews() -> Expression:
    """Return how many live reviews the paper has."""
    return Coalesce(_over_reviews(Count("pk"), IntegerField()), 0)


def mean_rating() -> Expression:
    """Return the mean of the ratings of the paper's live reviews."""
    return _over_reviews(Avg("rating"), FloatField())


def spread_rating() -> Expression:
    """Return how far the highest rating of the paper lies above the lowest."""
    return _over_reviews(Max("rating") - Min("rating"), FloatField())


def mean_confidence() -> Expression:
    """Return the mean of the confidences of the paper's live reviews."""
    return _over_reviews(Avg("confidence"), FloatField())


def first_handler(field: str) -> Expression:
    """Return a field of the member who has looked after the paper the longest."""
    handlings = get_model("papers", "Handling").objects.filter(paper=OuterRef("pk")).order_by("pk")
    return Subquery(handlings.values(field)[:1])


def first_handler_name() -> Expression:
    """Return the name, or the mail address, of that member."""
    handlings = get_model("papers", "Handling").objects.filter(paper=OuterRef("pk")).order_by("pk")
    name = Coalesce(NullIf("member__user__name", Value("")), "member__user__email", output_field=CharField())
    return Subquery(handlings.annotate(told=name).values("told")[:1])


def _over_recommendations(figure: Any) -> Expression:
    held = get_model("papers", "Recommendation").objects.filter(paper=OuterRef("pk"))
    return Subquery(held.order_by().values("paper").annotate(figure=figure).values("figure"))


def accept_share() -> Expression:
    """Return which part of the recommendations says accept."""
    return _over_recommendations(Avg(Case(When(outcome="accept", then=1.0), default=0.0)))


def recommended_outcome() -> Expression:
    """Return accept, reject, or split where the recommendations differ."""
    same = Case(When(low=F("high"), then=F("low")), default=Value("split"), output_field=CharField())
    held = get_model("papers", "Recommendation").objects.filter(paper=OuterRef("pk"))
    ends = held.order_by().values("paper").annotate(low=Min("outcome"), high=Max("outcome"))
    return Subquery(ends.annotate(figure=same).values("figure"))


def count_remarks() -> Expression:
    """Return how many remarks the discussion of the paper has."""
    remarks = get_model("papers", "Remark").objects.filter(paper=OuterRef("pk"), withdrawn_at__isnull=True)
    return Coalesce(Subquery(remarks.order_by().values("paper").annotate(figure=Count("pk")).values("figure")), 0)


def last_letter(field: str) -> Expression:
    """Return a field of the newest letter about the paper."""
    return Subquery(get_model("papers", "Letter").objects.filter(paper=OuterRef("pk")).order_by("-pk").values(field)[:1])


def camera_ready_rank() -> Expression:
    """Return 3 for an approved camera-ready paper, 2 for one that was received, 1 for one that was returned, nothing for none."""
    versions = get_model("papers", "FileVersion").objects.filter(paper=OuterRef("pk"), kind="paper", withdrawn_at__isnull=True)
    said = Case(When(verdict__is_approved=True, then=3), When(verdict__is_approved=False, then=1), default=2, output_field=IntegerField())
    newest = versions.order_by("-number").annotate(said=said).values("said")[:1]
    return Coalesce(Subquery(newest), Case(When(has_upstream_camera_ready=True, then=2), default=None, output_field=IntegerField()))


def proceedings_rank() -> Expression:
    """Return 0 for papers in the proceedings, 1 where the authors have not said, 2 for the others, nothing without a track."""
    return Case(
        When(track__isnull=True, then=None),
        When(Q(track__proceedings="all") | Q(track__proceedings="option", wants_proceedings=True), then=0),
        When(track__proceedings="option", wants_proceedings__isnull=True, then=1),
        default=2,
        output_field=IntegerField(),
    )


def decision_state(decided: Q) -> Expression:
    """Return accept or reject where that may be told, else `undecided` for active papers, else the standing."""
    return Case(
        When(decided & Q(decision__outcome__isnull=False), then=F("decision__outcome")),
        When(standing="active", then=Value("undecided")),
        default=F("standing"),
        output_field=CharField(),
    )


def decision_rank(decided: Q) -> Expression:
    """Return the place of that state: undecided, accepted, rejected, gone."""
    return Case(
        When(decided & Q(decision__outcome="accept"), then=1),
        When(decided & Q(decision__outcome="reject"), then=2),
        When(standing="active", then=0),
        default=3,
        output_field=IntegerField(),
    )


# What can be ordered by: the expression, and whether it is a judgment, a decision or neither.
ORDERS: dict[str, tuple[Callable[[], Any], Secret]] = {
    "number": (lambda: F("number"), ""),
    "title": (lambda: Substr("search_text", 1, 120), ""),
    "track": (lambda: F("track__position"), ""),
    "reviews": (count_reviews, "judged"),
    "mean": (mean_rating, "judged"),
    "spread": (spread_rating, "judged"),
    "confidence": (mean_confidence, "judged"),
    "handlers": (first_handler_name, "judged"),
    "recommendations": (accept_share, "judged"),
    "discussion": (count_remarks, "judged"),
    "decision": (lambda: F("decision__outcome"), "decided"),
    "presentation": (lambda: F("decision__presentation__position"), "decided"),
    "award": (lambda: F("decision__award__position"), "decided"),
    "proceedings": (proceedings_rank, ""),
    "camera-ready": (camera_ready_rank, ""),
    "letters": (lambda: last_letter("sent_at"), "decided"),
    "submitted": (lambda: F("submitted_at"), ""),
    "changed": (lambda: F("changed_upstream_at"), ""),
    "forum": (lambda: NullIf("note_id", Value("")), ""),
}


def mask(expression: Any, condition: Q) -> Any:
    """Return the expression where `condition` holds, nothing elsewhere; the expression itself where there is no condition."""
    return Case(When(condition, then=expression), default=None) if condition else expression


def order_by_column(name: str, *, judged: Q, decided: Q) -> Any:
    """Return what orders by this column; a judgment that must not be seen counts as empty."""
    make, secret = ORDERS[name]
    return mask(make(), {"judged": judged, "decided": decided, "": Q()}[secret])


def group_by(name: str, *, judged: Q, decided: Q) -> tuple[Any, list[Any]]:
    """Return the key of a paper's group with what orders the groups; a judgment that must not be seen counts as empty."""
    if name == "track":
        return F("track"), [F("track__position").asc(nulls_last=True), F("track").asc(nulls_last=True)]
    if name == "decision":
        state = decision_state(decided)
        return state, [decision_rank(decided).asc(), state.asc()]
    if name == "presentation":
        place = mask(F("decision__presentation__position"), decided)
        kind = mask(F("decision__presentation"), decided)
        return kind, [place.asc(nulls_last=True), kind.asc(nulls_last=True)]
    if name == "handler":
        member = mask(first_handler("member"), judged)
        return member, [mask(first_handler_name(), judged).asc(nulls_last=True), member.asc(nulls_last=True)]
    outcome = mask(recommended_outcome(), judged)
    return outcome, [outcome.asc(nulls_last=True)]
