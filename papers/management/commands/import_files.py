"""Takes camera-ready files of accepted papers from OpenReview."""

import os
from argparse import ArgumentParser
from typing import Any

from papers.connections import find_addresses, make_connector
from papers.file_imports import FileImportReport, describe_plan, import_files
from papers.file_plans import FilePlan, open_files, plan_files
from papers.management.refusals import RefusingCommand, find_workshop
from papers.openreview.sign_in import Credentials
from papers.sight import Sight


class Command(RefusingCommand):
    """Signs in as `import_openreview` does; ends with 75 when OpenReview asks to wait, and goes on when called again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop and where to read from."""
        parser.add_argument("workshop")
        parser.add_argument("--base-url", default="", help="Address of the API; OpenReview's own by default.")
        parser.add_argument("--api", choices=["auto", "1", "2"], default="auto")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be taken and take nothing.")
        parser.add_argument("--json", action="store_true", help="Print plan and report as one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, take unless it is a dry run, report."""
        workshop = find_workshop(options["workshop"])
        names = ("OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD", "OPENREVIEW_TOKEN", "OPENREVIEW_MFA_CODE")
        credentials = Credentials(*(os.environ.get(name, "") for name in names))
        connect = make_connector(find_addresses(options["base_url"], api=options["api"]), credentials)
        opened, sight = open_files(workshop, connect, api=options["api"]), Sight(workshop, is_inside=True)
        report = None
        if options["dry_run"]:
            plan = plan_files(sight, opened, is_kept=False)
        else:
            plan, report = import_files(sight, opened, by=None, tell=self._say_place)
        if options["json"]:
            self.write_json({**plan.as_json(), "counts": plan.count(), "report": report.as_json() if report else None})
        else:
            self._print(plan, report)

    def _say_place(self, count: int, total: int) -> None:
        self.say(f"{count} of {total} files")

    def _print(self, plan: FilePlan, report: FileImportReport | None) -> None:
        for item in (*plan.takeable, *plan.told):
            self.stdout.write(f"{item.act.value:8}paper {item.number}, {item.kind_name}{f': {item.sentence}' if item.sentence else ''}")
        for problem in report.problems if report else ():
            self.stdout.write(f"problem paper {problem['paper']}, {problem['kind']}: {problem['sentence']}")
        self.stdout.write(report.sentence if report else f"Would take: {describe_plan(plan)}")
