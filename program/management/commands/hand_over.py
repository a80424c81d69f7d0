"""Writes all that the proceedings office gets of a workshop, or says what is missing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from papers.management.refusals import REFUSED, WRONG_USAGE, RefusingCommand, find_workshop
from papers.sight import Sight
from program.hand_over.packages import build_package, collect_hand_over, save_package
from program.hand_over.reports import count_papers, describe_waiting, list_guessed_names


class Command(RefusingCommand):
    """Hands over approved papers that are meant for the proceedings; says of every other one what it waits for."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the workshop with where to write, or --check."""
        parser.add_argument("workshop")
        parser.add_argument("--output", default="", metavar="DIR|FILE.zip", help="An empty or new folder, or a ZIP file.")
        parser.add_argument("--check", action="store_true", help="Write nothing; end with 1 when a paper that is meant is not in.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the package, or check."""
        if not options["output"] and not options["check"]:
            raise CommandError("Say where to write with --output, or only look with --check.", returncode=WRONG_USAGE)
        workshop = find_workshop(options["workshop"])
        handed = collect_hand_over(Sight(workshop, is_inside=True))
        waiting, guessed = describe_waiting(handed.candidates), list_guessed_names(handed.papers)
        told = [f"{count_papers(len(waiting))} meant for the proceedings can't be handed over yet."] if waiting else []
        told += [*waiting, *handed.collisions] if options["check"] else waiting
        if guessed:
            names = ", ".join(f"{name.given} | {name.family}" for name in guessed)
            self.say(f"Where these names split is a guess; confirm them on the page Hand-over: {names}")
        if options["check"] and told:
            raise CommandError("\n".join(told), returncode=REFUSED)
        for sentence in told:
            self.say(sentence)
        if not options["check"]:
            save_package(build_package(handed), Path(options["output"]))
        verb = "can be handed over" if options["check"] else f"handed over: {options['output']}"
        self.stdout.write(f"{count_papers(len(handed.papers))} {verb}")
