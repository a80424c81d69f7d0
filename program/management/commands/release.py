"""Makes decided facts visible: the decisions, or the schedule."""

from argparse import ArgumentParser
from typing import Any

from papers.decisions import release_decisions
from papers.management.refusals import RefusingCommand, find_workshop
from papers.models import Workshop
from program.schedules import find_schedule_conflicts, release_schedule


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
            self._release_schedule(workshop)
            return
        count = release_decisions(workshop, by=None).count
        self.stdout.write(f"Released {count} decision{'' if count == 1 else 's'} of {workshop}.")

    def _release_schedule(self, workshop: Workshop) -> None:
        """Publish what stands, as version 1 or the next; who runs a command is told of hard conflicts and not asked."""
        hard = [conflict for conflict in find_schedule_conflicts(workshop) if conflict.severity == "hard"]
        release_schedule(workshop, by=None)
        number = workshop.schedule_versions.count()
        self.stdout.write(
            f"Released the schedule of {workshop}." if number == 1 else f"Published version {number} of the schedule of {workshop}."
        )
        for conflict in hard:
            self.stderr.write(conflict.sentence)
