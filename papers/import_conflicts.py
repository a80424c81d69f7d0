"""Differences between OpenReview and here, settled by a person."""

from django.db import transaction
from django.utils import timezone

from papers.changes import set_field
from papers.errors import Refusal
from papers.history import record_change
from papers.mappings import read_mapping
from papers.models import FieldConflict, Paper, User, Workshop


def list_open_conflicts(workshop: Workshop) -> list[FieldConflict]:
    """Return what waits for a choice, by paper."""
    waiting = FieldConflict.objects.filter(paper__workshop=workshop, resolved_at__isnull=True)
    return list(waiting.select_related("paper").order_by("paper__number", "paper_id", "field"))


def resolve_conflict(conflict: FieldConflict, *, choice: str, by: User | None) -> None:
    """Put our value or OpenReview's into force; refuses what is settled already and an unknown choice."""
    if choice not in FieldConflict.Choice.values:
        raise Refusal(f"{choice!r} is not a choice; choose ours or OpenReview's.", subject=conflict)
    with transaction.atomic():
        held = FieldConflict.objects.select_for_update(of=("self",)).select_related("paper__workshop").get(pk=conflict.pk)
        if held.resolved_at is not None:
            raise Refusal("Somebody has settled this difference already.", subject=held)
        if choice == FieldConflict.Choice.UPSTREAM:
            paper = Paper.objects.for_merge([held.paper_id])[held.paper_id]
            set_field(paper, held.field, held.upstream, table=read_mapping(paper.workshop))
            paper.save()
        held.resolved_at, held.resolved_by, held.choice = timezone.now(), by, choice
        held.save()
        after = held.upstream if choice == FieldConflict.Choice.UPSTREAM else held.local
        record_change(held.paper.workshop, "settled", by=by, paper=held.paper, field=held.field, before=held.local, after=after)
