"""Differences between OpenReview and here, settled by a person."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.arrivals import Values, put_search_text, read_local
from papers.changes import DISPUTE, SEARCHED, set_field
from papers.decisions import decide_paper, revoke_decision
from papers.errors import Refusal
from papers.history import record_change
from papers.mappings import read_mapping
from papers.models import Decision, FieldConflict, Paper, User, Workshop

SAYS = "venueid_says"


def list_open_conflicts(workshop: Workshop, *, hidden: frozenset[int] = frozenset()) -> list[FieldConflict]:
    """Return what waits for a choice, by paper; of papers in `hidden`, by key, nothing on the decision.

    The values are as imports compare them. A decision is an object with `outcome` (nothing where OpenReview
    deleted it), `presentation`, and `venueid_says` where the venueid contradicts the decision reply.
    """
    waiting = FieldConflict.objects.filter(paper__workshop=workshop, resolved_at__isnull=True)
    waiting = waiting.exclude(field="decision", paper__in=hidden) if hidden else waiting
    return list(waiting.select_related("paper").order_by("paper__number", "paper_id", "field"))


def resolve_conflict(conflict: FieldConflict, *, choice: str, by: User | None) -> None:
    """Put our value or OpenReview's into force; a later import asks again only when OpenReview changes its own.

    Refuses what is settled already, an unknown choice, and a value that cannot be in force: a decision on a
    paper that is not active, a released decision taken back, a track that is gone.
    """
    if choice not in FieldConflict.Choice.values:
        raise Refusal(f"{choice!r} is not a choice; choose ours or OpenReview's.", subject=conflict)
    with transaction.atomic():
        held = FieldConflict.objects.select_for_update(of=("self",)).select_related("run").get(pk=conflict.pk)
        if held.resolved_at is not None:
            raise Refusal("Somebody has settled this difference already.", subject=held)
        paper = Paper.objects.for_merge([held.paper_id], is_locked=True)[held.paper_id]
        before = read_local(paper)[held.field]
        if choice == FieldConflict.Choice.UPSTREAM:
            _take_upstream(paper, held, by=by)
        if held.run is None or not held.run.is_from_table:  # what tables said is remembered apart
            paper.imported = {**paper.imported, held.field: _find_base(held)}
            if held.field == "decision":
                paper.imported[DISPUTE] = _read_outcome(held).get(SAYS, "")
            paper.save(update_fields=["imported"])
        held.resolved_at, held.resolved_by, held.choice = timezone.now(), by, choice
        held.save(update_fields=["resolved_at", "resolved_by", "choice"])
        after = held.upstream if choice == FieldConflict.Choice.UPSTREAM else before
        note = "took OpenReview's" if choice == FieldConflict.Choice.UPSTREAM else "kept ours"
        record_change(paper.workshop, "settled", by=by, paper=paper, field=held.field, before=before, after=after, note=note)


def follow_edit(paper: Paper, field: str, value: Any, *, by: User | None) -> None:
    """Tell the difference that waits on this field, if any, what is here now; it is over where both sides agree."""
    for waiting in FieldConflict.objects.filter(paper=paper, field=field, resolved_at__isnull=True):
        waiting.local = value
        if waiting.upstream == value:
            waiting.resolved_at, waiting.resolved_by, waiting.choice = timezone.now(), by, FieldConflict.Choice.UPSTREAM
        waiting.save(update_fields=["local", "resolved_at", "resolved_by", "choice"])


def _take_upstream(paper: Paper, conflict: FieldConflict, *, by: User | None) -> None:
    if conflict.field == "decision":
        _take_decision(paper, _read_outcome(conflict), by=by)
        return
    table = read_mapping(paper.workshop)
    if conflict.field == "track" and conflict.upstream not in table.tracks:
        raise Refusal(
            f"{paper.workshop} has no track {conflict.upstream!r} any more; keep ours, or explain the value anew.", subject=conflict
        )
    names = set_field(paper, conflict.field, conflict.upstream, table=table)
    if conflict.field in SEARCHED:
        authors: Any = conflict.upstream if conflict.field == "authors" else read_local(paper)["authors"]
        put_search_text(paper, authors)
        names.add("search_text")
    if names:
        paper.save(update_fields=sorted(names))


def _take_decision(paper: Paper, outcome: Values, *, by: User | None) -> None:
    held: Decision | None = getattr(paper, "decision", None)
    if outcome["outcome"] is None:
        if held is not None:
            revoke_decision(paper, by=by)
        return
    slug = outcome.get("presentation")
    presentation = paper.workshop.presentation_kinds.filter(slug=slug).first() if slug else None
    if slug and presentation is None:
        raise Refusal(f"{paper.workshop} has no presentation {slug!r} any more; keep ours, or explain the value anew.", subject=paper)
    award = held.award if held and held.outcome == outcome["outcome"] == Decision.Outcome.ACCEPT else None
    decide_paper(paper, outcome=outcome["outcome"], presentation=presentation, award=award, by=by, over_capacity=True)


def _read_outcome(conflict: FieldConflict) -> Values:
    return dict(conflict.upstream or {"outcome": None})


def _find_base(conflict: FieldConflict) -> Any:
    """Return what OpenReview's field said, which later imports compare with."""
    if conflict.field != "decision":
        return conflict.upstream
    outcome = _read_outcome(conflict)
    says = outcome.pop(SAYS, "")
    if outcome["outcome"] is None:
        return None
    # Where we hold what the decision reply says, the other side is the venueid's word alone.
    return conflict.local if says == outcome["outcome"] else outcome
