"""Run background jobs in a process of its own."""

from typing import Any

from django.core.management.base import CommandParser

from papers.management.refusals import RefusingCommand
from papers.worker import Worker, make_reader, mind_jobs


class Command(RefusingCommand):
    """Works until SIGTERM, which lets the running job end; a second one stops it in the middle."""

    help = "Runs background jobs; for PostgreSQL, or where SYNTAGEN_JOBS_IN_WEB is 0."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to end when nothing waits."""
        parser.add_argument("--batch", action="store_true", help="End once no job waits.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        if options["batch"]:
            mind_jobs()
            make_reader(is_batch=True).run()
            return
        Worker().run()
