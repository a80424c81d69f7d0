"""What a kept table would change, in the form of a page: one way for papers, one for decisions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from papers.bulk_decisions import apply_decisions, preview_decisions
from papers.decision_sources import DecisionsTable
from papers.kept_tables import KeptTable
from papers.models import User, Workshop
from papers.reports import ImportReport
from papers.table_imports import NEW, import_table
from papers.table_words import UnknownWord, list_unknown_words
from papers.tables.refusals import TableRefused
from papers.tables.values import Mistake

MOST_LINES = 300
SHOWN_OF_NEW = ("authors", "track", "decision", "award")
FIELDS = {"wants_proceedings": "proceedings", "note_id": "forum id", "tldr": "summary"}


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One paper that a table changes; `values` are field, before, after; `is_conflict` waits for a person afterwards."""

    paper: int | None
    note_id: str
    title: str
    is_new: bool = False
    is_conflict: bool = False
    values: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class TablePreview:
    """What would happen, or did: lines by paper, how many stay as they are, what was assumed, what is wrong."""

    lines: tuple[PreviewLine, ...] = ()
    unchanged: int = 0
    notices: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    words: list[UnknownWord] = field(default_factory=list)

    @property
    def shown(self) -> tuple[PreviewLine, ...]:
        """Return the lines that a page shows."""
        return self.lines[:MOST_LINES]

    @property
    def more_count(self) -> int:
        """Return how many lines a page does not show."""
        return max(0, len(self.lines) - MOST_LINES)

    @property
    def new_count(self) -> int:
        """Return how many papers are new."""
        return sum(line.is_new for line in self.lines)

    @property
    def changed_count(self) -> int:
        """Return how many papers that are here would change."""
        return sum(not line.is_new and not line.is_conflict for line in self.lines)

    @property
    def conflict_count(self) -> int:
        """Return how many differences would wait for a person."""
        return sum(line.is_conflict for line in self.lines)

    def tell(self) -> str:
        """Return in one sentence what was done."""
        new = f"{self.new_count} new, " if self.new_count else ""
        waiting = f" Waiting for your choice: {self.conflict_count}." if self.conflict_count else ""
        return f"Papers: {new}{self.changed_count} changed, {self.unchanged} as before.{waiting}"


def preview_table(workshop: Workshop, table: KeptTable, *, by: User | None) -> TablePreview:
    """Return what the table would change, or every mistake in it; writes nothing."""
    return KINDS[table.kind](workshop, table, by, is_rehearsal=True)


def apply_table(workshop: Workshop, table: KeptTable, *, by: User | None) -> TablePreview:
    """Do what the table says, all of it, and return what was done; refuses with every mistake."""
    done = KINDS[table.kind](workshop, table, by, is_rehearsal=False)
    if done.mistakes:
        raise TableRefused(done.mistakes)
    return done


def _take_papers(workshop: Workshop, table: KeptTable, by: User | None, *, is_rehearsal: bool) -> TablePreview:
    try:
        report = import_table(workshop, table.content, table.name, by=by, is_rehearsal=is_rehearsal)
    except TableRefused as refusal:
        return _show_mistakes(refusal)
    return TablePreview(
        lines=tuple(sorted(_list_lines(report), key=lambda line: (line.paper is None, line.paper or 0))),
        unchanged=report.unchanged,
        notices=tuple(report.notices),
        problems=tuple(_name_problem(problem) for problem in report.problems),
    )


def _take_decisions(workshop: Workshop, table: KeptTable, by: User | None, *, is_rehearsal: bool) -> TablePreview:
    source = DecisionsTable(table.content, table.name)
    try:
        plan = preview_decisions(workshop, source, by=by) if is_rehearsal else apply_decisions(workshop, source, by=by)[0]
    except TableRefused as refusal:
        return _show_mistakes(refusal)
    if plan.all_mistakes:
        return _show_mistakes(TableRefused(plan.all_mistakes))
    lines = [
        PreviewLine(change.paper.number, change.paper.note_id, change.paper.title, values=(("decision", change.before, change.after),))
        for change in plan.changes
    ]
    return TablePreview(tuple(lines), plan.unchanged, tuple(plan.notices))


def _list_lines(report: ImportReport) -> Iterator[PreviewLine]:
    for told in report.changes:
        is_new = told["fields"] == [NEW]
        shown = [value for value in told["values"] if not is_new or value["field"] in SHOWN_OF_NEW]
        values = tuple((FIELDS.get(value["field"], value["field"]), value["before"], value["after"]) for value in shown)
        if values or is_new:
            yield PreviewLine(
                told["paper"], told["note_id"], told["title"], is_new=is_new, values=values or (("title", None, told["title"]),)
            )
    for told in report.conflicts:
        values = ((FIELDS.get(told["field"], told["field"]), told["local"], told["upstream"]),)
        yield PreviewLine(told["paper"], told["note_id"], told["title"], is_conflict=True, values=values)


def _name_problem(problem: dict[str, Any]) -> str:
    name = f"Paper {problem['paper']}: " if problem["paper"] is not None else ""
    return f"{name}{problem['sentence']}"


def _show_mistakes(refusal: TableRefused) -> TablePreview:
    return TablePreview(mistakes=refusal.mistakes, words=list_unknown_words(refusal.mistakes))


KINDS: dict[str, Callable[..., TablePreview]] = {"papers": _take_papers, "decisions": _take_decisions}
