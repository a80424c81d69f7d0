"""Changes of a paper that we hold already: planned purely, applied in one transaction."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from papers.arrivals import MERGED_FIELDS, fold_for_search
from papers.authorship import replace_authors
from papers.drafts import build_decision, copy_facts
from papers.history import record_change
from papers.mappings import MappingTable
from papers.merging import CONFLICT, UNKNOWN, merge_field
from papers.models import FieldConflict, ImportRun, Paper
from papers.replies import plan_replies
from papers.submissions import Submission

INACTIVE = frozenset({Paper.Standing.WITHDRAWN, Paper.Standing.DESK_REJECTED, Paper.Standing.DELETED})
TOLD_FACTS = frozenset({"standing", "venueid", "pdf", "has_hidden_authors", "is_public_upstream", "has_upstream_camera_ready"})


@dataclass(slots=True)
class PaperChange:
    """What one arrival does to one paper: fields to take, facts that moved, replies to save, conflicts."""

    paper: Paper
    submission: Submission
    table: MappingTable
    taken: dict[str, Any] = field(default_factory=dict)
    local: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    fact_names: set[str] = field(default_factory=set)
    replies: list[models.Model] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    agreed: list[str] = field(default_factory=list)
    imported: dict[str, Any] = field(default_factory=dict)
    was_visible: bool = True
    becomes_inactive: bool = False

    @property
    def changed_names(self) -> set[str]:
        """Return the names of all that moves, as the report tells them."""
        names = set(self.taken) | self.fact_names | {conflict["field"] for conflict in self.conflicts}
        return names | ({"replies"} if self.replies else set()) | (set() if self.was_visible else {"visible again"})

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of what we keep would change."""
        return not self.changed_names


def plan_change(
    paper: Paper, submission: Submission, *, upstream: dict[str, Any], local: dict[str, Any], table: MappingTable
) -> PaperChange:
    """Work out what `submission` changes on `paper`, whose facts are set but not saved."""
    before = {name: getattr(paper, name) for name in TOLD_FACTS}
    fact_names = copy_facts(paper, submission)
    change = PaperChange(paper, submission, table, local=local, fact_names=fact_names, imported=dict(paper.imported))
    change.facts = {name: (before[name], getattr(paper, name)) for name in sorted(fact_names & TOLD_FACTS)}
    change.becomes_inactive = "standing" in fact_names and paper.standing in INACTIVE
    change.was_visible = paper.not_visible_since is None
    change.replies = plan_replies(paper, submission)
    for name in MERGED_FIELDS:
        _plan_field(change, name, upstream[name])
    return change


def _plan_field(change: PaperChange, name: str, upstream: Any) -> None:
    if name == "decision" and change.paper.standing != Paper.Standing.ACTIVE:
        return
    base, local = change.imported.get(name, UNKNOWN), change.local[name]
    outcome = merge_field(base=base, upstream=upstream, local=local)
    if name == "decision" and outcome.takes_upstream and _needs_a_person(change, upstream):
        outcome = CONFLICT
    if upstream is not UNKNOWN:
        change.imported[name] = upstream
    if outcome.takes_upstream:
        change.taken[name] = upstream
    elif outcome.is_conflict:
        change.conflicts.append({"field": name, "base": None if base is UNKNOWN else base, "upstream": upstream, "local": local})
    elif local == upstream:
        change.agreed.append(name)


def _needs_a_person(change: PaperChange, upstream: dict[str, Any]) -> bool:
    decision = getattr(change.paper, "decision", None)
    return "venueid_says" in upstream or (decision is not None and decision.released_at is not None)


def apply_change(change: PaperChange, run: ImportRun, *, fingerprint: str, actor: str) -> None:
    """Write the change; call it inside a transaction. What people see leaves history lines."""
    paper, workshop = change.paper, run.workshop
    for name, value in change.taken.items():
        record_change(workshop, "imported", by=None, actor=actor, paper=paper, field=name, before=change.local[name], after=value)
        _take_field(change, name, value)
    for name, (before, after) in change.facts.items():
        record_change(workshop, "imported", by=None, actor=actor, paper=paper, field=name, before=before, after=after)
    for row in change.replies:
        row.save()
    for conflict in change.conflicts:
        values = {name: conflict[name] for name in ("base", "upstream", "local")}
        FieldConflict.objects.update_or_create(paper=paper, field=conflict["field"], resolved_at=None, defaults={**values, "run": run})
    FieldConflict.objects.filter(paper=paper, field__in=change.agreed, resolved_at=None).update(
        resolved_at=timezone.now(), choice=FieldConflict.Choice.UPSTREAM
    )
    paper.imported, paper.fingerprint, paper.not_visible_since = change.imported, fingerprint, None
    names = (
        [author.name for author in paper.authors.all()]
        if "authors" not in change.taken
        else [row["name"] for row in change.taken["authors"]]
    )
    paper.search_text = fold_for_search(paper.title, paper.abstract, names, paper.number)
    paper.save()


def _take_field(change: PaperChange, name: str, value: Any) -> None:
    set_field(change.paper, name, value, table=change.table)


def set_field(paper: Paper, name: str, value: Any, *, table: MappingTable) -> None:
    """Put one merged field into force on `paper`, which the caller saves."""
    if name == "authors":
        replace_authors(paper, value)
    elif name == "track":
        paper.track_id = table.tracks.get(value)
    elif name == "decision":
        _set_decision(paper, value, table)
    else:
        setattr(paper, name, value)


def _set_decision(paper: Paper, value: dict[str, Any], table: MappingTable) -> None:
    fresh = build_decision(paper, value, table)
    held = getattr(paper, "decision", None)
    if held is not None:
        fresh.pk, fresh.released_at, fresh.comment = held.pk, held.released_at, held.comment
        if fresh.outcome == held.outcome == "accept":
            fresh.award_id = held.award_id
    fresh.save()
    paper.decision = fresh
