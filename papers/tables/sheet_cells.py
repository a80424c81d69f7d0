"""The cells of one sheet by what they mean, with the mistakes found in them."""

from collections.abc import Callable
from typing import TypeVar

from papers.tables.cells import read_text, uncover_cell
from papers.tables.columns import assign_roles
from papers.tables.dialects import Dialect
from papers.tables.values import CELLS, Mistake, Sheet, SheetRow

T = TypeVar("T")

KEY_REMEDY = "Write the paper's number in digits, like 12."


class SheetCells:
    """Looks cells up by role; `written` are the columns as the file calls them, by folded name."""

    def __init__(self, sheet: Sheet, dialect: Dialect) -> None:
        self.sheet, self.dialect = sheet, dialect
        self.roles = assign_roles(sheet.folded, dialect.roles)
        self.written = {folded: name for name, folded in sheet.columns}
        self.mistakes: list[Mistake] = []

    def text(self, row: SheetRow, role: str) -> str:
        """Return what a row says under a role as text; nothing for cells that stand for "not known"."""
        text = read_text(row.cells.get(self.roles.get(role, "")))
        if self.dialect.is_own and self.sheet.unit == CELLS:
            text = uncover_cell(text)
        return "" if text.strip() in self.dialect.says_nothing else text

    def has_text(self, row: SheetRow, *roles: str) -> bool:
        """Tell whether a row says anything under one of the roles."""
        return any(self.text(row, role).strip() for role in roles)

    def attempt(self, row: SheetRow, role: str, read: Callable[[str], T], sentence: str, remedy: str) -> T | None:
        """Return what `read` makes of a cell; what it cannot read is a mistake."""
        text = self.text(row, role)
        try:
            return read(text)
        except ValueError:
            self.blame(row, role, sentence, remedy, text)
            return None

    def blame(self, row: SheetRow, role: str, sentence: str, remedy: str, value: str = "", *, target: str = "") -> None:
        """Note a mistake in a cell."""
        column = self.written.get(self.roles.get(role, ""), role)
        self.mistakes.append(Mistake(sentence, remedy, row.place, column, value, self.sheet.name, self.sheet.unit, target))
