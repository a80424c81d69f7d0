"""Cells that spreadsheets must not run."""

import pytest

from papers.spreadsheets import escape_cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\t=1", "\r=1"])
def test_formula_becomes_text(text: str) -> None:
    assert escape_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "N=0", "3-D", "a@b"])
def test_other_cells_stay(text: str) -> None:
    assert escape_cell(text) == text
