"""Reads CSV and its relatives into a grid."""

import csv
import io

from papers.tables.columns import count_known
from papers.tables.values import Grid, Mistake

DELIMITERS = (",", ";", "\t", "|")
RECORDS_LOOKED_AT = 20
MOST_COLUMNS = 500


def read_delimited(text: str) -> tuple[Grid, list[Mistake]]:
    """Return the records of a CSV text; each has as many cells as were written.

    The separator is the one of comma, semicolon, tab and bar that makes most column names known. Cells
    stay as they are: "NA", "None" and "null" are names of people.
    """
    text = text.replace("\x00", "")
    delimiter = find_delimiter(text)
    try:
        lengths = [len(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error:
        return Grid("", []), [Mistake("A cell is longer than 131,072 characters.", "Is a quotation mark missing?")]
    if max(lengths, default=0) > MOST_COLUMNS:
        return Grid("", []), [Mistake(f"The table has more than {MOST_COLUMNS} columns.", "Is its separator a comma, semicolon or tab?")]
    return _read_records(text, delimiter, lengths)


def find_delimiter(text: str) -> str:
    """Return the separator under which the first records hold most names of columns that we know."""

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        try:
            records = [record for record, _ in zip(reader, range(RECORDS_LOOKED_AT), strict=False)]
        except csv.Error:
            return 0, 0
        return max(map(count_known, records), default=0), max(map(len, records), default=0)

    return max(DELIMITERS, key=score)


def _read_records(text: str, delimiter: str, lengths: list[int]) -> tuple[Grid, list[Mistake]]:
    import pandas as pd  # heavy: never loads with django.setup()

    if not any(lengths) or not text.strip():
        return Grid("", []), []
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=list(range(max(lengths))),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            skip_blank_lines=False,
        )
    except pd.errors.ParserError as error:
        is_open = "EOF inside string" in str(error)
        sentence = "A quotation mark is opened and never closed." if is_open else f"The table cannot be read ({error})."
        return Grid("", []), [Mistake(sentence, "Write quotation marks inside a cell twice.")]
    rows = [list(map(str, record)) for record in frame.itertuples(index=False, name=None)]
    if len(rows) == len(lengths):
        rows = [cells[:length] for cells, length in zip(rows, lengths, strict=True)]
    return Grid("", rows), []
