"""What members propose to decide; authors never see it."""

from typing import Any

from django.db import transaction

from papers.decision_rules import refuse_decision
from papers.errors import Refusal
from papers.history import record_change
from papers.interests import refuse_conflicted
from papers.models import Award, Paper, PresentationKind, Recommendation, User
from papers.naming import name_paper
from papers.texts import clean_text

FIELD = "recommendation"


def recommend_decision(
    paper: Paper,
    *,
    outcome: str,
    presentation: PresentationKind | None = None,
    award: Award | None = None,
    reason: str = "",
    by: User,
) -> Recommendation:
    """Propose a decision; it takes the place of what the person proposed before.

    Refuses with a conflict of interest, and whatever no decision may be.
    """
    refuse_conflicted(paper, by)
    refuse_decision(paper, outcome, presentation, award)
    if award and award.presentation:
        presentation = award.presentation
    with transaction.atomic():
        held = Recommendation.objects.select_for_update(of=("self",)).filter(paper=paper, by=by).first()
        before = describe_recommendation(held)
        proposed = {"outcome": outcome, "presentation": presentation, "award": award, "reason": clean_text(reason)}
        recommendation, _ = Recommendation.objects.update_or_create(paper=paper, by=by, defaults=proposed)
        after = describe_recommendation(recommendation)
        if after != before:
            record_change(paper.workshop, "recommended", by=by, paper=paper, field=FIELD, before=before, after=after)
    return recommendation


def withdraw_recommendation(paper: Paper, *, by: User) -> None:
    """Take one's own proposal back; refuses when there is none."""
    with transaction.atomic():
        held = Recommendation.objects.select_for_update(of=("self",)).filter(paper=paper, by=by).first()
        if held is None:
            raise Refusal(f"You recommend nothing for {name_paper(paper)}.", subject=paper)
        before = describe_recommendation(held)
        held.delete()
        record_change(paper.workshop, "withdrew", by=by, paper=paper, field=FIELD, before=before)


def describe_recommendation(recommendation: Recommendation | None) -> dict[str, Any] | None:
    """Return what is proposed as plain JSON, for history."""
    if recommendation is None:
        return None
    return {
        "outcome": recommendation.outcome,
        "presentation": recommendation.presentation.slug if recommendation.presentation else None,
        "award": recommendation.award.slug if recommendation.award else None,
        "reason": recommendation.reason,
    }
