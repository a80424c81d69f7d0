"""Stage 2: accepts and rejects papers, releases what was decided."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Award, Decision, Paper, PresentationKind, User, Workshop
from papers.naming import begin_with_paper, name_paper


def decide_paper(
    paper: Paper,
    *,
    outcome: str,
    presentation: PresentationKind | None = None,
    award: Award | None = None,
    comment: str | None = None,
    by: User | None,
    actor: str = "",
) -> Decision | None:
    """Record accept or reject on a paper and return the decision, or nothing when it stood so already.

    Refuses on a paper that is not active, on an award for a track that may not win one, and on a
    presentation or award with a reject. A decision that authors have seen keeps its release.
    """
    refuse_decision(paper, outcome, presentation, award)
    if award and award.presentation and outcome == Decision.Outcome.ACCEPT:
        presentation = award.presentation
    with transaction.atomic():
        decision = Decision.objects.select_for_update(of=("self",)).filter(paper=paper).first()
        before = describe_decision(decision)
        if decision is None:
            decision = Decision(paper=paper)
        decision.outcome, decision.presentation, decision.award = outcome, presentation, award
        decision.comment = decision.comment if comment is None else comment
        if describe_decision(decision) == before:
            return None
        decision.by, decision.decided_at = by, timezone.now()
        decision.save()
        record_change(
            paper.workshop, "decided", by=by, actor=actor, paper=paper, field="decision", before=before, after=describe_decision(decision)
        )
    return decision


def describe_decision(decision: Decision | None) -> dict[str, Any] | None:
    """Return what a decision says as plain JSON, for history and comparison."""
    if decision is None:
        return None
    return {
        "outcome": decision.outcome,
        "presentation": decision.presentation.slug if decision.presentation else None,
        "award": decision.award.slug if decision.award else None,
        "comment": decision.comment,
    }


def revoke_decision(paper: Paper, *, by: User | None) -> None:
    """Take a decision back; refuses once authors have seen it."""
    with transaction.atomic():
        decision = Decision.objects.select_for_update(of=("self",)).filter(paper=paper).first()
        if decision is None:
            raise Refusal(f"{name_paper(paper)} has no decision to take back.", subject=paper)
        if decision.released_at:
            raise Refusal(f"The decision on {name_paper(paper)} has been released; decide anew instead of taking it back.", subject=paper)
        before = describe_decision(decision)
        decision.delete()
        record_change(paper.workshop, "revoked", by=by, paper=paper, field="decision", before=before)


def release_decisions(workshop: Workshop, *, by: User | None) -> int:
    """Make every decision of the workshop visible to authors and, if accepted, to the world; return how many.

    All become visible in one moment. Refuses when there is nothing to release.
    """
    with transaction.atomic():
        waiting = Decision.objects.filter(paper__workshop=workshop, released_at__isnull=True)
        count = waiting.update(released_at=timezone.now())
        if not count:
            raise Refusal(f"{workshop} has no decision that is not released yet.{_tell_undecided(workshop)}", subject=workshop)
        record_change(workshop, "released", by=by, field="decisions", after=count)
    return count


def _tell_undecided(workshop: Workshop) -> str:
    count = Paper.objects.in_workshop(workshop).undecided().count()
    return f" Without a decision: {count} paper{'' if count == 1 else 's'}; accept or reject them first." if count else ""


def name_hidden_authors(workshop: Workshop, *, reason: str, by: User | None) -> None:
    """List the authors of accepted papers although OpenReview still hides them; refuses without a reason."""
    if not reason.strip():
        raise Refusal("Say why these authors may be named although OpenReview hides them.", subject=workshop)
    with transaction.atomic():
        before, workshop.hidden_authors_reason = workshop.hidden_authors_reason, reason.strip()
        workshop.save(update_fields=["hidden_authors_reason"])
        record_change(workshop, "authors named", by=by, field="hidden authors", before=before or None, after=workshop.hidden_authors_reason)


def refuse_decision(paper: Paper, outcome: str, presentation: PresentationKind | None, award: Award | None) -> None:
    """Refuse what no decision on `paper` may be; the paper need not be saved."""
    name = begin_with_paper(paper)
    if outcome not in Decision.Outcome.values:
        raise Refusal(f"{outcome!r} is not a decision; write accept or reject.", subject=paper)
    if paper.standing != Paper.Standing.ACTIVE:
        raise Refusal(f"{name} is {paper.get_standing_display().lower()}; it can't be decided.", subject=paper)
    if outcome == Decision.Outcome.REJECT and (presentation or award):
        raise Refusal(f"{name} can't be rejected and have a presentation or an award.", subject=paper)
    if award:
        _refuse_award(paper, award)


def _refuse_award(paper: Paper, award: Award) -> None:
    """Refuse an award for a track that may not win one; where a workshop has no tracks every paper may."""
    name = begin_with_paper(paper)
    if paper.track and not paper.track.is_award_eligible:
        raise Refusal(f"{name} ({paper.track.name}) can't win {award.name}: its track is not eligible for awards.", subject=paper)
    if paper.track is None and paper.workshop.tracks.exists():
        raise Refusal(f"{name} can't win {award.name} without a track; give it one that is eligible for awards.", subject=paper)
