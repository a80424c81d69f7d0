"""The file of decisions that OpenReview's console takes: values in, bytes out."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from papers.spreadsheets import FORMULA_STARTS
from papers.texts import clean_line


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One decision on its way to the console: the paper's number, the venue's own option, a comment for the authors."""

    number: int
    decision: str
    comment: str = ""


def write_decision_file(rows: Iterable[UploadRow]) -> bytes:
    """Write `number,decision[,comment]` without header, by number.

    As OpenReview parses it (openreview-py 2.9.1, `Venue.post_decisions`): UTF-8 without byte order mark, nothing after the
    last row, two or three fields. A comment goes on one line: breaks inside quotes have lost decisions (its issues 1152, 1209,
    3151). One that a spreadsheet would run gets a blank in front, which Markdown does not show.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    for row in sorted(rows, key=lambda row: row.number):
        comment = clean_line(row.comment)
        comment = f" {comment}" if comment.startswith(FORMULA_STARTS) else comment
        writer.writerow([row.number, row.decision, comment] if comment else [row.number, row.decision])
    return table.getvalue().encode()
