"""Accepts, rejects and takes back decisions from a table: number or forum, outcome, presentation, award, comment."""

from typing import Any

from papers.bulk_decisions import DecisionReport, apply_decisions, preview_decisions, tell_decision
from papers.management.refusals import find_workshop
from papers.management.tables import TableCommand, read_file
from papers.tables.refusals import TableRefused


class Command(TableCommand):
    """Applies a whole table in one transaction, or none of it."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview or apply, and report."""
        workshop, content = find_workshop(options["workshop"]), read_file(options["file"])
        try:
            if options["dry_run"]:
                report = preview_decisions(workshop, content, by=None)
                if report.mistakes:
                    raise TableRefused(report.mistakes)
            else:
                report = apply_decisions(workshop, content, by=None)
        except TableRefused as refusal:
            raise self.refuse_table(refusal, options) from refusal
        if options["json"]:
            self.write_json(report.as_json())
        else:
            self._print(report, is_rehearsal=options["dry_run"])

    def _print(self, report: DecisionReport, *, is_rehearsal: bool) -> None:
        verb = "Would change" if is_rehearsal else "Changed"
        count = len(report.changes)
        self.stdout.write(f"{verb} {count} decision{'' if count == 1 else 's'}; {report.unchanged} stand so already.")
        for change in report.changes:
            key = change.note_id if change.paper is None else change.paper
            self.stdout.write(f"paper {key}: {tell_decision(change.before)} -> {tell_decision(change.after)}")
        for notice in report.notices:
            self.stdout.write(f"notice    {notice}")
