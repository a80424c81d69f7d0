"""Writes arrivals into the database: new papers in whole groups, changed papers one by one."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from papers.arrivals import Arrival, read_local, read_upstream
from papers.changes import PaperChange, apply_change, plan_change
from papers.drafts import Draft, draft_paper, write_drafts
from papers.mappings import MappingTable
from papers.models import ImportRun, Paper, RawNote, Workshop
from papers.reports import ImportReport
from papers.submissions import Submission

GROUP_SIZE = 100


class Upserter:
    """Takes arrivals into one workshop. With `run` None it is a rehearsal: it reports and writes nothing."""

    def __init__(self, workshop: Workshop, table: MappingTable, report: ImportReport, *, run: ImportRun | None, salt: str) -> None:
        self.workshop = workshop
        self.table = table
        self.report = report
        self.run = run
        self.actor = f"import {run.pk}" if run else ""
        self.salt = hashlib.sha256(f"{salt} {table.digest()}".encode()).hexdigest()
        self.seen_note_ids: set[str] = set()

    def take(self, arrivals: Iterable[Arrival]) -> None:
        """Take a batch: pass over what is unchanged, create what is new, merge what changed."""
        batch = [arrival for arrival in arrivals if not arrival.note_id or arrival.note_id not in self.seen_note_ids]
        known = self._find_known(batch)
        self.seen_note_ids.update(arrival.note_id for arrival in batch if arrival.note_id)
        new, changed = [], []
        for arrival in batch:
            print_now = self._fingerprint(arrival)
            found = known.get(arrival.note_id or arrival.number)
            if found is None:
                new.append((arrival, print_now))
            elif found[1] == print_now and found[2] is None:
                self.report.unchanged += 1
            else:
                changed.append((found[0], arrival, print_now))
        for start in range(0, len(new), GROUP_SIZE):
            self._create_group(new[start : start + GROUP_SIZE])
        for start in range(0, len(changed), GROUP_SIZE):
            self._merge_group(changed[start : start + GROUP_SIZE])

    def _fingerprint(self, arrival: Arrival) -> str:
        return hashlib.sha256(f"{arrival.digest}{self.salt}".encode()).hexdigest()

    def _find_known(self, batch: list[Arrival]) -> dict[Any, tuple[int, str, dt.datetime | None]]:
        rows = Paper.objects.find_imported(
            self.workshop,
            [arrival.note_id for arrival in batch if arrival.note_id],
            [arrival.number for arrival in batch if not arrival.note_id],
        )
        known: dict[Any, tuple[int, str, dt.datetime | None]] = {}
        for pk, note_id, number, fingerprint, gone_at in rows:
            known[note_id or number] = (pk, fingerprint, gone_at)
            known.setdefault(number, (pk, fingerprint, gone_at))
        return known

    def _create_group(self, group: list[tuple[Arrival, str]]) -> None:
        drafts = [self._draft(arrival, fingerprint) for arrival, fingerprint in group]
        if self.run is not None:
            try:
                with transaction.atomic():
                    write_drafts(drafts, self.run)
            except IntegrityError:
                self._create_one_by_one(drafts)
        for draft in drafts:
            self._report_created(draft)

    def _create_one_by_one(self, drafts: list[Draft]) -> None:
        assert self.run is not None
        for draft in list(drafts):
            try:
                with transaction.atomic():
                    draft.paper.pk = None
                    write_drafts([draft], self.run)
            except IntegrityError as error:
                drafts.remove(draft)
                self.report.add_problem(
                    "not-written",
                    f"The database refused this paper ({error}); nothing of it was kept.",
                    note_id=draft.paper.note_id,
                    number=draft.paper.number,
                )

    def _draft(self, arrival: Arrival, fingerprint: str) -> Draft:
        submission = arrival.read()
        upstream = read_upstream(submission, self.table)
        return draft_paper(self.workshop, self.table, submission, upstream, fingerprint, arrival)

    def _report_created(self, draft: "Draft") -> None:
        self.report.created += 1
        self.report.withdrawn += draft.paper.standing in {"withdrawn", "desk-rejected", "deleted"}
        self._report_problems(draft.submission, draft.paper.number)
        for conflict in draft.conflicts:
            self._report_conflict(draft.paper, {"field": conflict.field, "base": None, "upstream": conflict.upstream, "local": None})

    def _merge_group(self, group: list[tuple[int, Arrival, str]]) -> None:
        papers = Paper.objects.for_merge([pk for pk, _, _ in group])
        versions = RawNote.objects.find_newest_versions(papers)
        for pk, arrival, fingerprint in group:
            submission = arrival.read()
            paper = papers[pk]
            change = plan_change(
                paper, submission, upstream=read_upstream(submission, self.table), local=read_local(paper), table=self.table
            )
            if self.run is not None:
                with transaction.atomic():
                    apply_change(change, self.run, fingerprint=fingerprint, actor=self.actor)
                    if arrival.pack and versions.get(pk) != arrival.digest:
                        RawNote.objects.create(paper=paper, run=self.run, sha256=arrival.digest, packed=arrival.pack())
            self._report_change(change)

    def _report_change(self, change: PaperChange) -> None:
        number, note_id = change.paper.number, change.paper.note_id
        if change.is_empty:
            self.report.unchanged += 1
        else:
            self.report.updated += 1
            self.report.changes.append({"paper": number, "note_id": note_id, "fields": sorted(change.changed_names)})
        self.report.withdrawn += change.becomes_inactive
        for conflict in change.conflicts:
            self._report_conflict(change.paper, conflict)
        self._report_problems(change.submission, number)

    def _report_problems(self, submission: Submission, number: int | None) -> None:
        for sentence in submission.problems:
            self.report.add_problem("submission", sentence, note_id=submission.note_id, number=number)

    def _report_conflict(self, paper: Paper, conflict: dict[str, Any]) -> None:
        self.report.conflicts.append({"paper": paper.number, "note_id": paper.note_id, **conflict})
