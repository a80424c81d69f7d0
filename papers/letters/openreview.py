"""Sends letters through OpenReview, or writes them as a file for its console, where it hides the mail addresses."""

import csv
import io

from papers.connections import find_addresses
from papers.errors import NotPermitted, NotThere, OtherSideFailed, Rejected
from papers.letters.checking import Check
from papers.letters.couriers import Fate, Handover
from papers.models import Letter, Workshop
from papers.openreview.client import Connection
from papers.openreview.messages import LookUpRefused, send_through_openreview
from papers.openreview.offices import Offices, read_offices
from papers.openreview.sign_in import Credentials
from papers.spreadsheets import escape_cell

COLUMNS = ("number", "forum", "group", "profiles", "subject", "body")


class OpenReviewCourier:
    """Asks OpenReview to write to a paper's group of authors; what may have been sent before is looked up there first."""

    def __init__(self, workshop: Workshop, token: str) -> None:
        self.workshop, self.token = workshop, token
        self._open: tuple[Connection, Offices] | None = None

    def hand_over(self, letter: Letter, workshop: Workshop) -> Handover:
        """Send one letter to all authors of its paper."""
        number = letter.paper.number if letter.paper else None
        try:
            connection, offices = self._connect()
            said = send_through_openreview(
                connection,
                offices=offices,
                recipients=[letter.address if number is None else offices.name_authors(number)],
                subject=letter.subject,
                body=letter.body,
                key=letter.message_id,
                is_retry=letter.attempt_count > 1 or bool(letter.trouble),
            )
        except LookUpRefused as refusal:
            return Handover(Fate.UNCLEAR, refusal.sentence)
        except NotPermitted as refusal:
            return Handover(Fate.BARRED, refusal.sentence)
        except (Rejected, NotThere) as refusal:
            return Handover(Fate.REFUSED, refusal.sentence)
        except OtherSideFailed as refusal:  # its answer may have been lost; the next attempt looks the letter up
            return Handover(Fate.BUSY, refusal.sentence)
        return Handover(Fate.SENT, said)

    def close(self) -> None:
        """Forget the connection."""
        self._open = None

    def _connect(self) -> tuple[Connection, Offices]:
        if self._open is None:
            connection = Connection(find_addresses()[2], credentials=Credentials(token=self.token))
            connection.sign_in()
            self._open = connection, read_offices(connection.get_group(self.workshop.venue_id))
        return self._open


def write_recipient_file(check: Check) -> str:
    """Return the letters as CSV, a line a paper: number, forum, the group and the profiles of its authors, subject, body."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for letter in check.letters:
        paper = letter.recipient.paper
        profiles = " ".join(author.profile_id for author in paper.authors.all() if author.profile_id)
        cells = [str(paper.number), paper.note_id, letter.recipient.address, profiles, letter.subject, letter.body]
        rows.writerow([escape_cell(cell) for cell in cells])
    return written.getvalue()
