"""Checks one PDF file against the rules of a track: findings, facts, seconds."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from papers.management.refusals import REFUSED, WRONG_USAGE, RefusingCommand
from papers.pdf_checks.findings import Report
from papers.pdf_checks.rules import RULES
from papers.pdf_checks.sandbox import check_pdf


class Command(RefusingCommand):
    """Ends with 0 when nothing blocks, with 1 when something does."""

    help = __doc__ or ""
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the rules and what is registered."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--rules", required=True, choices=sorted(RULES))
        parser.add_argument("--title", default="", help="the registered title")
        parser.add_argument("--author", action="append", default=[], dest="authors", help="a registered author; repeat in printed order")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, print, and end as the findings say."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=WRONG_USAGE)
        report = check_pdf(path, RULES[options["rules"]], title=options["title"], authors=options["authors"])
        if options["json"]:
            self.write_json(report.as_json())
        else:
            self._print(report)
        if report.is_blocked:
            raise SystemExit(REFUSED)

    def _print(self, report: Report) -> None:
        for finding in report.findings:
            place = f" (page {finding.page})" if finding.page else ""
            self.stdout.write(f"{finding.severity:5}  {finding.code}{place}: {finding.message}\n       {finding.remedy}")
        self.stdout.write(f"{len(report.findings)} findings in {report.seconds:.2f} s.")
