"""What a table holds on its way in: frozen values, no database."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from papers.submissions import SubmittedAuthor

SHOWN_CHARACTERS = 60
CELLS, ITEMS = "Row", "Item"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one place of a table, with what to do about it.

    `row` counts as spreadsheet programs do (the header is a row too); for JSON it is the place in the
    list and `unit` says so. None stands for the whole file. `target` is set for a word that the workshop
    may explain: track, decision, presentation, proceedings.
    """

    sentence: str
    remedy: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    sheet: str = ""
    unit: str = CELLS
    target: str = ""

    def __str__(self) -> str:
        parts = [f"sheet “{self.sheet}”"] if self.sheet else []
        parts += [f"{self.unit.lower()} {self.row}"] if self.row is not None else []
        parts += [f"“{self.column}”"] if self.column else []
        parts += [f"value “{shorten(self.value)}”"] if self.value else []
        place = ", ".join(parts)
        said = f"{self.sentence} {self.remedy}".strip()
        return f"{place[:1].upper()}{place[1:]}: {said}" if place else said

    def as_json(self) -> dict[str, Any]:
        """Return the mistake as one JSON object with its whole sentence as `text`."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "sheet": self.sheet,
            "sentence": self.sentence,
            "remedy": self.remedy,
            "text": str(self),
        }


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet as text, from its first row on, before anybody knows which row is the header."""

    name: str
    rows: list[list[str]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row by column name; cells are text, from JSON also lists and objects."""

    place: int
    cells: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose columns are known; `columns` pairs each name as written with its folded form."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[SheetRow, ...]
    unit: str = CELLS

    @property
    def folded(self) -> frozenset[str]:
        """Return the folded names of the columns."""
        return frozenset(folded for _, folded in self.columns)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file taken apart into sheets; `notices` say what was assumed on the way."""

    sheets: tuple[Sheet, ...] = ()
    notices: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """What one row says of a paper, in our words where they are the same everywhere. None is unknown.

    `said` holds, by target (track, decision, presentation, award, proceedings), the column and its text,
    which only a workshop can explain. `cells` hold the same, by folded column, where the workshop's own
    rules name the column.
    """

    place: int
    sheet: str = ""
    unit: str = CELLS
    note_id: str = ""
    number: int | None = None
    title: str | None = None
    abstract: str | None = None
    tldr: str | None = None
    keywords: tuple[str, ...] | None = None
    authors: tuple[SubmittedAuthor, ...] | None = None
    link: str | None = None
    standing: str | None = None
    submitted_at: dt.datetime | None = None
    said: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    extras: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def blame(self, column: str, sentence: str, remedy: str = "", *, value: str = "", target: str = "") -> Mistake:
        """Return a mistake in this row."""
        return Mistake(sentence, remedy, self.place, column, value, self.sheet, self.unit, target)


@dataclass(frozen=True, slots=True)
class TableReading:
    """All that a file says: its rows, the dialect it was taken for, the columns nobody asked for, its mistakes.

    `columns` names, by role, the column as the file calls it. `is_own` is true for what the product itself
    wrote, where an empty cell means empty, not unknown.
    """

    rows: tuple[TableRow, ...] = ()
    dialect: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored_columns: tuple[str, ...] = ()
    rating_columns: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    is_own: bool = False


def shorten(text: str, length: int = SHOWN_CHARACTERS) -> str:
    """Return `text` on one line, cut with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"
