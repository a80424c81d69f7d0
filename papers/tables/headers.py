"""Finds the header of a sheet, under titles and over merged cells, and names its columns."""

from itertools import zip_longest

from papers.tables.columns import KNOWN_COLUMNS, count_known, fold_column
from papers.tables.values import Grid, Mistake, Sheet, SheetRow
from papers.texts import clean_line

ROWS_LOOKED_AT = 20
FEWEST_KNOWN = 2
LONGEST_CELL = 50_000


def name_columns(grid: Grid) -> tuple[Sheet | None, list[Mistake]]:
    """Return the sheet under its header with what is wrong about its shape; no sheet where no row looks like a header.

    The header is the row with most names that we know. Where a row above it holds merged titles
    ("Paper" over "ID" and "Title"), the two are read together.
    """
    place, names = _find_header(grid.rows)
    if count_known(names) < FEWEST_KNOWN:
        return None, []
    columns, mistakes = _fold_columns(names, place + 1, grid.name)
    rows = []
    for number, cells in enumerate(grid.rows[place + 1 :], start=place + 2):
        if not any(cell.strip() for cell in cells):
            continue
        mistakes += _find_odd_cells(cells, columns, number, grid.name)
        padded = [*cells, *[""] * (len(columns) - len(cells))]
        rows.append(SheetRow(number, {folded: cell for (_, folded), cell in zip(columns, padded, strict=False)}))
    return Sheet(grid.name, tuple(columns), tuple(rows)), mistakes


def _find_header(rows: list[list[str]]) -> tuple[int, list[str]]:
    best: tuple[int, int, list[str]] = (0, 0, [])
    for place, cells in enumerate(rows[:ROWS_LOOKED_AT]):
        names = _join_titles(rows[place - 1], cells) if place else cells
        score = count_known(names)
        if score > best[0]:
            best = (score, place, names)
    return best[1], best[2]


def _join_titles(above: list[str], cells: list[str]) -> list[str]:
    names, title = [], ""
    for upper, lower in zip_longest(above, cells, fillvalue=""):
        title = upper.strip() or title
        joined = f"{title} {lower}".strip()
        names.append(joined if lower.strip() and fold_column(joined) in KNOWN_COLUMNS else lower)
    return names[: len(cells)]


def _fold_columns(names: list[str], row: int, sheet: str) -> tuple[list[tuple[str, str]], list[Mistake]]:
    columns: list[tuple[str, str]] = []
    mistakes, seen = [], set[str]()
    for place, written in enumerate(names):
        name = clean_line(written) or f"column {_letter(place)}"
        folded = fold_column(name)
        if folded in seen:
            if folded in KNOWN_COLUMNS:
                mistakes.append(Mistake("Two columns have this name.", "Rename or remove one.", row=row, column=name, sheet=sheet))
            folded = f"{folded} {_letter(place)}"
        seen.add(folded)
        columns.append((name, folded))
    return columns, mistakes


def _find_odd_cells(cells: list[str], columns: list[tuple[str, str]], row: int, sheet: str) -> list[Mistake]:
    mistakes = [
        Mistake(
            f"The cell is longer than {LONGEST_CELL:,} characters.",
            "Is a quotation mark missing before it?",
            row=row,
            column=columns[place][0] if place < len(columns) else "",
            value=cell,
            sheet=sheet,
        )
        for place, cell in enumerate(cells)
        if len(cell) > LONGEST_CELL
    ]
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    if beyond:
        sentence = f"The row has {len(cells)} cells, the header {len(columns)}."
        mistakes.append(Mistake(sentence, "Put text that holds separators into quotation marks.", row=row, value=beyond[0], sheet=sheet))
    return mistakes


def _letter(place: int) -> str:
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
