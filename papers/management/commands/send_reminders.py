"""Puts the reminders that are due into the outbox; for cron, as often as wanted."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from papers.letters.reminding import queue_due_reminders
from papers.management.refusals import RefusingCommand, find_workshop
from papers.models import LetterSettings


class Command(RefusingCommand):
    """Does what the worker does by itself; twice at once, each reminder leaves once. A worker or `send_letters` sends them."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one workshop, or none for all."""
        parser.add_argument("workshop", nargs="?")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at every workshop whose reminders are on."""
        wanted = find_workshop(options["workshop"]) if options["workshop"] else None
        reminding = [held.workshop for held in LetterSettings.objects.reminding() if wanted in (None, held.workshop)]
        counts = {workshop.slug: queue_due_reminders(workshop, now=timezone.now())[0] for workshop in reminding}
        if options["as_json"]:
            self.write_json(counts)
            return
        lines = [f"{slug}: {count} reminder{'' if count == 1 else 's'} into the outbox" for slug, count in counts.items()]
        self.stdout.write("\n".join(lines) or "Reminders are switched on nowhere.")
