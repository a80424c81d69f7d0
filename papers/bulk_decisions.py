"""Decides many papers at once: preview as a diff, apply in one transaction, keep what undo needs."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.batch_records import record_batch, record_changes
from papers.bulk_rows import RowWriter
from papers.capacity import OverCapacity, find_judging_sight
from papers.decision_plans import DecisionChange, DecisionPlan, Wishes, compare_seen, plan_decisions
from papers.decision_states import describe_decision, keep_state, tell_place
from papers.decisions import lock_decisions
from papers.errors import Refusals
from papers.models import Batch, Decision, HistoryLine, Paper, User, Workshop
from papers.naming import begin_with_paper
from papers.querysets.placing import load_for_deciding
from papers.sight import Sight
from papers.tables.refusals import TableRefused
from papers.zones import format_instant

COMMAND = "command"
MOST_NAMED = 200
COLUMNS = ("paper_id", "outcome", "presentation_id", "award_id", "comment", "decided_at", "by_id", "released_at")


class Source(Protocol):
    """Says which papers are to be decided how; `title` in words, for people who look for it later."""

    @property
    def title(self) -> str:
        """Return what it is, in few words."""
        ...

    def list_wishes(self, sight: Sight) -> Wishes:
        """Return what it asks for, as far as `sight` reaches; writes nothing."""
        ...


class DecisionsChanged(Refusals):
    """Papers are not as they were in the preview; `plan` is the preview as it is now."""

    def __init__(self, reasons: list[str], plan: DecisionPlan) -> None:
        count = f"{len(reasons)} paper{'' if len(reasons) == 1 else 's'}"
        super().__init__(f"{count} changed since you saw this preview; nothing was written. Look at the new one.", reasons)
        self.plan = plan


class DecisionsRefused(Refusals):
    """Papers can't be decided so, and nothing was written; `plan` tells which."""

    def __init__(self, plan: DecisionPlan) -> None:
        reasons = [str(mistake) for mistake in plan.all_mistakes]
        count = f"{len(reasons)} paper{' is' if len(reasons) == 1 else 's are'}"
        super().__init__(f"{count} refused; nothing was written. Correct them, or leave them out.", reasons)
        self.plan = plan


def preview_decisions(workshop: Workshop, source: Source, *, by: User | None, drops_refused: bool = False) -> DecisionPlan:
    """Return what the source would change, with every refusal and warning; writes nothing."""
    sight = find_judging_sight(workshop, by)
    return plan_decisions(sight, source.list_wishes(sight), by=by, drops_refused=drops_refused)


def apply_decisions(
    workshop: Workshop,
    source: Source,
    *,
    by: User | None,
    seen: str | None = None,
    confirmed: str = "",
    drops_refused: bool = False,
    nonce: str = "",
) -> tuple[DecisionPlan, Batch | None]:
    """Decide all that the source asks for in one transaction; return what was done, and the batch by which it can be undone.

    Refuses the whole, with every reason: `TableRefused` for a table with mistakes, `DecisionsRefused` for papers that can't be
    decided so, `DecisionsChanged` when a paper is not as it was `seen` (`DecisionPlan.seen` of the preview; None compares
    nothing), `OverCapacity` where a presentation would be too full unless `confirmed` is the plan's `overflow_digest`. What
    changes nothing leaves no batch. The same `nonce` applies once: the second time gives the batch of the first.
    """
    try:
        with transaction.atomic():
            lock_decisions(workshop)
            done = find_applied(workshop, nonce)
            plan = preview_decisions(workshop, source, by=by, drops_refused=drops_refused)
            if done is not None:
                return plan, done
            _refuse_plan(plan, seen, confirmed)
            if not plan.changes:
                return plan, None
            _lock_papers(plan)
            batch = _write_plan(plan, f"{plan.tell()}: {source.title}", by=by, nonce=nonce)
            return plan, batch
    except IntegrityError:
        done = find_applied(workshop, nonce)
        if done is None:
            raise
        return plan, done


def find_applied(workshop: Workshop, nonce: str) -> Batch | None:
    """Return the batch that came of the preview with this nonce, or nothing."""
    return Batch.objects.filter(workshop=workshop, nonce=nonce).first() if nonce else None


def _refuse_plan(plan: DecisionPlan, seen: str | None, confirmed: str) -> None:
    if plan.mistakes:
        raise TableRefused(plan.all_mistakes)
    moved = compare_seen(plan, seen) if seen is not None else {}
    if moved:
        raise DecisionsChanged(_explain_moves(plan.workshop, moved), plan)
    if plan.refused:
        raise TableRefused(plan.all_mistakes) if plan.refused[0].place else DecisionsRefused(plan)
    if plan.overflows and confirmed != plan.overflow_digest:
        raise OverCapacity(" ".join(plan.overflows), subject=plan)


