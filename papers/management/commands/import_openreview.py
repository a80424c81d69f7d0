"""Imports a workshop's submissions, reviews and decisions from OpenReview."""

import os
from argparse import ArgumentParser
from typing import Any

from papers.connections import find_addresses, make_connector
from papers.imports import ImportOptions, import_submissions
from papers.management.refusals import RefusingCommand, find_workshop
from papers.openreview.sign_in import Credentials
from papers.reports import ImportReport


class Command(RefusingCommand):
    """Reads OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD, or OPENREVIEW_TOKEN; OPENREVIEW_MFA_CODE for a second factor."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop and where to read from."""
        parser.add_argument("workshop")
        parser.add_argument("--base-url", default="", help="Address of the API; OpenReview's own by default.")
        parser.add_argument("--api", choices=["auto", "1", "2"], default="auto")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        workshop = find_workshop(options["workshop"])
        names = ("OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD", "OPENREVIEW_TOKEN", "OPENREVIEW_MFA_CODE")
        credentials = Credentials(*(os.environ.get(name, "") for name in names))
        report = import_submissions(
            workshop,
            connect=make_connector(find_addresses(options["base_url"], api=options["api"]), credentials),
            options=ImportOptions(api=options["api"], is_rehearsal=options["dry_run"]),
            tell=lambda count, total, sentence: self.say(sentence),
        )
        if options["json"]:
            self.write_json(report.as_json())
        else:
            self._print(report, is_rehearsal=options["dry_run"])

    def _print(self, report: ImportReport, *, is_rehearsal: bool) -> None:
        verb = "Would be" if is_rehearsal else "Imported:"
        self.stdout.write(
            f"{verb} {report.created} created, {report.updated} updated, {report.unchanged} unchanged; "
            f"{report.withdrawn} withdrawn, {report.vanished} no longer listed; {report.requests} requests."
        )
        for conflict in report.conflicts:
            self.stdout.write(f"conflict  paper {conflict['paper']}: {conflict['field']} differs; choose on the conflicts page.")
        for problem in report.problems:
            paper = f"paper {problem['paper']}: " if problem["paper"] is not None else ""
            self.stdout.write(f"problem   {paper}{problem['sentence']}")
        for notice in report.notices:
            self.stdout.write(f"notice    {notice}")
