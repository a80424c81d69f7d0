"""Cells of a workbook as plain values."""

import warnings
from pathlib import Path
from typing import Any

Row = list[Any]


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """Return every sheet's rows."""
    import openpyxl  # heavy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles that openpyxl does not know
        book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets}


def read_names(cell: object) -> tuple[str, ...]:
    """Return names that a comma parts."""
    return tuple(name.strip() for name in str(cell or "").split(",") if name.strip())


def read_minutes(cell: object) -> int:
    """Return a time of day in minutes."""
    text = cell.strftime("%H:%M") if hasattr(cell, "strftime") else str(cell)
    hours, minutes = text.strip().split(":")[:2]
    return 60 * int(hours) + int(minutes)
