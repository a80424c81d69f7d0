"""Creates or updates a workshop from its file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from papers.management.refusals import WRONG_USAGE, RefusingCommand
from program.workshop_files import LoadedWorkshop, load_workshop_file, parse_workshop_file, try_workshop_file


class Command(RefusingCommand):
    """Loads a workshop file; the same file twice changes nothing."""

    help = "Create or update a workshop from its JSON file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and what to do with it."""
        parser.add_argument("file", metavar="FILE.json", help="the workshop file; - reads standard input")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--json", action="store_true", help="print what changed as one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file, or only try it."""
        settings = parse_workshop_file(self.read(options["file"]))
        loaded = try_workshop_file(settings) if options["dry_run"] else load_workshop_file(settings, by=None, actor="load_workshop")
        if options["json"]:
            self.write_json(describe_load(settings.slug, loaded, is_dry=options["dry_run"]))
            return
        for change in loaded.changes if not loaded.is_new else ():
            self.stdout.write(str(change))
        self.stdout.write(summarize_load(f"{settings.short_name} {settings.year} ({settings.slug})", loaded, is_dry=options["dry_run"]))

    def read(self, name: str) -> bytes:
        """Return the bytes of the file; a file that cannot be read is wrong usage."""
        try:
            return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise CommandError(f"{name} can't be read: {error.strerror}.", returncode=WRONG_USAGE) from error


def describe_load(slug: str, loaded: LoadedWorkshop, *, is_dry: bool) -> dict[str, Any]:
    """Return what was done as plain JSON."""
    changes = [{"place": change.place, "before": change.before, "after": change.after} for change in loaded.changes]
    return {"workshop": slug, "created": loaded.is_new, "dry_run": is_dry, "changes": changes}


def summarize_load(name: str, loaded: LoadedWorkshop, *, is_dry: bool) -> str:
    """Return one sentence about a load."""
    if loaded.is_new:
        return f"{name} would be created." if is_dry else f"{name} was created."
    if not loaded.changes:
        return f"{name} is as the file says; nothing changed."
    count = len(loaded.changes)
    return f"{name}: {count} change{'' if count == 1 else 's'}{' would be made' if is_dry else ''}."
