"""Writes a workshop's decisions to OpenReview."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from papers.connections import find_addresses, make_connector
from papers.management.refusals import REFUSED, RefusingCommand, find_workshop
from papers.openreview.sign_in import Credentials
from papers.push_plans import PushAct, PushItem, PushPlan, open_desk, plan_push
from papers.pushing import PushReport, apply_push, keep_own_writes, refuse_push
from papers.sight import Sight


class Command(RefusingCommand):
    """Compares first; writes what differs, each decision once. Signs in as `import_openreview` does."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop and where to write to."""
        parser.add_argument("workshop")
        parser.add_argument("--base-url", default="", help="Address of the API; OpenReview's own by default.")
        parser.add_argument("--search", default="", help="Only papers that this search finds.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be written and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print plan and report as one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, then write unless it is a dry run; end with 1 where something was refused."""
        workshop, since = find_workshop(options["workshop"]), timezone.now()
        if not options["dry_run"]:
            refuse_push(workshop)
        names = ("OPENREVIEW_USERNAME", "OPENREVIEW_PASSWORD", "OPENREVIEW_TOKEN", "OPENREVIEW_MFA_CODE")
        credentials = Credentials(*(os.environ.get(name, "") for name in names))
        desk = open_desk(workshop, make_connector(find_addresses(options["base_url"]), credentials))
        sight = Sight(workshop, is_inside=True)
        plan, own = plan_push(workshop, sight, desk, search=options["search"])
        report = None
        if not options["dry_run"]:
            keep_own_writes(workshop, desk, own, by=None)
            report = apply_push(workshop, plan.items, sight, desk, by=None, since=since, tell=self._say_place)
        self._tell(plan, report, as_json=options["json"])

    def _say_place(self, count: int, total: int) -> None:
        self.say(f"{count} of {total} decisions")

    def _tell(self, plan: PushPlan, report: PushReport | None, *, as_json: bool) -> None:
        if as_json:
            self.write_json({**plan.as_json(), "counts": plan.count(), "report": report.as_json() if report else None})
        else:
            for item in plan.items:
                if item.act is not PushAct.SAME:
                    self.stdout.write(f"{item.act.value:8}paper {item.number}: {describe_item(item)}")
            for note in plan.notes if report is None else ():
                self.stdout.write(f"notice  {note}")
            self.stdout.write(report.sentence if report else _count(plan))
        refused = [f"paper {item.number}: {item.sentence}" for item in plan.refused]
        refused += [f"paper {told['paper']}: {told['sentence']}" for told in (report.problems if report else [])]
        if refused:
            raise CommandError("\n".join(refused), returncode=REFUSED)


def describe_item(item: PushItem) -> str:
    """Return from what to what an item goes."""
    before = (item.before or {}).get("decision") or "nothing"
    return item.sentence if item.act is PushAct.REFUSE else f"{before} -> {item.after['decision']}"


def _count(plan: PushPlan) -> str:
    counted = plan.count()
    return f"Would create {counted['create']}, change {counted['change']}, leave {counted['same']}; {counted['refuse']} refused."
