"""Writes the blocks of a workshop into its existing site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from papers.management.refusals import REFUSED, RefusingCommand, find_workshop
from papers.models import Workshop
from program.findings import Finding
from program.management.output import print_bytes
from program.sites import SitePlan, plan_site, publish_site


class Command(RefusingCommand):
    """Touches nothing outside the marked blocks; --diff shows what would change, --check says whether anything would."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop and the folder of the site."""
        parser.add_argument("workshop")
        parser.add_argument("--into", required=True, metavar="DIR", help="Folder of the site, for example a git clone.")
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="Write nothing; end with 1 when the site is stale.")
        only.add_argument("--diff", action="store_true", help="Write nothing; print what would change as a unified diff.")
        parser.add_argument("--force", default="", metavar="REASON", help="Publish in spite of blocking findings; the reason is kept.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, compare or check."""
        workshop = find_workshop(options["workshop"])
        if options["diff"] or options["check"]:
            plan = plan_site(workshop, options["into"])
            self._say_findings(plan.findings)
            if options["diff"]:
                print_bytes(self.stdout, plan.diff)
            elif plan.is_stale:
                raise CommandError(_describe_stale(workshop, plan), returncode=REFUSED)
            return
        plan = publish_site(workshop, options["into"], by=None, reason=options["force"])
        self._say_findings(plan.findings)
        for file in plan.files:
            if file.is_changed:
                self.stdout.write(f"{file.path}: {', '.join(file.blocks)}")
        if not plan.is_stale:
            self.stdout.write("Nothing to write; the site is up to date.")

    def _say_findings(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            self.say(f"{finding.severity}  {finding.where}: {finding.sentence} {finding.remedy}")


def _describe_stale(workshop: Workshop, plan: SitePlan) -> str:
    files = ", ".join(file.path for file in plan.files if file.is_changed)
    return f"The site of {workshop} is stale in {files}. Run publish_site without --check to write it, with --diff to see the change."