def _explain_moves(workshop: Workshop, moved: dict[int, str]) -> list[str]:
    """Return a sentence for each paper that moved, with who did it when, as far as history tells."""
    named = sorted(moved)[:MOST_NAMED]
    papers = load_for_deciding(workshop.papers.all(), named)
    lines = HistoryLine.objects.filter(paper__in=named, field__in=["decision", "standing"]).select_related("by").order_by("at", "pk")
    last = {line.paper_id: line for line in lines}
    sentences = []
    for key, paper in papers.items():
        told = moved[key]
        if not told:
            told = f"{begin_with_paper(paper)} is not among them any more, or stands so already: {_tell_now(paper)}."
        line = last.get(key)
        who = f" {line.by or line.actor or 'Somebody'} changed it, {format_instant(line.at, workshop.zone)}." if line else ""
        sentences.append(told + who)
    rest = len(moved) - len(papers)
    return [*sentences, *([f"And {rest} more."] if rest else [])]


def _tell_now(paper: Paper) -> str:
    return tell_place(describe_decision(getattr(paper, "decision", None)))


def _lock_papers(plan: DecisionPlan) -> None:
    """Lock the papers of a plan, and refuse it when one has moved in the moment before: an import does not wait for us."""
    papers = {change.paper.pk: change.paper for change in plan.changes}
    locked = plan.workshop.papers.filter(pk__in=list(papers)).select_for_update(of=("self",), no_key=True).order_by("pk")
    standings = dict(locked.values_list("pk", "standing"))
    columns = ("outcome", "presentation_id", "award_id", "comment", "released_at")
    rows = Decision.objects.filter(paper__in=list(papers)).values_list("paper_id", *columns)
    now = {key: rest for key, *rest in rows}
    moved: dict[int, str] = {}
    for key, paper in papers.items():
        held: Decision | None = getattr(paper, "decision", None)
        was = [getattr(held, name) for name in columns] if held else None
        if standings.get(key) != paper.standing or now.get(key) != was:
            moved[key] = f"{begin_with_paper(paper)} was changed at this very moment."
    if moved:
        raise DecisionsChanged(_explain_moves(plan.workshop, moved), plan)


def _write_plan(plan: DecisionPlan, title: str, *, by: User | None, nonce: str) -> Batch:
    moment = timezone.now()
    rows = [(change, keep_state(getattr(change.paper, "decision", None)), _make_state(change, by, moment)) for change in plan.changes]
    batch = record_batch(
        plan.workshop, Batch.Kind.DECISIONS, title, ((change.paper.pk, before, after) for change, before, after in rows), by=by, nonce=nonce
    )
    write_states((change.paper.pk, after) for change, _, after in rows)
    lines = ((change.paper.pk, "decided" if change.after else "revoked", change.before, change.after) for change, _, _ in rows)
    record_changes(batch, lines, field="decision", by=by, actor="" if by else COMMAND)
    return batch


def _make_state(change: DecisionChange, by: User | None, moment: dt.datetime) -> dict[str, object] | None:
    """Return the whole of a decision to come; one that authors have seen keeps its release."""
    if change.after is None:
        return None
    held: Decision | None = getattr(change.paper, "decision", None)
    return {
        **change.after,
        "presentation_id": change.presentation.pk if change.presentation else None,
        "award_id": change.award.pk if change.award else None,
        "by_id": by.pk if by else None,
        "decided_at": moment.isoformat(),
        "released_at": held.released_at.isoformat() if held and held.released_at else None,
    }


def write_states(states: Iterable[tuple[int, dict[str, object] | None]]) -> None:
    """Put kept states into force, by key of the paper; None takes the decision away. Call it inside a transaction."""
    gone: list[int] = []
    rows: list[list[object]] = []
    for key, state in states:
        if state is None:
            gone.append(key)
        else:
            values = [state[name] for name in COLUMNS[1:]]
            rows.append([key, *(_read_instant(name, value) for name, value in zip(COLUMNS[1:], values, strict=True))])
    if gone:
        Decision.objects.filter(paper__in=gone).delete()
    RowWriter(Decision, COLUMNS, key="paper_id").insert(rows)


def _read_instant(name: str, value: object) -> object:
    return dt.datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value
