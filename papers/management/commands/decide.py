"""Accepts, rejects and takes back decisions: from a table with number or forum, outcome, presentation, award, comment, or by search."""

import argparse
from typing import Any

from papers.bulk_decisions import Source, apply_decisions, preview_decisions
from papers.decision_plans import DecisionPlan
from papers.decision_sources import KEEP, NONE, Choice, DecisionsTable, FoundPapers
from papers.decision_states import tell_decision
from papers.errors import Refusal
from papers.management.refusals import find_workshop
from papers.management.tables import TableCommand, read_file, read_path
from papers.models import Workshop
from papers.tables.refusals import TableRefused


class Command(TableCommand):
    """Decides all of it in one transaction, or nothing."""

    help = __doc__ or ""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the workshop, and a file or a search with what to decide."""
        parser.add_argument("workshop", help="The workshop's slug.")
        parser.add_argument("file", type=read_path, metavar="FILE", nargs="?", help="CSV, XLSX or JSON.")
        parser.add_argument("--search", metavar="Q", help="Decide every paper that this search finds.")
        parser.add_argument("--outcome", choices=["accept", "reject", "revoke"], help="What to decide on them.")
        parser.add_argument("--presentation", default=KEEP, help="A slug, or none; else each keeps what it has.")
        parser.add_argument("--award", default=KEEP, help="A slug, or none; else each keeps what it has.")
        parser.add_argument("--comment", default="", help="To the authors; else each keeps what it has.")
        parser.add_argument("--over-capacity", action="store_true", help="Go over the capacity of a presentation.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--json", action="store_true", help="Print the report as one JSON document.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Preview or apply, and report."""
        if (options["file"] is None) == (options["search"] is None) or (options["search"] is not None) != bool(options["outcome"]):
            raise self.misuse("Name a FILE, or --search with --outcome.")
        workshop = find_workshop(options["workshop"])
        source = _find_source(workshop, options)
        try:
            plan = _rehearse(workshop, source) if options["dry_run"] or options["over_capacity"] else None
            if not options["dry_run"]:
                confirmed = plan.overflow_digest if plan else ""
                plan = apply_decisions(workshop, source, by=None, confirmed=confirmed)[0]
            assert plan is not None
        except TableRefused as refusal:
            raise self.refuse_table(refusal, options) from refusal
        if options["json"]:
            self.write_json(plan.as_json())
        else:
            self._print(plan, is_rehearsal=options["dry_run"])

    def _print(self, plan: DecisionPlan, *, is_rehearsal: bool) -> None:
        verb = "Would change" if is_rehearsal else "Changed"
        count = len(plan.changes)
        self.stdout.write(f"{verb} {count} decision{'' if count == 1 else 's'}; {plan.unchanged} stand so already.")
        for change in plan.changes:
            key = change.paper.note_id if change.paper.number is None else change.paper.number
            self.stdout.write(f"paper {key}: {tell_decision(change.before)} -> {tell_decision(change.after)}")
        for warning in (*plan.warnings, *plan.overflows):
            self.stdout.write(f"warning   {warning}")
        for notice in plan.notices:
            self.stdout.write(f"notice    {notice}")


def _rehearse(workshop: Workshop, source: Source) -> DecisionPlan:
    plan = preview_decisions(workshop, source, by=None)
    if plan.all_mistakes:
        raise TableRefused(plan.all_mistakes)
    return plan


def _find_source(workshop: Workshop, options: dict[str, Any]) -> Source:
    if options["file"] is not None:
        return DecisionsTable(read_file(options["file"]), options["file"].name)
    for name, known in (("presentation", workshop.presentation_kinds), ("award", workshop.awards)):
        slugs = list(known.values_list("slug", flat=True))
        if options[name] not in {KEEP, NONE, *slugs}:
            raise Refusal(f"{workshop} has no {name} {options[name]!r}. There are: {', '.join([*slugs, NONE])}.")
    return FoundPapers(options["search"], Choice(options["outcome"], options["presentation"], options["award"], options["comment"]))
