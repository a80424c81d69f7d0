"""Takes away what uploads left behind: given up, forgotten, half written by killed processes."""

from typing import Any

from papers.management.refusals import RefusingCommand
from papers.stored_files import sweep_storage


class Command(RefusingCommand):
    """Deletes only what no paper names and nobody touched for a day; run it daily."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep, and say what went."""
        swept = sweep_storage()
        self.stdout.write(f"Taken away: {swept.uploads} uploads, {swept.contents} contents, {swept.leftovers} leftovers.")
