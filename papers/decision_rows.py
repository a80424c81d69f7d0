"""Reads the rows of a table of decisions against one workshop; writes nothing."""

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from papers.decision_plans import REVOKE, Wish
from papers.models import Award, Decision, Paper, PresentationKind, Workshop
from papers.querysets.placing import find_named, load_for_deciding
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

OUTCOME_REMEDY = "Write accept, reject or revoke."
LONGEST_COMMENT = 10_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # with those that turn the direction of writing
COLUMNS_REMEDY = "Name the columns in its first row: number, outcome, presentation, award, comment."

Part = TypeVar("Part", PresentationKind, Award)


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A parsed table: what it asks for, what is wrong in it, what was passed over."""

    rows: tuple[Wish, ...] = ()
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
        wanted = Mistake("The table has no column “outcome”.", COLUMNS_REMEDY)
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
        self.workshop = workshop
        self.papers = HeldPapers(workshop, find_named(workshop, *self._list_named()))
        self.vocabulary = read_vocabulary(workshop)
        self.presentations = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
        self.awards = {award.slug: award for award in workshop.awards.select_related("presentation")}
        self.seen: dict[int, SheetRow] = {}
        self.unclear: set[int] = set()  # places of rows whose paper stands in another row already

    def _list_named(self) -> tuple[set[int], set[str]]:
        """Return every number and every forum id that the sheet may mean."""
        numbers, notes = set[int](), set[str]()
        for row in self.cells.sheet.rows:
            written, forum = clean_line(self.cells.text(row, "number")), self.cells.text(row, "forum")
            notes.add(written)  # a column of ids may hold either
            with suppress(ValueError):
                numbers.add(read_number(written) or 0)
            with suppress(ValueError):
                notes.add(read_forum(forum) or "")
        return numbers, notes - {""}

    def parse(self) -> list[Wish]:
        named = [(row, self._find_paper(row)) for row in self.cells.sheet.rows]
        papers = load_for_deciding(self.workshop.papers.all(), {paper.pk for _, paper in named if paper})
        return [wish for row, paper in named if (wish := self._parse_row(row, papers[paper.pk] if paper else None)) is not None]

    def _parse_row(self, row: SheetRow, paper: Paper | None) -> Wish | None:
        count = len(self.cells.mistakes)
        told = self._read_outcome(row)
        held = getattr(paper, "decision", None)
        has_place = held is not None and held.outcome == told.get("outcome") == Decision.Outcome.ACCEPT
        kept: Any = held if has_place else None
        presentation = self._read_part(row, "presentation", self.presentations, told.get("presentation"), kept and kept.presentation)
        award = self._read_part(row, "award", self.awards, None, kept and kept.award)
        self._check_parts(row, told.get("outcome", ""), award)
        comment = self._read_comment(row)
        if paper is None or row.place in self.unclear or len(self.cells.mistakes) > count:
            return None
        sheet = self.cells.sheet
        blamed = next((role for role in ("award", "presentation") if self.cells.has_text(row, role)), "outcome")
        place = Mistake("", row=row.place, column=self.cells.written[self.cells.roles[blamed]], sheet=sheet.name, unit=sheet.unit)
        return Wish(paper, told["outcome"], presentation, award, comment or None, place)

    def _read_comment(self, row: SheetRow) -> str:
        text = self.cells.text(row, "comment")
        comment = clean_text(text)
        if len(comment) > LONGEST_COMMENT:
            sentence = f"The comment has {len(comment):,} characters; {LONGEST_COMMENT:,} are the most."
            self.cells.blame(row, "comment", sentence, "Shorten it.", text)
        if CONTROL.search(text):
            self.cells.blame(row, "comment", "The comment holds control characters.", "Take them out.", CONTROL.sub("", text))
        return comment

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
            self.unclear.add(row.place)
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
