"""Reads delivery reports, notes which letters came back."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from papers.bounces import note_bounces, read_mails, split_mails
from papers.errors import Refusal
from papers.management.refusals import RefusingCommand


class Command(RefusingCommand):
    """Takes a Maildir folder, an mbox file, one mail, or any of the last two on stdin; may be run on the same mails again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where the mails are."""
        parser.add_argument("file", help="a Maildir folder, an mbox, a mail; - for stdin")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Note and report."""
        if options["file"] == "-":
            mails = split_mails(sys.stdin.buffer.read())
        else:
            path = Path(options["file"])
            if not path.exists():
                raise Refusal(f"There is no {path}; name a Maildir folder, an mbox file, a file with one mail, or - for stdin.")
            mails = read_mails(path)
        summary = note_bounces(mails, by=None)
        if options["as_json"]:
            rows = [
                {"address": letter.address, "paper": letter.paper and letter.paper.number, "letter": letter.mailing.name}
                for letter in summary.noted
            ]
            self.write_json({"noted": rows, "known": summary.known, "strange": summary.strange, "other": summary.other})
            return
        self.stdout.write(str(summary))
        for address in summary.strange:
            self.say(f"Not ours: {address}")
