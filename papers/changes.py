"""Changes of a paper that we hold already: planned purely, applied in one transaction."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from papers.arrivals import MAPPED_FIELDS, MERGED_FIELDS, Values, find_dispute, put_search_text, read_local
from papers.authorship import replace_authors
from papers.drafts import find_presentation, read_facts
from papers.history import record_change
from papers.mappings import MappingTable
from papers.merging import CONFLICT, UNKNOWN, Merged, merge_field
from papers.models import Decision, FieldConflict, HistoryLine, ImportRun, Paper
from papers.replies import plan_replies
from papers.submissions import Submission

INACTIVE = frozenset({Paper.Standing.WITHDRAWN, Paper.Standing.DESK_REJECTED, Paper.Standing.DELETED})
TOLD_FACTS = frozenset({"standing", "venueid", "pdf", "link", "has_hidden_authors", "is_public_upstream", "has_upstream_camera_ready"})
SEARCHED = frozenset({"title", "abstract", "authors", "keywords", "tldr", "extras"})
# Beside the fields, the base of the merge keeps the contradiction that a person has settled last.
DISPUTE = "disputed"


@dataclass(frozen=True, slots=True)
class Sight:
    """How an arrival was seen: whether it proves what upstream holds now, and whether replies may be hidden from the account.

    What is seen in a table settles no difference with OpenReview, nor the other way round.
    """

    is_sighting: bool = True
    may_hide_replies: bool = False
    is_from_table: bool = False


@dataclass(slots=True)
class PaperChange:
    """What one arrival does to one paper: fields to take, facts that moved, replies to save, conflicts found and over."""

    paper: Paper
    submission: Submission
    local: Values
    imported: Values
    open_conflicts: dict[str, FieldConflict]
    taken: Values = field(default_factory=dict)
    facts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    replies: list[models.Model] = field(default_factory=list)
    conflicts: list[Values] = field(default_factory=list)
    settled: dict[str, str] = field(default_factory=dict)
    is_visible_again: bool = False
    is_from_table: bool = False

    @property
    def changed_names(self) -> set[str]:
        """Return the names of all that moves, as the report tells them."""
        names = set(self.taken) | set(self.facts) | {conflict["field"] for conflict in self.conflicts}
        return names | ({"replies"} if self.replies else set()) | ({"visible again"} if self.is_visible_again else set())

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing of what we keep would change."""
        return not self.changed_names

    def list_values(self) -> list[Values]:
        """Return what people see change, with the values before and after."""
        told = [(name, self.local[name], value) for name, value in self.taken.items()]
        told += [(name, before, after) for name, (before, after) in self.facts.items() if name in TOLD_FACTS]
        return [{"field": name, "before": before, "after": after} for name, before, after in sorted(told, key=lambda one: one[0])]

    @property
    def becomes_inactive(self) -> bool:
        """Tell whether the paper is withdrawn, desk-rejected or deleted from now on."""
        return "standing" in self.facts and self.paper.standing in INACTIVE


def plan_change(paper: Paper, submission: Submission, upstream: Values, *, sight: Sight) -> PaperChange:
    """Work out what `submission` changes on `paper`, whose facts and replies are set but not saved."""
    waiting = {conflict.field: conflict for conflict in paper.conflicts.all() if conflict.resolved_at is None}
    change = PaperChange(paper, submission, read_local(paper), dict(paper.imported), waiting, is_from_table=sight.is_from_table)
    if sight.is_sighting:
        for name, value in read_facts(submission).items():
            if getattr(paper, name) != value:
                change.facts[name] = (getattr(paper, name), value)
                setattr(paper, name, value)
        change.is_visible_again = paper.not_visible_since is not None
        change.replies = plan_replies(paper, submission, may_be_hidden=sight.may_hide_replies)
    for name in MERGED_FIELDS if sight.is_sighting else MAPPED_FIELDS:
        if name == "decision":
            _plan_decision(change, upstream[name])
        else:
            _plan_field(change, name, upstream[name])
    return change


def _plan_field(change: PaperChange, name: str, upstream: Any) -> None:
    base, local = change.imported.get(name, UNKNOWN), change.local[name]
    _note_outcome(change, name, upstream, merge_field(base=base, upstream=upstream, local=local))


