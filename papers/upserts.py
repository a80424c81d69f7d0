"""Writes arrivals into the database: whole papers only, in groups of one transaction each."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction

from papers.arrivals import read_upstream
from papers.changes import PaperChange, Sight, apply_change, plan_change
from papers.drafts import Draft, draft_paper, write_drafts
from papers.mappings import MappingTable, keep_unmapped
from papers.models import ImportRun, Paper, RawNote, Workshop
from papers.raw_notes import is_same_note, pack_note, unpack_note
from papers.reports import ImportReport
from papers.submissions import Arrival, Submission

# A group shares one transaction: one for each paper would take half as long again (docs/why.md).
GROUP_SIZE = 100

Known = tuple[int, str, dt.datetime | None]
Changed = tuple[int, Arrival, str]
Item = TypeVar("Item")
Result = TypeVar("Result")


class Upserter:
    """Takes arrivals into one workshop. With `run` None it is a rehearsal: it reports and writes nothing.

    `salt` stands for everything but the arrivals that decides how they are read. `readers` are the profiles
    of who reads, `may_see_less` tells that somebody else read before, who may have seen more.
    """

    def __init__(
        self,
        workshop: Workshop,
        table: MappingTable,
        report: ImportReport,
        *,
        run: ImportRun | None,
        salt: str,
        readers: frozenset[str] = frozenset(),
        may_see_less: bool = False,
    ) -> None:
        self.workshop = workshop
        self.table = table
        self.report = report
        self.run = run
        self.actor = f"import {run.pk}" if run else ""
        self.readers = readers
        self.may_see_less = may_see_less
        self.salt = hashlib.sha256(f"{salt} {table.digest()}".encode()).hexdigest()
        self.seen_note_ids: set[str] = set()

    def take(self, arrivals: Iterable[Arrival]) -> None:
        """Take a batch: pass over what is unchanged, create what is new, merge what changed; an id counts once."""
        batch = list({arrival.note_id or f"number {arrival.number}": arrival for arrival in arrivals}.values())
        batch = [arrival for arrival in batch if arrival.note_id not in self.seen_note_ids]
        known = self._find_known(batch)
        self.seen_note_ids.update(arrival.note_id for arrival in batch if arrival.note_id and arrival.is_sighting)
        new, changed = [], []
        for arrival in batch:
            fingerprint = self._fingerprint(arrival.digest)
            found = known.get(arrival.note_id or arrival.number)
            if found is None:
                new.append((arrival, fingerprint))
            elif found[1] == fingerprint and found[2] is None:
                self.report.unchanged += 1
            else:
                changed.append((found[0], arrival, fingerprint))
        self._work_in_groups(new, self._create, self._report_created)
        self._work_in_groups(changed, self._merge, self._report_change)

    def _fingerprint(self, digest: str) -> str:
        return hashlib.sha256(f"{digest}{self.salt}".encode()).hexdigest()

    def _find_known(self, batch: list[Arrival]) -> dict[Any, Known]:
        rows = Paper.objects.find_imported(
            self.workshop,
            [arrival.note_id for arrival in batch if arrival.note_id],
            [arrival.number for arrival in batch if not arrival.note_id],
        )
        known: dict[Any, Known] = {}
        for pk, note_id, number, fingerprint, gone_at in rows:
            known[note_id or number] = (pk, fingerprint, gone_at)
            known.setdefault(number, (pk, fingerprint, gone_at))
        return known

    def _work_in_groups(
        self, items: Sequence[Item], work: Callable[[Sequence[Item]], list[Result]], tell: Callable[[Result], None]
    ) -> None:
        """Do the work of each group in one transaction; where the database refuses it, paper by paper."""
        for start in range(0, len(items), GROUP_SIZE):
            group = items[start : start + GROUP_SIZE]
            for result in self._work_together(group, work):
                tell(result)

    def _work_together(self, group: Sequence[Item], work: Callable[[Sequence[Item]], list[Result]]) -> list[Result]:
        if self.run is None:
            return work(group)
        met = dict(self.table.unmapped)
        try:
            with transaction.atomic():
                done = work(group)
                keep_unmapped(self.table)
        except (IntegrityError, DataError) as error:
            self.table.unmapped = met
            if len(group) > 1:
                return [result for item in group for result in self._work_together([item], work)]
            arrival: Any = next(part for part in group[0] if isinstance(part, Arrival))  # type: ignore[attr-defined]
            sentence = f"The database refused this paper ({error}); nothing of it was changed."
            self.report.add_problem("not-written", sentence, note_id=arrival.note_id, number=arrival.number)
            return []
        self.table.note_kept()
        return done

    def _create(self, group: Sequence[tuple[Arrival, str]]) -> list[Draft]:
        drafts = []
        for arrival, fingerprint in group:
            submission = arrival.read()
            drafts.append(draft_paper(arrival, submission, read_upstream(submission, self.table), self.table, fingerprint))
        if self.run is not None:
            write_drafts(drafts, self.run, self.table)
        return drafts

    def _merge(self, group: Sequence[Changed]) -> list[PaperChange | None]:
        keys = [pk for pk, _, _ in group]
        papers = Paper.objects.for_merge(keys, is_locked=self.run is not None)
        versions = RawNote.objects.find_newest_versions(keys)
        return [self._merge_one(papers[pk], arrival, mark, versions.get(pk, "")) for pk, arrival, mark in group if pk in papers]

    def _merge_one(self, paper: Paper, arrival: Arrival, fingerprint: str, version: str) -> PaperChange | None:
        """Merge one paper; return nothing when it turns out to be the same in another order."""
        is_new_version = arrival.source is not None and version != arrival.digest
        if is_new_version and paper.fingerprint == self._fingerprint(version) and self._is_reordered(paper, arrival):
            return None
        submission = arrival.read()
        upstream = read_upstream(submission, self.table)
        change = plan_change(paper, submission, upstream, sight=Sight(arrival.is_sighting, self._may_hide_replies(submission)))
        if self.run is not None:
            mark = fingerprint if arrival.is_sighting or paper.fingerprint else ""
            apply_change(change, self.run, table=self.table, fingerprint=mark, actor=self.actor)
            if is_new_version and arrival.source is not None:
                RawNote.objects.create(paper=paper, run=self.run, sha256=arrival.digest, packed=pack_note(arrival.source))
        return change

    def _is_reordered(self, paper: Paper, arrival: Arrival) -> bool:
        newest = RawNote.objects.find_newest(paper)
        return newest is not None and arrival.source is not None and is_same_note(unpack_note(newest.packed), arrival.source)

    def _may_hide_replies(self, submission: Submission) -> bool:
        """Tell whether the account may be shut out from replies: it wrote the paper, or is new here and sees none at all."""
        if any(author.profile_id in self.readers for author in submission.authors or () if author.profile_id):
            return True
        return self.may_see_less and not submission.decisions and not any(reply.kind == "review" for reply in submission.replies or ())

    def _report_created(self, draft: Draft) -> None:
        submission = draft.submission
        self.report.created += 1
        self.report.withdrawn += submission.standing in {"withdrawn", "desk-rejected", "deleted"}
        self._report_problems(submission, submission.number)
        if draft.disputed:
            self._report_conflict(
                submission.note_id, submission.number, {"field": "decision", "base": None, "upstream": draft.disputed, "local": None}
            )

    def _report_change(self, change: PaperChange | None) -> None:
        if change is None or change.is_empty:
            self.report.unchanged += 1
        else:
            self.report.updated += 1
            told = {"paper": change.paper.number, "note_id": change.paper.note_id, "fields": sorted(change.changed_names)}
            self.report.changes.append({**told, "values": change.list_values()})
        if change is None:
            return
        number, note_id = change.paper.number, change.paper.note_id
        self.report.withdrawn += change.becomes_inactive
        if change.becomes_inactive and (change.local["decision"] or {}).get("outcome") == "accept":
            standing = change.paper.get_standing_display().lower()
            sentence = (
                f"This accepted paper is {standing} in OpenReview now and left every listing; look whether it has a place in the schedule."
            )
            self.report.add_problem("lost-accepted", sentence, note_id=note_id, number=number)
        for conflict in change.conflicts:
            self._report_conflict(note_id, number, conflict)
        self._report_problems(change.submission, number)

    def _report_problems(self, submission: Submission, number: int | None) -> None:
        for sentence in submission.problems:
            self.report.add_problem("submission", sentence, note_id=submission.note_id, number=number)

    def _report_conflict(self, note_id: str, number: int | None, conflict: dict[str, Any]) -> None:
        self.report.conflicts.append({"paper": number, "note_id": note_id, **conflict})
