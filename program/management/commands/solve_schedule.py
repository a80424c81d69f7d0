"""Fills the schedule of a workshop by the solver."""

from argparse import ArgumentParser
from typing import Any

from papers.errors import Refusals
from papers.management.refusals import RefusingCommand, find_workshop
from papers.models import Workshop
from program.filling.asked import FillRequest, Mode, Scope
from program.filling.runs import MOST_SECONDS, keep_run, solve_run, take_over, tell_end
from program.models import FillRun
from program.schedules import find_schedule_conflicts


class Command(RefusingCommand):
    """Search for the seconds given, take over what is found; ends with 1 when rules contradict each other."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what can be asked."""
        parser.add_argument("workshop", metavar="WORKSHOP")
        parser.add_argument("--seconds", type=int, default=20, help=f"how long to search, at most {MOST_SECONDS}")
        parser.add_argument("--seed", type=int, default=1, help="the same seed and seconds give the same schedule")
        parser.add_argument("--keep-published", action="store_true", help="move as little as possible of what is published")
        parser.add_argument("--keep-placed", action="store_true", help="leave what has a place where it is")
        parser.add_argument("--day", action="store_true", help="give sessions their starts, one after the other, instead of placing papers")
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *_: Any, **options: Any) -> None:
        """Fill it."""
        workshop = find_workshop(options["workshop"])
        scope = Scope.PUBLISHED if options["keep_published"] else Scope.TRAY if options["keep_placed"] else Scope.FREE
        mode = Mode.DAY if options["day"] else Mode.PAPERS
        asked = FillRequest(mode, scope, options["seconds"], options["seed"])
        run = solve_run(keep_run(workshop, asked, by=None))
        if run.found and not options["dry_run"]:
            take_over(run, by=None)
        if options["json"]:
            self.write_json(describe_run(workshop, run))
        if run.reasons:
            raise Refusals("No such schedule exists; nothing was changed.", [reason["sentence"] for reason in run.reasons])
        if not options["json"]:
            self.stdout.write(" ".join([tell_end(run), *(run.found or {}).get("said", [])]))


def describe_run(workshop: Workshop, run: FillRun) -> dict[str, Any]:
    """Return what a run found: the cost of each rule, every hard conflict of the schedule as it is now, why there is none."""
    found = run.found or {}
    hard = [conflict for conflict in find_schedule_conflicts(workshop) if conflict.severity == "hard"]
    return {
        "seconds": run.seconds,
        "seed": run.seed,
        "soft": found.get("soft", 0),
        "costs": found.get("costs", {}),
        "is_proven": found.get("is_proven", False),
        "placed": len(found.get("places", found.get("starts", []))),
        "left": found.get("said", []),
        "moved": found.get("moved", []),
        "hard": [{"code": one.code, "sentence": one.sentence, "uids": list(one.uids)} for one in hard],
        "contradiction": run.reasons,
    }
