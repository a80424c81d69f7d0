"""Writes a workshop's settings as a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from papers.management.refusals import WRONG_USAGE, RefusingCommand, find_workshop
from program.workshop_files import dump_workshop


class Command(RefusingCommand):
    """Dumps a workshop in the normal form of its file."""

    help = "Write a workshop's settings as one JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the workshop and where its file goes."""
        parser.add_argument("workshop", metavar="WORKSHOP", help="the slug of the workshop")
        parser.add_argument("--output", metavar="FILE", help="the file to write; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        data = dump_workshop(find_workshop(options["workshop"]))
        if not options["output"]:
            self.stdout.write(data.decode(), ending="")
            return
        try:
            Path(options["output"]).write_bytes(data)
        except OSError as error:
            raise CommandError(f"{options['output']} can't be written: {error.strerror}.", returncode=WRONG_USAGE) from error
