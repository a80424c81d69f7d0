"""Reads the rows of a table of decisions against one workshop; writes nothing."""

from dataclasses import dataclass
from typing import Any, TypeVar

from papers.models import Award, Decision, Paper, PresentationKind, Workshop
from papers.table_matching import HeldPapers, UnclearPaper
from papers.table_words import read_vocabulary
from papers.tables.cells import read_forum, read_number
from papers.tables.dialects import DECISIONS
from papers.tables.files import open_table
from papers.tables.rows import FORUM_REMEDY
from papers.tables.sheet_cells import KEY_REMEDY, SheetCells
from papers.tables.values import Mistake, Sheet, SheetRow
from papers.tables.words import NOTHING
from papers.texts import clean_line, clean_text, fold_text

REVOKE = "revoke"
OUTCOME_REMEDY = "Write accept, reject or revoke."
COLUMNS_REMEDY = "Name the columns in its first row: number, outcome, presentation, award, comment."

Part = TypeVar("Part", PresentationKind, Award)


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What one row asks for. `comment` None leaves the comment as it is; `column` is to blame for a refusal."""

    place: int
    sheet: str
    unit: str
    column: str
    paper: Paper
    outcome: str
    presentation: PresentationKind | None = None
    award: Award | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A parsed table: what it asks for, what is wrong in it, what was passed over."""

    rows: tuple[DecisionRow, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    notices: tuple[str, ...] = ()


def parse_decisions(workshop: Workshop, content: bytes) -> DecisionTable:
    """Read a table with the columns number or forum, outcome, presentation, award, comment; writes nothing.

    An empty presentation or award keeps what an accepted paper has; "none" takes it away. An empty
    comment keeps the comment.
    """
    opened = open_table(content)
    sheets = [sheet for sheet in opened.sheets if DECISIONS.tells(sheet.folded)]
    if not sheets:
        wanted = Mistake(
            "The table has no column “outcome”.", "Name the columns in its first row: number, outcome, presentation, award, comment."
        )
        return DecisionTable(mistakes=opened.mistakes or (wanted,), notices=opened.notices)
    parser = _Parser(workshop, sheets[0])
    rows = tuple(parser.parse())
    unused = [name for name, folded in sheets[0].columns if folded not in parser.cells.roles.values()]
    ignored = (f"Columns that were not read: {', '.join(unused)}.",) if unused else ()
    return DecisionTable(rows, (*opened.mistakes, *parser.cells.mistakes), (*opened.notices, *ignored))


class _Parser:
    """Reads one sheet of decisions against one workshop."""

    def __init__(self, workshop: Workshop, sheet: Sheet) -> None:
        self.cells = SheetCells(sheet, DECISIONS)
        self.papers = HeldPapers(workshop)
        self.vocabulary = read_vocabulary(workshop)
        self.presentations = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
        self.awards = {award.slug: award for award in workshop.awards.select_related("presentation")}
        self.seen: dict[int, SheetRow] = {}

    def parse(self) -> list[DecisionRow]:
        return [parsed for row in self.cells.sheet.rows if (parsed := self._parse_row(row)) is not None]

    def _parse_row(self, row: SheetRow) -> DecisionRow | None:
        count = len(self.cells.mistakes)
        paper = self._find_paper(row)
        told = self._read_outcome(row)
        held = getattr(paper, "decision", None)
        has_place = held is not None and held.outcome == told.get("outcome") == Decision.Outcome.ACCEPT
        kept: Any = held if has_place else None
        presentation = self._read_part(row, "presentation", self.presentations, told.get("presentation"), kept and kept.presentation)
        award = self._read_part(row, "award", self.awards, None, kept and kept.award)
        self._check_parts(row, told.get("outcome", ""), award)
        if paper is None or len(self.cells.mistakes) > count:
            return None
        comment = clean_text(self.cells.text(row, "comment")) or None
        sheet = self.cells.sheet
        blamed = next((role for role in ("award", "presentation") if self.cells.has_text(row, role)), "outcome")
        column = self.cells.written[self.cells.roles[blamed]]
        return DecisionRow(row.place, sheet.name, sheet.unit, column, paper, told["outcome"], presentation, award, comment)

    def _find_paper(self, row: SheetRow) -> Paper | None:
        written = clean_line(self.cells.text(row, "number"))
        is_forum = written in self.papers.by_note and not self.cells.has_text(row, "forum")
        number = None if is_forum else self.cells.attempt(row, "number", read_number, "This is not a paper number.", KEY_REMEDY)
        note_id = self.cells.attempt(row, "forum", read_forum, "This is not a forum id.", FORUM_REMEDY) or (written if is_forum else "")
        if number is None and not note_id:
            if not self.cells.has_text(row, "number", "forum"):
                self.cells.blame(row, "number", "The row does not say which paper it decides.", KEY_REMEDY)
            return None
        try:
            paper = self.papers.find(number=number, note_id=note_id)
        except UnclearPaper as error:
            self.cells.blame(row, error.role, str(error), error.remedy, note_id if error.role == "forum" else str(number))
            return None
        role, key = ("number", str(number)) if number is not None else ("forum", note_id)
        if paper is None or (note_id and paper.note_id != note_id):
            self.cells.blame(
                row,
                "forum" if note_id else role,
                "The workshop has no such paper.",
                "Correct it, or import the paper first.",
                note_id or key,
            )
            return None
        if self.seen.setdefault(paper.pk, row) is not row:
            self.cells.blame(row, role, f"This paper stands in row {self.seen[paper.pk].place} already.", "Keep one of the two.", key)
        return paper

    def _read_outcome(self, row: SheetRow) -> dict[str, Any]:
        text = clean_line(self.cells.text(row, "outcome"))
        if fold_text(text) == REVOKE:
            return {"outcome": REVOKE}
        meaning = self.vocabulary.explain_decision(text) if text else None
        if not isinstance(meaning, dict):
            sentence, target = ("This is not a decision.", "decision") if text else ("There is no decision.", "")
            self.cells.blame(row, "outcome", sentence, OUTCOME_REMEDY, text, target=target)
            return {}
        return meaning

    def _read_part(self, row: SheetRow, role: str, known: dict[str, Part], told: str | None, held: Part | None) -> Part | None:
        text = clean_line(self.cells.text(row, role))
        if fold_text(text) in NOTHING:
            return None
        if not text:
            return known.get(told or "", held)
        slug = self.vocabulary.find_word(role, text)
        if slug is None:
            self.cells.blame(row, role, f"The workshop knows no {role} of this name.", self.vocabulary.tell_known(role), text)
            return None
        if told and told != slug:
            self.cells.blame(row, role, "The outcome names another presentation.", "Make the two agree.", text)
        return known[slug]

    def _check_parts(self, row: SheetRow, outcome: str, award: Award | None) -> None:
        text = clean_line(self.cells.text(row, "presentation"))
        if outcome == REVOKE and self.cells.has_text(row, "presentation", "award", "comment"):
            self.cells.blame(
                row, "outcome", "A decision that is taken back has no presentation, award or comment.", "Leave them empty.", REVOKE
            )
        brought = award.presentation if award is not None and outcome == Decision.Outcome.ACCEPT else None
        if brought and text and self.vocabulary.find_word("presentation", text) not in {None, brought.slug}:
            sentence = f"{award} brings {brought.name}." if award else ""
            self.cells.blame(row, "presentation", sentence, f"Write {brought.slug}, or none as the award.", text)