def _plan_decision(change: PaperChange, upstream: Any) -> None:
    """Merge the decision; a released one and one that the venueid contradicts are a person's to choose."""
    base, local = change.imported.get("decision", UNKNOWN), change.local["decision"]
    replies = list(change.paper.upstream_decisions.all())
    if replies and not change.submission.decisions and "decision" not in change.submission.stated:
        if base is UNKNOWN or any(reply.gone_at is None for reply in replies):
            return  # nothing of it was ever taken, or the account cannot see it
        upstream = None  # the decision was deleted
    if upstream is UNKNOWN or change.paper.standing != Paper.Standing.ACTIVE:
        return
    dispute = find_dispute(change.submission, upstream) if upstream or local else ""
    if dispute and dispute != change.imported.get(DISPUTE):
        # Where we hold what the reply says, the venueid's word is the other side.
        stated = {"outcome": dispute, "presentation": None} if upstream == local else upstream
        _note_outcome(change, "decision", stated, CONFLICT, venueid_says=dispute)
        return
    if not dispute:
        change.imported.pop(DISPUTE, None)
    outcome = merge_field(base=base, upstream=upstream, local=local)
    decision = getattr(change.paper, "decision", None)
    if outcome.takes_upstream and decision is not None and decision.released_at is not None:
        outcome = CONFLICT
    _note_outcome(change, "decision", upstream, outcome)


def _note_outcome(change: PaperChange, name: str, upstream: Any, outcome: Merged, *, venueid_says: str = "") -> None:
    if upstream is UNKNOWN:
        return
    base, local, waiting = change.imported.get(name, UNKNOWN), change.local[name], change.open_conflicts.get(name)
    if outcome.is_conflict:
        told = {**(upstream or {"outcome": None}), "venueid_says": venueid_says} if venueid_says else upstream
        if waiting is None or (waiting.upstream, waiting.local) != (told, local):
            change.conflicts.append({"field": name, "base": None if base is UNKNOWN else base, "upstream": told, "local": local})
        return  # the base stays until a person has chosen
    if outcome.takes_upstream:
        change.taken[name] = upstream
    if outcome.takes_upstream or local == upstream:
        change.imported[name] = upstream
    if waiting is not None and (waiting.run is not None and waiting.run.is_from_table) == change.is_from_table:
        agrees = outcome.takes_upstream or local == upstream
        change.settled[name] = FieldConflict.Choice.UPSTREAM if agrees else FieldConflict.Choice.LOCAL


def apply_change(change: PaperChange, run: ImportRun, *, table: MappingTable, fingerprint: str, actor: str) -> None:
    """Write the change; call it inside a transaction. What people see leaves history lines."""
    paper = change.paper
    names = set(change.facts)
    lines = [HistoryLine(workshop=run.workshop, paper=paper, actor=actor, action="imported", **told) for told in change.list_values()]
    HistoryLine.objects.bulk_create(lines)
    for name, value in change.taken.items():
        names |= set_field(paper, name, value, table=table)
    for row in change.replies:
        row.save()
    _write_conflicts(change, run, actor)
    if change.imported != paper.imported:
        paper.imported = change.imported
        names.add("imported")
    if change.is_visible_again:
        paper.not_visible_since = None
        names.add("not_visible_since")
    if fingerprint != paper.fingerprint:
        paper.fingerprint = fingerprint
        names.add("fingerprint")
    if change.changed_names & SEARCHED:
        authors = (change.taken if "authors" in change.taken else change.local)["authors"]
        put_search_text(paper, authors)
        names.add("search_text")
    if names:
        paper.save(update_fields=sorted(names))


def _write_conflicts(change: PaperChange, run: ImportRun, actor: str) -> None:
    for told in change.conflicts:
        waiting = change.open_conflicts.get(told["field"]) or FieldConflict(paper=change.paper, field=told["field"])
        waiting.base, waiting.upstream, waiting.local, waiting.run = told["base"], told["upstream"], told["local"], run
        waiting.save()
    for name, choice in change.settled.items():
        waiting = change.open_conflicts[name]
        waiting.resolved_at, waiting.choice = timezone.now(), choice
        waiting.save(update_fields=["resolved_at", "choice"])
        note = "the difference is over: OpenReview and this workshop agree again"
        record_change(
            run.workshop,
            "settled",
            by=None,
            actor=actor,
            paper=change.paper,
            field=name,
            before=waiting.local,
            after=waiting.upstream,
            note=note,
        )


def set_field(paper: Paper, name: str, value: Any, *, table: MappingTable) -> set[str]:
    """Put one merged field into force on `paper`, and return the columns that the caller saves."""
    if name == "authors":
        replace_authors(paper, value)
        return set()
    if name == "track":
        paper.track_id = table.tracks.get(value)
        return {"track"}
    if name == "decision":
        _set_decision(paper, value, table)
        return set()
    setattr(paper, name, value)
    return {name}


def _set_decision(paper: Paper, value: Values | None, table: MappingTable) -> None:
    held = getattr(paper, "decision", None)
    if value is None:
        if held is not None:
            held.delete()
        return
    fresh = Decision(paper=paper, outcome=value["outcome"], presentation_id=find_presentation(value, table), decided_at=timezone.now())
    if held is not None:
        fresh.pk, fresh.released_at, fresh.comment = held.pk, held.released_at, held.comment
        if fresh.outcome == held.outcome == Decision.Outcome.ACCEPT:
            fresh.award_id = held.award_id
    fresh.save()
    paper.decision = fresh
