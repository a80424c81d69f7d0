"""Reads a whole table: opens the file, takes it for a dialect, reads its rows, finds what contradicts itself."""

from collections.abc import Iterable
from dataclasses import replace

from papers.tables.columns import is_rating
from papers.tables.dialects import DIALECTS, Dialect, find_dialect
from papers.tables.files import open_table
from papers.tables.person_rows import PersonReader
from papers.tables.rows import RowReader
from papers.tables.values import Mistake, OpenedFile, Sheet, TableReading, TableRow

Told = list[tuple[Sheet, Dialect]]


def read_table(content: bytes, *, kept: frozenset[str] = frozenset()) -> TableReading:
    """Return everything that a CSV, XLSX or JSON file says of papers, with all its mistakes; never raises.

    `kept` are folded names of columns that the workshop's own rules read. Tracks, decisions and the
    like stay as their texts: only a workshop can explain them.
    """
    opened = open_table(content)
    told: Told = [(sheet, dialect) for sheet in opened.sheets if (dialect := find_dialect(sheet.folded)) is not None]
    if not told:
        return TableReading(notices=opened.notices, mistakes=opened.mistakes or (_describe_keyless(opened),))
    papers, people = _keep_best(told), [(sheet, dialect) for sheet, dialect in told if dialect.is_people]
    readers = [RowReader(sheet, dialect, kept=kept) for sheet, dialect in papers]
    person_readers = [PersonReader(sheet, dialect) for sheet, dialect in people]
    rows = [row for reader in readers for row in reader.read()]
    by_person = [row for person_reader in person_readers for row in person_reader.read()]
    first = (papers or people)[0][1]
    everyone: list[RowReader | PersonReader] = [*readers, *person_readers]
    columns = {role: everyone[0].written[column] for role, column in everyone[0].roles.items()}
    unused = [name for reader in everyone for name in _list_unused(reader.sheet, reader.used)]
    reading = TableReading(
        rows=tuple(_join_people(rows, by_person)),
        dialect=first.name,
        columns=columns,
        ignored_columns=tuple(dict.fromkeys(name for name, folded in unused if not is_rating(folded))),
        rating_columns=tuple(dict.fromkeys(name for name, folded in unused if is_rating(folded))),
        notices=(*opened.notices, *_describe_left_out(opened, told, [*papers, *people], readers)),
        mistakes=(*opened.mistakes, *(mistake for reader in everyone for mistake in reader.mistakes)),
        is_own=first.is_own,
    )
    return replace(reading, mistakes=(*reading.mistakes, *_find_doubles(reading), *_find_emptiness(reading)))


def _keep_best(told: Told) -> Told:
    papers = [(sheet, dialect) for sheet, dialect in told if not dialect.is_people]
    best = min((DIALECTS.index(dialect) for _, dialect in papers), default=0)
    return [(sheet, dialect) for sheet, dialect in papers if dialect is DIALECTS[best]]


def _join_people(rows: list[TableRow], by_person: list[TableRow]) -> Iterable[TableRow]:
    """Give the papers their authors from the sheet of authors, which knows mail addresses; alone, it is the table."""
    if not rows:
        return by_person
    authors = {row.number: row.authors for row in by_person}
    return [replace(row, authors=authors[row.number]) if row.number is not None and row.number in authors else row for row in rows]


def _find_doubles(reading: TableReading) -> list[Mistake]:
    mistakes, numbers, forums = [], dict[int, TableRow](), dict[str, TableRow]()
    for row in reading.rows:
        if row.number is not None and (first := numbers.setdefault(row.number, row)) is not row:
            mistakes.append(row.blame(reading.columns.get("number", "number"), *_name_double(first), value=str(row.number)))
        if row.note_id and (first := forums.setdefault(row.note_id, row)) is not row:
            mistakes.append(row.blame(reading.columns.get("forum", "forum"), *_name_double(first), value=row.note_id))
    return mistakes


def _name_double(first: TableRow) -> tuple[str, str]:
    place = f"{first.unit.lower()} {first.place}" + (f" of sheet “{first.sheet}”" if first.sheet else "")
    return f"This paper stands in {place} already.", "Keep one of the two."


def _find_emptiness(reading: TableReading) -> list[Mistake]:
    if reading.rows or reading.mistakes:
        return []
    return [Mistake("The table has a header and no papers.", "Add a row for each paper.")]


def _list_unused(sheet: Sheet, used: set[str]) -> list[tuple[str, str]]:
    """Return the columns that were read for nothing though they hold something."""
    return [(name, folded) for name, folded in sheet.columns if folded not in used and any(row.cells.get(folded) for row in sheet.rows)]


def _describe_left_out(opened: OpenedFile, told: Told, read: Told, readers: list[RowReader]) -> list[str]:
    names = [sheet.name for sheet in opened.sheets if sheet not in [one for one, _ in read] and sheet.name]
    notices = [f"Sheets of another kind were passed over: {', '.join(names)}."] if names else []
    drafts = sum(reader.draft_count for reader in readers)
    if drafts:
        notices.append(f"Drafts that were never submitted were left out: {drafts}.")
    return notices


def _describe_keyless(opened: OpenedFile) -> Mistake:
    names = [name for sheet in opened.sheets for name, _ in sheet.columns]
    return Mistake(
        "The table does not say which paper a row is about.", "Add a column “number” or “forum”.", value=", ".join(names), row=None
    )
