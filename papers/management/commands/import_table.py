"""Imports papers, authors and decisions from a CSV, XLSX or JSON table of another system."""

from typing import Any

from papers.management.refusals import find_workshop
from papers.management.tables import TableCommand, read_file
from papers.reports import ImportReport
from papers.table_imports import import_table
from papers.tables.refusals import TableRefused


class Command(TableCommand):
    """Writes a whole table, or nothing of it."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and report."""
        workshop, content = find_workshop(options["workshop"]), read_file(options["file"])
        try:
            report = import_table(workshop, content, options["file"].name, by=None, is_rehearsal=options["dry_run"])
        except TableRefused as refusal:
            raise self.refuse_table(refusal, options) from refusal
        if options["json"]:
            self.write_json(report.as_json())
        else:
            self._print(report, is_rehearsal=options["dry_run"])

    def _print(self, report: ImportReport, *, is_rehearsal: bool) -> None:
        verb = "Would be" if is_rehearsal else "Imported:"
        self.stdout.write(f"{verb} {report.created} created, {report.updated} updated, {report.unchanged} unchanged.")
        for change in report.changes:
            self.stdout.write(f"change    {_name(change)}{', '.join(change['fields'])}")
        for conflict in report.conflicts:
            self.stdout.write(f"conflict  {_name(conflict)}{conflict['field']} differs; choose on the conflicts page.")
        for problem in report.problems:
            self.stdout.write(f"problem   {_name(problem)}{problem['sentence']}")
        for notice in report.notices:
            self.stdout.write(f"notice    {notice}")


def _name(told: dict[str, Any]) -> str:
    return f"paper {told['note_id'] if told['paper'] is None else told['paper']}: "
