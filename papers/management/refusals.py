"""Commands that answer a refusal with sentences and the agreed exit code."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers.errors import Refusal, Refusals, Throttled
from papers.models import Workshop

REFUSED = 1
WRONG_USAGE = 2
RESUMABLE = 75


class RefusingCommand(BaseCommand):
    """Ends with 0 when done, 1 when refused, 2 on wrong usage, 75 when stopped for now; sentences go to stderr."""

    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return a parser whose mistakes end with 2 however the command is called."""
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; turn a refusal into its exit code."""
        try:
            return super().execute(*args, **options)
        except Throttled as refusal:
            raise CommandError(refusal.sentence, returncode=RESUMABLE) from refusal
        except Refusals as refusal:
            raise CommandError("\n".join([refusal.sentence, *refusal.reasons]), returncode=REFUSED) from refusal
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=REFUSED) from refusal

    def write_json(self, document: Any) -> None:
        """Print exactly one JSON document on stdout."""
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True, default=str))

    def say(self, sentence: str) -> None:
        """Tell progress on stderr, out of the way of what stdout carries."""
        self.stderr.write(sentence, self.style.NOTICE if sys.stderr.isatty() else str)


def find_workshop(slug: str) -> Workshop:
    """Return the workshop with this slug or refuse with the slugs there are."""
    workshop = Workshop.objects.filter(slug=slug).first()
    if workshop is None:
        known = ", ".join(Workshop.objects.order_by("slug").values_list("slug", flat=True)) or "none yet; load one with load_workshop"
        raise Refusal(f"There is no workshop {slug!r}. Workshops here: {known}.")
    return workshop
