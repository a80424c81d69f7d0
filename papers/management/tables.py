"""What the commands that read tables share: the file, and mistakes on both outputs."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from papers.errors import Refusal
from papers.management.refusals import WRONG_USAGE, RefusingCommand
from papers.tables.files import MOST_BYTES
from papers.tables.refusals import TableRefused


class TableCommand(RefusingCommand):
    """Reads one file; with `--json` a refused table is told as one document on stdout too."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the workshop and the file."""
        parser.add_argument("workshop", help="The workshop's slug.")
        parser.add_argument("file", type=read_path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON document.")

    def misuse(self, sentence: str) -> CommandError:
        """Return the error of a wrong usage for raising."""
        return CommandError(sentence, returncode=WRONG_USAGE)

    def refuse_table(self, refusal: TableRefused, options: dict[str, Any]) -> TableRefused:
        """Tell the mistakes as JSON where that was asked for; return the refusal for raising."""
        if options["json"]:
            self.write_json({"mistakes": [mistake.as_json() for mistake in refusal.mistakes]})
        return refusal


def read_file(path: Path) -> bytes:
    """Return a table's bytes; refuses a file that is larger than tables may be or can't be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refusal(f"{path} is larger than {MOST_BYTES // 1024 // 1024} MB. Split it.")
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"{path} can't be read: {error.strerror}.") from error


def read_path(text: str) -> Path:
    """Return the path of a file that is there, as arguments of a command are read."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text!r}")
    return path
