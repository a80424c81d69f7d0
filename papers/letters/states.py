"""Writes what became of the letters of a mailing as a table."""

import csv
import datetime as dt
import io

from papers.models import Mailing
from papers.spreadsheets import escape_cell

COLUMNS = ("paper", "forum", "title", "name", "address", "state", "sent_at", "bounced_at", "bounce", "attempts", "said", "message_id")


def write_states(mailing: Mailing) -> str:
    """Return a CSV with a line a letter, in the order of papers; instants in UTC."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for letter in mailing.letters.for_states():
        paper = letter.paper
        number = "" if paper is None or paper.number is None else str(paper.number)
        cells = (
            *(number, paper.note_id if paper else "", paper.title if paper else "", letter.name, letter.address, letter.state),
            *(
                _write(letter.sent_at),
                _write(letter.bounced_at),
                letter.bounce,
                str(letter.attempt_count),
                letter.trouble,
                letter.message_id,
            ),
        )
        rows.writerow([escape_cell(cell) for cell in cells])
    return written.getvalue()


def _write(at: dt.datetime | None) -> str:
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""
