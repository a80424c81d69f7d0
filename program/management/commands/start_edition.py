"""Starts the next edition of a workshop."""

from typing import Any

from django.core.management.base import CommandParser

from papers.management.refusals import RefusingCommand, find_workshop
from program.next_edition import start_next_edition


class Command(RefusingCommand):
    """Copies what lasts into a new workshop and lists what still names the old one."""

    help = "Start the next edition of a workshop; lists every leftover of the last one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the last edition and the next one's slug and year."""
        parser.add_argument("workshop", metavar="WORKSHOP", help="the slug of the last edition")
        parser.add_argument("--slug", required=True, help="the slug of the next edition")
        parser.add_argument("--year", required=True, type=int, help="the year of the next edition")
        parser.add_argument("--json", action="store_true", help="print the leftovers as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the edition, print what is left over."""
        created, leftovers = start_next_edition(find_workshop(options["workshop"]), slug=options["slug"], year=options["year"], by=None)
        if options["json"]:
            found = [{"place": one.place, "words": one.words, "sentence": one.sentence} for one in leftovers]
            self.write_json({"workshop": created.slug, "leftovers": found})
            return
        for leftover in leftovers:
            self.stdout.write(str(leftover))
        self.stdout.write(f"{created} ({created.slug}) was started. {len(leftovers)} texts and settings to look at.")
