"""Reads the rows of one sheet of papers in the words of its dialect."""

import datetime as dt
from typing import Any

from papers.tables.author_cells import read_authors
from papers.tables.cells import FORUM_ADDRESS, VERDICTS, read_forum, read_link, read_number, read_text, read_yes_or_no, split_keywords
from papers.tables.columns import is_rating
from papers.tables.dialects import Dialect
from papers.tables.sheet_cells import KEY_REMEDY, SheetCells
from papers.tables.values import Sheet, SheetRow, TableRow
from papers.texts import clean_line, clean_text, fold_text

TARGETS = ("track", "decision", "presentation", "award", "proceedings")
UNDECIDED = frozenset(
    {"no decision", "awaiting decision", "undecided", "unspecified", "pending", "submitted", "under review", "in review", "none", "active"}
)
STANDINGS = {
    "withdrawn": "withdrawn",
    "withdraw": "withdrawn",
    "desk reject": "desk-rejected",
    "desk rejected": "desk-rejected",
    "desk_reject": "desk-rejected",
    "desk-reject": "desk-rejected",
    "desk-rejected": "desk-rejected",
}
DRAFTS = frozenset({"draft", "inprogress", "in progress"})
LINK_REMEDY = "Write a whole address that starts with https://, or leave the cell empty."
FORUM_REMEDY = "Write the id of its OpenReview forum or the forum's address."


def _holds_links(said: list[str]) -> bool:
    """Tell whether most texts are addresses that are no forum's: an arXiv page says nothing of which paper of ours it is."""
    links = sum(text.startswith(("http://", "https://")) and not FORUM_ADDRESS.match(text) for text in said)
    return 2 * links > len(said)


