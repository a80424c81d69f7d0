"""Decides many papers from one table: parse, preview as a diff, apply in one transaction."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from papers.decision_rows import REVOKE, DecisionRow, DecisionTable, parse_decisions
from papers.decisions import decide_paper, describe_decision, revoke_decision
from papers.errors import Refusal
from papers.models import Decision, User, Workshop
from papers.tables.refusals import TableRefused
from papers.tables.values import Mistake

__all__ = ["DecisionChange", "DecisionReport", "apply_decisions", "parse_decisions", "preview_decisions", "tell_decision"]


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """One paper whose decision changes; `before` and `after` as history tells decisions, None for none."""

    paper: int | None
    note_id: str
    title: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(slots=True)
class DecisionReport:
    """What a table of decisions changes, or would; `mistakes` name every row that cannot be done."""

    changes: list[DecisionChange] = field(default_factory=list)
    unchanged: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the report as one JSON object."""
        return {
            "changes": [{name: getattr(change, name) for name in change.__slots__} for change in self.changes],
            "unchanged": self.unchanged,
            "mistakes": [mistake.as_json() for mistake in self.mistakes],
            "notices": self.notices,
        }


def preview_decisions(workshop: Workshop, content: bytes, *, by: User | None) -> DecisionReport:
    """Return what the table would change, and every mistake and refusal in it; writes nothing."""
    with transaction.atomic():
        report = _decide_rows(parse_decisions(workshop, content), by)
        transaction.set_rollback(True)
    return report


def apply_decisions(workshop: Workshop, content: bytes, *, by: User | None) -> DecisionReport:
    """Decide every paper of the table in one transaction; refuses all of it, with every reason, when one row is wrong."""
    with transaction.atomic():
        report = _decide_rows(parse_decisions(workshop, content), by)
        if report.mistakes:
            raise TableRefused(report.mistakes)
    return report


def tell_decision(described: dict[str, Any] | None) -> str:
    """Return a described decision in words: accept, oral, best-paper."""
    if described is None:
        return "undecided"
    parts = (described["outcome"], described.get("presentation"), described.get("award"), described.get("comment"))
    return ", ".join(part for part in parts if part)


def _decide_rows(table: DecisionTable, by: User | None) -> DecisionReport:
    report = DecisionReport(mistakes=list(table.mistakes), notices=list(table.notices))
    for row in table.rows:
        before = describe_decision(getattr(row.paper, "decision", None))
        try:
            decision = _decide(row, by)
        except Refusal as refusal:
            report.mistakes.append(Mistake(refusal.sentence, row=row.place, column=row.column, sheet=row.sheet, unit=row.unit))
            continue
        after = None if row.outcome == REVOKE else describe_decision(decision) or before
        if after == before:
            report.unchanged += 1
        else:
            report.changes.append(DecisionChange(row.paper.number, row.paper.note_id, row.paper.title, before, after))
    return report


def _decide(row: DecisionRow, by: User | None) -> Decision | None:
    if row.outcome == REVOKE:
        revoke_decision(row.paper, by=by)
        return None
    return decide_paper(
        row.paper, outcome=row.outcome, presentation=row.presentation, award=row.award, comment=row.comment, by=by, actor="table"
    )
