"""Stage 1 for tables: brings papers, authors and decisions in from a file of another system, through the same merge."""

import hashlib
from contextlib import ExitStack
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.arrivals import read_upstream
from papers.errors import Refusals
from papers.import_locks import hold_import
from papers.mappings import MappingTable, read_mapping
from papers.merging import UNKNOWN
from papers.models import ImportRun, Paper, TableRecord, User, Workshop
from papers.reports import ImportReport
from papers.submissions import Arrival, Submission
from papers.table_arrivals import TableArrival, TableArrivals
from papers.table_matching import HeldPapers
from papers.table_merging import AWARD, TableChange, apply_table_change, give_award, keep_records, plan_table_change
from papers.table_words import read_vocabulary
from papers.tables.reading import read_table
from papers.tables.refusals import TableRefused
from papers.tables.values import TableReading
from papers.upserts import Upserter

READER_VERSION = 1
LONGEST_SOURCE = 300
NEW = "new paper"


def import_table(workshop: Workshop, content: bytes, name: str, *, by: User | None, is_rehearsal: bool = False) -> ImportReport:
    """Import a CSV, XLSX or JSON table of papers, called `name` in the record of imports; return the report.

    The whole table is one transaction. Refuses all of it with `TableRefused`, which names every mistake
    by row and column. Papers that are not in the table are left alone; what it does not say of the others
    stays as it is. A rehearsal writes nothing and refuses the same. The same table again changes nothing.
    """
    table = read_mapping(workshop)
    reading = read_table(content, kept=read_vocabulary(workshop, table).columns)
    with ExitStack() as held:
        if not is_rehearsal:
            held.enter_context(hold_import(workshop))
            held.enter_context(transaction.atomic())
        arrivals = TableArrivals(workshop, reading, table)
        prepared = arrivals.prepare()
        if reading.mistakes or arrivals.mistakes:
            raise TableRefused([*reading.mistakes, *arrivals.mistakes])
        report = ImportReport(notices=[*_describe_reading(reading), *arrivals.notices])
        run = None if is_rehearsal else ImportRun.objects.create(workshop=workshop, source=name[:LONGEST_SOURCE], by=by)
        _TableImport(workshop, table, report, run).take(prepared)
        if run is not None:
            run.state, run.ended_at, run.seen_count = ImportRun.State.DONE, timezone.now(), len(prepared)
            run.report = _without_values(report)
            run.save()
    return report


class _TableImport:
    """One table on its way into the database."""

    def __init__(self, workshop: Workshop, table: MappingTable, report: ImportReport, run: ImportRun | None) -> None:
        self.workshop, self.table, self.report, self.run = workshop, table, report, run
        self.actor = f"import {run.pk}" if run else ""
        self.salt = f"table {READER_VERSION} {table.digest()}"
        self.records: list[TableRecord] = []

    def take(self, prepared: list[TableArrival]) -> None:
        self._create([arrival for arrival in prepared if arrival.paper is None])
        for arrival in prepared:
            if arrival.paper is not None:
                self._merge(arrival, arrival.paper)
        keep_records(self.records)

    def _create(self, new: list[TableArrival]) -> None:
        upserter = Upserter(self.workshop, self.table, self.report, run=self.run, salt=self.salt)
        upserter.take(Arrival(note_id=one.row.note_id, digest=one.digest, read=partial(_read, one), number=one.row.number) for one in new)
        refused = [str(problem["sentence"]) for problem in self.report.problems if problem["code"] == "not-written"]
        if refused:
            raise Refusals("The database refused papers of the table; nothing was written.", refused)
        made = HeldPapers(self.workshop) if new and self.run is not None else None
        for one in new:
            said = {name: value for name, value in read_upstream(one.submission, self.table).items() if value is not UNKNOWN}
            if one.award not in (UNKNOWN, None):
                said[AWARD] = one.award
            values = [{"field": name, "before": None, "after": value} for name, value in said.items()]
            told = {"paper": one.row.number, "note_id": one.row.note_id, "title": one.row.title}
            self.report.changes.append({**told, "fields": [NEW], "values": values})
            paper = made.find(number=one.row.number, note_id=one.row.note_id) if made else None
            if paper is not None and self.run is not None:
                self.records.append(TableRecord(paper=paper, run=self.run, said=said, fingerprint=self._fingerprint(one)))
                if AWARD in said:
                    give_award(paper, said[AWARD], self.run, actor=self.actor)

    def _merge(self, arrival: TableArrival, paper: Paper) -> None:
        record, fingerprint = getattr(paper, "table_record", None), self._fingerprint(arrival)
        if record is not None and record.fingerprint == fingerprint:
            self.report.unchanged += 1
            return
        planned = plan_table_change(arrival, paper, self.table)
        values = planned.list_values()
        if self.run is not None:
            apply_table_change(planned, self.run, self.table, actor=self.actor)
            self.records.append(TableRecord(paper=paper, run=self.run, said=planned.said, fingerprint=fingerprint))
        self._report_change(planned, values)

    def _report_change(self, planned: TableChange, values: list[dict[str, Any]]) -> None:
        paper, change = planned.change.paper, planned.change
        told = {"paper": paper.number, "note_id": paper.note_id, "title": paper.title}
        if planned.changed_names:
            self.report.updated += 1
            self.report.changes.append({**told, "fields": sorted(planned.changed_names), "values": values})
        else:
            self.report.unchanged += 1
        self.report.withdrawn += change.becomes_inactive
        if change.becomes_inactive and (change.local["decision"] or {}).get("outcome") == "accept":
            sentence = f"This accepted paper is {paper.get_standing_display().lower()} now and left every listing; look at the schedule."
            self.report.add_problem("lost-accepted", sentence, note_id=paper.note_id, number=paper.number)
        self.report.conflicts += [{**told, **conflict} for conflict in change.conflicts]
        if planned.award_conflict:
            self.report.add_problem("award", planned.award_conflict, note_id=paper.note_id, number=paper.number)
        for name in planned.waiting:
            sentence = f"OpenReview and this workshop differ on its {name}; choose there first. What the table says of it was left aside."
            self.report.add_problem("waiting", sentence, note_id=paper.note_id, number=paper.number)

    def _fingerprint(self, arrival: TableArrival) -> str:
        return hashlib.sha256(f"{arrival.digest} {self.salt}".encode()).hexdigest()


def _read(arrival: TableArrival) -> Submission:
    return arrival.submission


def _without_values(report: ImportReport) -> dict[str, Any]:
    """Return the report as the record keeps it: which fields changed, not once more what they hold."""
    changes = [{name: value for name, value in change.items() if name != "values"} for change in report.changes]
    return {**report.as_json(), "changes": changes}


def _describe_reading(reading: TableReading) -> list[str]:
    count = len(reading.rows)
    notices = [f"Read as {reading.dialect}: {count} paper{'' if count == 1 else 's'}.", *reading.notices]
    if reading.ignored_columns:
        notices.append(f"Columns that were not read: {', '.join(reading.ignored_columns)}.")
    if reading.rating_columns:
        notices.append(f"Reviews come from OpenReview only; these columns were not read: {', '.join(reading.rating_columns)}.")
    return notices
