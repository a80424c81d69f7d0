"""Reviews and decision replies of a paper, kept as upstream has them."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from papers.models import Paper, Review, UpstreamDecision
from papers.submissions import Submission, SubmittedDecision, SubmittedReply

Row = TypeVar("Row", Review, UpstreamDecision)

REVIEW_NAMES = (
    "paper_id",
    "note_id",
    "kind",
    "name",
    "signature",
    "rating",
    "rating_raw",
    "confidence",
    "confidence_raw",
    "content",
    "is_public",
    "written_at",
    "changed_at",
)
DECISION_NAMES = ("paper_id", "note_id", "text", "comment", "written_at", "changed_at")


def list_review_values(paper_id: int, reply: SubmittedReply) -> tuple[Any, ...]:
    """Return the columns of a reply in the order of `REVIEW_NAMES`."""
    return (
        paper_id,
        reply.note_id,
        reply.kind,
        reply.name,
        reply.signature,
        reply.rating,
        reply.rating_raw,
        reply.confidence,
        reply.confidence_raw,
        reply.content,
        reply.is_public,
        reply.written_at,
        reply.changed_at,
    )


def list_decision_values(paper_id: int, reply: SubmittedDecision) -> tuple[Any, ...]:
    """Return the columns of a decision reply in the order of `DECISION_NAMES`."""
    return (paper_id, reply.note_id, reply.text, reply.comment, reply.written_at, reply.changed_at)


def plan_replies(paper: Paper, submission: Submission, *, may_be_hidden: bool) -> list[models.Model]:
    """Return the reply rows to save so that they read as upstream has them now; gone ones are marked, never deleted.

    Replies that were not sent at all (None) are left alone. Where they `may_be_hidden` from this account,
    an absent one is no sign that it is gone.
    """
    rows: list[models.Model] = []
    if submission.replies is not None:
        reviews = {reply.note_id: dict(zip(REVIEW_NAMES, list_review_values(paper.pk, reply), strict=True)) for reply in submission.replies}
        rows += _plan_rows(Review, reviews, paper.reviews.all(), may_be_hidden=may_be_hidden)
    if submission.decisions is not None:
        told = {
            reply.note_id: dict(zip(DECISION_NAMES, list_decision_values(paper.pk, reply), strict=True)) for reply in submission.decisions
        }
        rows += _plan_rows(UpstreamDecision, told, paper.upstream_decisions.all(), may_be_hidden=may_be_hidden)
    return rows


def _plan_rows(kind: type[Row], wanted: dict[str, dict[str, Any]], held: Iterable[Row], *, may_be_hidden: bool) -> list[models.Model]:
    by_note = {row.note_id: row for row in held}
    rows: list[models.Model] = [kind(**values) for note_id, values in wanted.items() if note_id not in by_note]
    for note_id, row in by_note.items():
        values = {**wanted[note_id], "gone_at": None} if note_id in wanted else {}
        if not values and row.gone_at is None and not may_be_hidden:
            values = {"gone_at": timezone.now()}
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            rows.append(row)
    return rows