class RowReader(SheetCells):
    """Reads the papers of one sheet; `kept` are folded columns whose texts the workshop's own rules need."""

    def __init__(self, sheet: Sheet, dialect: Dialect, *, kept: frozenset[str]) -> None:
        super().__init__(sheet, dialect)
        self.kept = kept & sheet.folded
        self.draft_count = 0
        self._settle_key()

    def read(self) -> list[TableRow]:
        """Return the rows; drafts that were never submitted are counted and left out."""
        rows = []
        for row in self.sheet.rows:
            if fold_text(self.text(row, "status")) in DRAFTS:
                self.draft_count += 1
            else:
                rows.append(self._read_row(row))
        return rows

    @property
    def used(self) -> set[str]:
        """Return the folded columns that were read for anything."""
        return {*self.roles.values(), *self.kept, *filter(self._is_kept, self.sheet.folded)}

    def _settle_key(self) -> None:
        """Find out whether a column called "id" holds numbers or forum ids, and one called "url" addresses of forums."""
        column = self.roles.pop("key", "")
        if column and not {"number", "forum"} & self.roles.keys():
            said = [clean_line(read_text(row.cells.get(column))) for row in self.sheet.rows]
            numbers = sum(text.lstrip("#").removesuffix(".0").isdecimal() for text in said)
            if not _holds_links(said):
                self.roles["number" if 2 * numbers >= len(said) else "forum"] = column

    def _read_row(self, row: SheetRow) -> TableRow:
        standing, said = self._read_standing(row)
        title = clean_line(self.text(row, "title"))
        if "title" in self.roles and not title:
            self.blame(row, "title", "The paper has no title.", "Write it, or take the row out.")
        number = self.attempt(row, "number", read_number, "This is not a paper number.", KEY_REMEDY)
        note_id = self.attempt(row, "forum", read_forum, "This is not a forum id.", FORUM_REMEDY) or self._read_linked_forum(row)
        if not (note_id or self.has_text(row, "number", "forum")):
            self.blame(row, "number" if "number" in self.roles else "forum", "The paper has neither a number nor a forum id.", KEY_REMEDY)
        return TableRow(
            place=row.place,
            sheet=self.sheet.name,
            unit=self.sheet.unit,
            note_id=note_id or "",
            number=number,
            title=title or None,
            abstract=self._read_long(row, "abstract"),
            tldr=self._read_long(row, "tldr"),
            keywords=self._read_keywords(row),
            authors=read_authors(self, row),
            link=self.attempt(row, "link", read_link, "This is not a web address.", LINK_REMEDY),
            standing=standing,
            submitted_at=self._read_instant(row),
            said=said,
            extras=self._read_extras(row),
            cells={folded: (self.written[folded], clean_line(read_text(row.cells.get(folded)))) for folded in sorted(self.kept)},
        )

    def _read_linked_forum(self, row: SheetRow) -> str:
        """Return the forum id of a link that leads to a forum, where no column is said to hold forum ids."""
        text = clean_line(self.text(row, "link"))
        return read_forum(text) if FORUM_ADDRESS.match(text) and "forum" not in self.roles else ""

    def _read_long(self, row: SheetRow, role: str) -> str | None:
        text = clean_text(self.text(row, role))
        return text if text or (self.dialect.is_own and role in self.roles) else None

    def _read_keywords(self, row: SheetRow) -> tuple[str, ...] | None:
        cell = row.cells.get(self.roles.get("keywords", ""))
        marks = (";",) if self.dialect.is_own else (";", "\n", ",")
        keywords = split_keywords(cell if isinstance(cell, list) else self.text(row, "keywords"), marks=marks)
        return keywords if keywords or (self.dialect.is_own and "keywords" in self.roles) else None

    def _read_instant(self, row: SheetRow) -> dt.datetime | None:
        text = self.text(row, "submitted")
        return dt.datetime.fromtimestamp(int(text), tz=dt.UTC) if text.isdecimal() and len(text) <= 10 else None

    def _read_extras(self, row: SheetRow) -> dict[str, Any]:
        taken = set(self.roles.values())
        wanted = {name for name in self.sheet.folded if name in self.kept or (self._is_kept(name) and name not in taken)}
        return {self.written[name]: row.cells[name] for name in sorted(wanted) if row.cells.get(name) not in (None, "", [], {})}

    def _is_kept(self, folded: str) -> bool:
        return self.dialect.keeps(folded) and not folded.endswith(" at") and not is_rating(folded)

    def _read_standing(self, row: SheetRow) -> tuple[str | None, dict[str, tuple[str, str]]]:
        """Return what became of the paper where the row says so, and the texts that a workshop explains."""
        said = {name: (self.written[self.roles[name]], clean_line(self.text(row, name))) for name in TARGETS if name in self.roles}
        standing = "deleted" if read_yes_or_no(fold_text(self.text(row, "deleted"))) else self._read_withdrawn(row)
        # Our JSON lists accepted papers only and does not say so once more.
        column, decision = said.get("decision", ("decision", "accept") if self.dialect.is_own else ("", ""))
        status = fold_text(self.text(row, "status"))
        if not decision and status in VERDICTS:
            column, decision = self.written[self.roles["status"]], VERDICTS[status]
        for word in (status, fold_text(decision)):
            standing = standing or STANDINGS.get(word)
        if fold_text(decision) in UNDECIDED or fold_text(decision) in STANDINGS:
            standing, decision = standing or "active", ""
        if standing is None and self.dialect.tells_standing and self.has_text(row, "status", "decision", "deleted"):
            standing = "active"
        if column:
            said["decision"] = (column, decision)
        return standing, said

    def _read_withdrawn(self, row: SheetRow) -> str | None:
        word = fold_text(self.text(row, "standing"))
        answer = read_yes_or_no(word)
        if not word or answer is not None:
            return None if answer is None else "withdrawn" if answer else "active"
        if word not in STANDINGS and word != "active":
            self.blame(row, "standing", "This does not say whether the paper was withdrawn.", "Write yes or no.", word)
        return STANDINGS.get(word, "active")
