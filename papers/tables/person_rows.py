"""Reads sheets with one author a row, grouped by paper."""

from papers.submissions import SubmittedAuthor
from papers.tables.author_cells import MAIL_REMEDY
from papers.tables.cells import read_number
from papers.tables.people import is_mail, name_institution
from papers.tables.sheet_cells import KEY_REMEDY, SheetCells
from papers.tables.values import SheetRow, TableRow
from papers.texts import clean_line

NOT_AN_AUTHOR = "nonauthor"


class PersonReader(SheetCells):
    """Reads one sheet of authors; the order of its rows is the order of the authors."""

    def read(self) -> list[TableRow]:
        """Return a row for each paper, at the place of its first author."""
        found: dict[int, tuple[SheetRow, list[SubmittedAuthor]]] = {}
        for row in self.sheet.rows:
            if self._line(row, "contact") == NOT_AN_AUTHOR:
                continue
            number = self._read_number(row)
            author = self._read_author(row)
            if number is not None and author is not None:
                found.setdefault(number, (row, []))[1].append(author)
        return [
            TableRow(
                place=row.place,
                sheet=self.sheet.name,
                unit=self.sheet.unit,
                number=number,
                title=self._line(row, "title") or None,
                authors=tuple(authors),
            )
            for number, (row, authors) in found.items()
        ]

    @property
    def used(self) -> set[str]:
        """Return the folded columns that were read for anything."""
        return set(self.roles.values())

    def _line(self, row: SheetRow, role: str) -> str:
        return clean_line(self.text(row, role))

    def _read_number(self, row: SheetRow) -> int | None:
        if not self.has_text(row, "number"):
            self.blame(row, "number", "The author's paper is not named.", KEY_REMEDY)
        return self.attempt(row, "number", read_number, "This is not a paper number.", KEY_REMEDY)

    def _read_author(self, row: SheetRow) -> SubmittedAuthor | None:
        name = clean_line(f"{self._line(row, 'given')} {self._line(row, 'family')}")
        mail = self._line(row, "email").lower()
        if not name:
            self.blame(row, "family", "An author has no name.", "Write it, or take the row out.", mail)
            return None
        if mail and not is_mail(mail):
            self.blame(row, "email", "This is not a mail address.", MAIL_REMEDY, mail)
        places = name_institution(self._line(row, "affiliation"), self._line(row, "country"))
        return SubmittedAuthor(name=name, email=mail, institutions=places)
