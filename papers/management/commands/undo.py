"""Takes back all that one batch of changes did, or the last one."""

import argparse
from typing import Any

from papers.batches import find_last_batch, find_obstacles, undo_batch
from papers.errors import Refusal, Refusals
from papers.management.refusals import RefusingCommand, find_workshop
from papers.models import Batch, Workshop
from papers.zones import format_instant


class Command(RefusingCommand):
    """Undoes a whole batch, or nothing of it, and says why not."""

    help = __doc__ or ""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the workshop and the batch."""
        parser.add_argument("workshop", help="The workshop's slug.")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("batch", type=int, nargs="?", metavar="BATCH", help="The batch's number, as its page has it in the address.")
        which.add_argument("--last", action="store_true", help="The newest one that was not undone.")
        parser.add_argument("--dry-run", action="store_true", help="Say whether it could be undone and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Undo, and say what was undone."""
        workshop = find_workshop(options["workshop"])
        batch = _find_batch(workshop, options["batch"])
        name = f"“{batch.title}” of {format_instant(batch.at, workshop.zone)}"
        count = f"{batch.paper_count} paper{'' if batch.paper_count == 1 else 's'}"
        if options["dry_run"]:
            reasons = find_obstacles(batch, by=None)
            if reasons:
                raise Refusals(f"{name} can't be undone.", reasons)
            self.stdout.write(f"Would undo {name}: {count}.")
            return
        undo_batch(batch, by=None)
        self.stdout.write(f"Undone: {name}, {count}.")


def _find_batch(workshop: Workshop, key: int | None) -> Batch:
    batch = find_last_batch(workshop) if key is None else Batch.objects.for_batch_page().filter(workshop=workshop, pk=key).first()
    if batch is None:
        raise Refusal(f"{workshop} has no batch {key}." if key is not None else f"{workshop} has nothing to undo.")
    return batch
