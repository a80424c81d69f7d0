"""Reviews and decision replies of a paper, kept as upstream has them."""

import datetime as dt
from typing import TypeVar

from django.db import models
from django.utils import timezone

from papers.models import Paper, Review, UpstreamDecision
from papers.submissions import Submission, SubmittedDecision, SubmittedReply

Row = TypeVar("Row", Review, UpstreamDecision)


def build_review(paper: Paper, reply: SubmittedReply) -> Review:
    """Build the row of a reply."""
    return Review(
        paper=paper,
        note_id=reply.note_id,
        kind=reply.kind,
        name=reply.name,
        signature=reply.signature,
        rating=reply.rating,
        rating_raw=reply.rating_raw,
        confidence=reply.confidence,
        confidence_raw=reply.confidence_raw,
        content=reply.content,
        is_public=reply.is_public,
        written_at=reply.written_at,
        changed_at=reply.changed_at,
    )


def build_upstream_decision(paper: Paper, reply: SubmittedDecision) -> UpstreamDecision:
    """Build the row of a decision reply."""
    return UpstreamDecision(
        paper=paper, note_id=reply.note_id, text=reply.text, comment=reply.comment, written_at=reply.written_at, changed_at=reply.changed_at
    )


def plan_replies(paper: Paper, submission: Submission) -> list[models.Model]:
    """Return the reply rows to save so that they read as upstream has them now; gone ones are marked, never deleted.

    Replies that this account cannot read (None) are left alone.
    """
    rows: list[models.Model] = []
    if submission.replies is not None:
        rows += _plan_rows([build_review(paper, reply) for reply in submission.replies], list(paper.reviews.all()))
    if submission.decisions is not None:
        rows += _plan_rows([build_upstream_decision(paper, reply) for reply in submission.decisions], list(paper.upstream_decisions.all()))
    return rows


def _plan_rows(wanted: list[Row], held: list[Row]) -> list[models.Model]:
    by_note = {row.note_id: row for row in held}
    now, rows = timezone.now(), []
    for row in wanted:
        old = by_note.pop(row.note_id, None)
        if old is None:
            rows.append(row)
        elif _differs(old, row):
            row.pk = old.pk
            rows.append(row)
    rows += [_mark_gone(row, now) for row in by_note.values() if row.gone_at is None]
    return list(rows)


def _differs(old: Review | UpstreamDecision, new: Review | UpstreamDecision) -> bool:
    names = [field.attname for field in old._meta.concrete_fields if not field.primary_key]
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _mark_gone(row: Row, now: dt.datetime) -> Row:
    row.gone_at = now
    return row
