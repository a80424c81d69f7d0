"""What tests say of imports of tables, in a few plain values."""

from typing import Any

import pytest

from papers.models import Author, Decision, FieldConflict, HistoryLine, ImportRun, MappedValue, Paper, TableRecord, User, Workshop
from papers.reports import ImportReport
from papers.table_imports import import_table
from papers.tables.refusals import TableRefused

MODELS = (Paper, Author, Decision, FieldConflict, HistoryLine, ImportRun, TableRecord, MappedValue)


def take_table(
    workshop: Workshop, content: bytes, *, name: str = "table.csv", by: User | None = None, is_rehearsal: bool = False
) -> ImportReport:
    """Import a table."""
    return import_table(workshop, content, name, by=by, is_rehearsal=is_rehearsal)


def refuse_table(workshop: Workshop, content: bytes) -> list[str]:
    """Import a table that must be refused; return the reasons, having checked that nothing was written."""
    before = count_rows()
    with pytest.raises(TableRefused) as refusal:
        take_table(workshop, content)
    assert count_rows() == before
    return refusal.value.reasons


def count_rows() -> list[int]:
    """Count all rows that an import may write."""
    return [model._default_manager.count() for model in MODELS]


def tell_counts(report: ImportReport) -> tuple[int, int, int]:
    """Return created, updated, unchanged."""
    return report.created, report.updated, report.unchanged


def tell_changes(report: ImportReport) -> list[tuple[Any, str, Any, Any]]:
    """Return paper, field, before, after of every change to papers that were there."""
    return [
        (change["paper"], value["field"], value["before"], value["after"])
        for change in report.changes
        if change["fields"] != ["new paper"]
        for value in change["values"]
    ]


def tell_papers(workshop: Workshop) -> list[tuple[Any, ...]]:
    """Return number, title, authors, track, standing and decision of every paper, by number."""
    papers = workshop.papers.select_related("track", "decision__presentation").prefetch_related("authors").order_by("number", "id")
    return [
        (
            paper.number,
            paper.title,
            [author.name for author in paper.authors.all()],
            paper.track.slug if paper.track else None,
            paper.standing,
            tell_decision(paper),
        )
        for paper in papers
    ]


def tell_decision(paper: Paper) -> str:
    """Return outcome, presentation and award in one text; empty where there is none."""
    decision = Decision.objects.filter(paper=paper).select_related("presentation", "award").first()
    if decision is None:
        return ""
    parts = (decision.outcome, decision.presentation and decision.presentation.slug, decision.award and decision.award.slug)
    return " ".join(part for part in parts if part)
