"""Cells that spreadsheets open as text, whatever it begins with."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def escape_cell(text: str) -> str:
    """Return a cell that no spreadsheet reads as a formula: an apostrophe goes before what would start one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
