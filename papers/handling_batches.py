"""Applies what was planned for many papers; tells how it is undone."""

from collections.abc import Callable, Sequence

from django.db import transaction

from papers.batch_records import Undoing, record_batch, record_changes
from papers.errors import Refusal
from papers.handling import (
    FIELD,
    Values,
    describe_handlings,
    find_restore_obstacles,
    lock_handling,
    name_handlers,
    restore_handlings,
)
from papers.handling_plans import HandlingPlan
from papers.history import record_change
from papers.models import Batch, BatchRow, Handling, Paper, User, Workshop
from papers.naming import begin_with_paper
from papers.sight import Sight


def apply_handling(workshop: Workshop, make_plan: Callable[[], HandlingPlan], *, seen: str, by: User, nonce: str = "") -> Batch:
    """Write what a plan says, in one transaction with its history, and return the batch by which it can be undone.

    The plan is made anew under lock; refuses when it is not the one that was `seen`, when nothing would change, and when
    this preview was applied already.
    """
    with transaction.atomic():
        lock_handling(workshop)
        if nonce and Batch.objects.filter(workshop=workshop, nonce=nonce).exists():
            raise Refusal("This preview was applied already; the papers are assigned.", subject=workshop)
        plan = make_plan()
        if not plan.changes:
            raise Refusal("Nothing would change: these papers are assigned so already.", subject=workshop)
        if plan.digest != seen:
            raise Refusal(
                "Papers, conflicts of interest or assignments changed since this preview; nothing was written. Look at the new preview.",
                subject=workshop,
            )
        rows = [(change.paper.pk, change.before, change.after) for change in plan.changes]
        batch = record_batch(workshop, Batch.Kind.HANDLING, plan.title, rows, by=by, nonce=nonce)
        restore_handlings(workshop, {paper: after for paper, _, after in rows}, by=by)
        lines = [
            (paper, "assigned" if after else "unassigned", name_handlers(before) or None, name_handlers(after) or None)
            for paper, before, after in rows
        ]
        record_changes(batch, lines, field=FIELD, by=by)
        record_change(workshop, "assigned", by=by, field=FIELD, after=batch.title, batch=batch)
    return batch


def end_conflicted_handling(sight: Sight, *, by: User) -> Batch:
    """Take every paper away from whoever has a conflict of interest with it; refuses when nobody has."""
    workshop = sight.workshop

    def make_plan() -> HandlingPlan:
        plan = HandlingPlan(sight, "Taken from whoever has a conflict of interest", Handling.Source.HAND)
        pairs = set(Handling.objects.of_workshop(workshop).seen_by(sight).in_conflict().values_list("paper_id", "member_id"))
        held = describe_handlings({paper for paper, _ in pairs})
        for paper in sight.papers.filter(pk__in=held):
            state = held[paper.pk]
            rows = [row for row in state["handlers"] if (paper.pk, row["member"]) not in pairs] if state else []
            plan.add_change(paper, state, rows, "conflict of interest")
        return plan

    return apply_handling(workshop, make_plan, seen=make_plan().digest, by=by)


def find_undo_obstacles(batch: Batch, rows: Sequence[BatchRow]) -> list[str]:
    """Return a sentence for each paper that was assigned otherwise since, left, or that somebody must not look after again."""
    held = describe_handlings([row.paper_id for row in rows])
    lost = find_restore_obstacles({row.paper_id: row.before for row in rows})
    sentences = []
    for row in rows:
        paper = row.paper
        if _list_members(held[paper.pk]) != _list_members(row.after):
            now = " and ".join(name_handlers(held[paper.pk])) or "nobody"
            sentences.append(f"{begin_with_paper(paper)} was assigned otherwise since; now looked after by {now}.")
        if paper.pk in lost:
            sentences.append(f"{begin_with_paper(paper)}: {lost[paper.pk]}")
        if paper.standing != Paper.Standing.ACTIVE:
            sentences.append(f"{begin_with_paper(paper)} is {paper.get_standing_display().lower()} by now.")
    return sentences


def restore_handling(batch: Batch, rows: Sequence[BatchRow], by: User | None) -> None:
    """Let everybody look after the papers of a batch who did before it."""
    restore_handlings(batch.workshop, {row.paper_id: row.before for row in rows}, by=by)
    lines = [(row.paper_id, "undone", name_handlers(row.after) or None, name_handlers(row.before) or None) for row in rows]
    record_changes(batch, lines, field=FIELD, by=by, actor="" if by else "command line")


def tell_handling(state: Values | None) -> str:
    """Return a row's state in words."""
    return ", ".join(name_handlers(state)) or "nobody"


def _list_members(state: Values | None) -> list[int]:
    return sorted(row["member"] for row in state["handlers"]) if state else []


HANDLING = Undoing(find_undo_obstacles, restore_handling, tell_handling)
