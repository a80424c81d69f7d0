"""Makes decided facts visible: the decisions, or the schedule."""

from argparse import ArgumentParser
from typing import Any

from papers.decisions import release_decisions
from papers.management.refusals import RefusingCommand, find_workshop
from program.schedules import release_schedule


class Command(RefusingCommand):
    """Decisions become visible to authors and, if accepted, to the world; the schedule becomes the public program."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop and what to release."""
        parser.add_argument("workshop")
        parser.add_argument("what", choices=["decisions", "schedule"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Release."""
        workshop = find_workshop(options["workshop"])
        if options["what"] == "schedule":
            release_schedule(workshop, by=None)
            self.stdout.write(f"Released the schedule of {workshop}.")
            return
        count = release_decisions(workshop, by=None).count
        self.stdout.write(f"Released {count} decision{'' if count == 1 else 's'} of {workshop}.")
