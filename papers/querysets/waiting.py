"""Reads of papers that wait for one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from papers.models import Handling, Recommendation, Remark, User
    from papers.querysets.papers import PaperQuerySet

get_model = apps.get_model  # by name, because the models import this module

OPEN = Q(standing="active", decision__isnull=True)


def is_handled_by(user: User) -> Q:
    """Return the condition that `user` looks after a paper."""
    handled: QuerySet[Handling] = get_model("papers", "Handling").objects.filter(member__user=user).order_by()
    return Q(pk__in=handled.values("paper"))


def is_recommended_by(user: User) -> Q:
    """Return the condition that `user` recommends a decision on a paper."""
    recommended: QuerySet[Recommendation] = get_model("papers", "Recommendation").objects.filter(by=user).order_by()
    return Q(pk__in=recommended.values("paper"))


def list_unread(user: User) -> QuerySet[Remark]:
    """Return what others said since `user` last read the discussion, withdrawn remarks excluded."""
    mark = get_model("papers", "ReadMark").objects.filter(paper=OuterRef("paper"), user=user, at__gte=OuterRef("at"))
    unread: QuerySet[Remark] = get_model("papers", "Remark").objects.filter(withdrawn_at__isnull=True).exclude(by=user)
    return unread.exclude(Exists(mark)).order_by()


def is_waiting_for(user: User) -> Q:
    """Return the condition that a paper waits for `user`.

    So does an active, undecided paper that they look after, and a paper with unread remarks that they look after
    or in which they are mentioned. What they must not see is for the caller to leave out, by `sight.judged`.
    """
    unread = list_unread(user)
    mentions = unread.filter(mentioned=user)
    return (is_handled_by(user) & (OPEN | Q(pk__in=unread.values("paper")))) | Q(pk__in=mentions.values("paper"))


def bring_waiting(papers: PaperQuerySet, user: User) -> PaperQuerySet:
    """Keep what waits for `user`; annotate `is_handled`, `is_recommended`, `unread_count`, `mention_count`; mentions come first."""
    unread = list_unread(user).filter(paper=OuterRef("pk"))
    counted = unread.values("paper").annotate(n=Count("pk", distinct=True)).values("n")
    mentions = unread.filter(mentioned=user).values("paper").annotate(n=Count("pk", distinct=True)).values("n")
    return (
        papers.filter(is_waiting_for(user), is_test=False)
        .select_related("track", "decision__presentation", "decision__award")
        .annotate(
            is_handled=Exists(get_model("papers", "Handling").objects.filter(paper=OuterRef("pk"), member__user=user)),
            is_recommended=Exists(get_model("papers", "Recommendation").objects.filter(paper=OuterRef("pk"), by=user)),
            unread_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            mention_count=Coalesce(Subquery(mentions, output_field=IntegerField()), 0),
        )
        .order_by("-mention_count", "is_recommended", F("number").asc(nulls_last=True), "id")
        .with_review_figures()
        .defer("abstract", "extras", "imported", "search_text", "tldr", "keywords")
    )


def count_waiting(papers: PaperQuerySet, user: User) -> dict[str, int]:
    """Count what waits for `user`: without_recommendation, undecided (though recommended), unread, mentions."""
    handled, unread = is_handled_by(user), list_unread(user)
    told = Q(pk__in=unread.values("paper")) & handled
    named = Q(pk__in=unread.filter(mentioned=user).values("paper"))
    return papers.filter(is_waiting_for(user), is_test=False).aggregate(
        without_recommendation=Count("pk", filter=handled & OPEN & ~is_recommended_by(user)),
        undecided=Count("pk", filter=handled & OPEN & is_recommended_by(user)),
        unread=Count("pk", filter=told),
        mentions=Count("pk", filter=named),
    )
