"""Stage 1: brings a workshop's submissions in from OpenReview, repeatably, resumably."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.claims import link_claims_of_workshop
from papers.errors import OtherSideFailed, Refusal, Throttled
from papers.history import record_change
from papers.import_locks import hold_import
from papers.import_runs import RunRecord, begin_run
from papers.mappings import MappingTable, ensure_decision_rules, read_mapping, tell_unmapped
from papers.models import FieldConflict, ImportRun, Paper, User, Workshop
from papers.openreview.reading import Connect, Cursor, OpenVenue, Page, find_deleted, open_venue, walk_submissions
from papers.openreview.venue import describe_reading
from papers.profile_aliases import find_unknown_profiles, keep_aliases, list_readers
from papers.reports import ImportReport
from papers.upserts import Upserter

PROFILES_ASKED_FOR = 1000

Tell = Callable[[int, int | None, str], None]


class ImportStopped(Refusal):
    """Somebody asked to stop; a `tell` raises it between two pages."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: `api` is auto, 1 or 2; a rehearsal writes nothing."""

    api: str = "auto"
    is_rehearsal: bool = False


def import_submissions(
    workshop: Workshop,
    *,
    connect: Connect,
    options: ImportOptions | None = None,
    by: User | None = None,
    tell: Tell | None = None,
) -> ImportReport:
    """Import every submission of the workshop's venue with its replies; return the report.

    A transaction holds whole papers only, so a killed import leaves no half paper and the next one ends
    where an undisturbed one would. When OpenReview asks to wait, the run keeps its cursor, `Throttled` is
    raised, and the next call goes on from there. Papers that are no longer listed are marked, never deleted,
    and only after a walk that saw every page. `tell` gets papers seen, papers counted by OpenReview and a
    sentence after each page; what it raises stops the import there.
    """
    options = options or ImportOptions()
    with hold_import(workshop), _without_collector():
        record = begin_run(workshop, by=by, is_rehearsal=options.is_rehearsal)
        return _Reading(workshop, connect, options, record, tell or _tell_nobody).run()


class _Reading:
    """One import from its first request to its report."""

    def __init__(self, workshop: Workshop, connect: Connect, options: ImportOptions, record: RunRecord, tell: Tell) -> None:
        self.workshop, self.options, self.record, self.tell = workshop, options, record, tell
        self.report = record.report
        self.opened: OpenVenue | None = None
        self.connect = connect

    def run(self) -> ImportReport:
        try:
            self._read()
        except Throttled as refusal:
            self._count_requests()
            self.record.pause(str(refusal), until=refusal.until)
            raise
        except Refusal as refusal:
            self._count_requests()
            self.record.close(ImportRun.State.FAILED, str(refusal))
            raise
        self.record.close(ImportRun.State.DONE)
        return self.report

    def _read(self) -> None:
        workshop = self.workshop
        opened = open_venue(workshop.venue_id, self.connect, api=self.options.api, invitations=tuple(workshop.submission_invitations))
        self.opened = opened
        if not self.options.is_rehearsal:
            ensure_decision_rules(workshop)
            self.record.keep_venue({"group": opened.group, "generation": opened.venue.generation})
        table = read_mapping(workshop)
        last_reader = ImportRun.objects.find_last_reader(workshop)
        upserter = Upserter(
            workshop,
            table,
            self.report,
            run=self.record.row,
            salt=describe_reading(opened.venue),
            readers=list_readers(workshop, opened.connection.account),
            may_see_less=last_reader not in {"", opened.connection.account},
        )
        upserter.seen_note_ids = self.record.seen
        cursor = Cursor.from_json(self.record.cursor)
        for page in walk_submissions(opened.connection, opened.venue, cursor=cursor):
            self._take_page(page, upserter)
            cursor = page.cursor
        self._finish(opened, cursor, table)

    def _take_page(self, page: Page, upserter: Upserter) -> None:
        assert self.opened is not None
        for sentence in page.problems:
            self.report.add_problem("page", sentence)
        upserter.take(page.arrivals)
        connection, seen, expected = self.opened.connection, len(self.record.seen), page.cursor.expected_count
        self.record.keep_place(page.cursor.as_json(), expected=expected, account=connection.account)
        left = "" if connection.quota_left is None else f", {connection.quota_left} requests left"
        self.tell(seen, expected, f"{seen} papers{left}")

    def _finish(self, opened: OpenVenue, cursor: Cursor, table: MappingTable) -> None:
        if cursor.missing_count:
            self.report.add_problem(
                "incomplete",
                f"OpenReview counted {cursor.expected_count} submissions and {cursor.missing_count} of them never came; "
                "papers missing from the list were left as they are.",
            )
        elif not self.record.seen:
            self.report.add_problem(
                "empty",
                "The venue has no submissions that this account can see; nothing was changed. "
                "Is the account a program chair? Is the submission invitation right?",
            )
        else:
            self._mark_lost_papers(opened)
        if not self.options.is_rehearsal:
            self._learn_aliases(opened)
            link_claims_of_workshop(self.workshop)
        for sentence in tell_unmapped(table):
            self.report.add_problem("unmapped", sentence)
        self._report_access(opened)
        self._count_requests()

    def _mark_lost_papers(self, opened: OpenVenue) -> None:
        lost = self.workshop.papers.not_among(self.record.seen)
        deleted = find_deleted(opened.connection, opened.venue, [paper.note_id for paper in lost]) if lost else set[str]()
        self.report.vanished += len(lost)
        for paper in lost:
            is_deleted = paper.note_id in deleted
            said = "was deleted in OpenReview" if is_deleted else "is no longer visible to this account in OpenReview"
            self.report.add_problem("vanished", f"This paper {said}; our record stays.", note_id=paper.note_id, number=paper.number)
            self.report.withdrawn += is_deleted
            if self.record.row is not None:
                _mark_lost(paper, is_deleted=is_deleted, actor=f"import {self.record.row.pk}")

    def _learn_aliases(self, opened: OpenVenue) -> None:
        wanted = find_unknown_profiles(self.workshop)
        if not wanted:
            return
        if len(wanted) > PROFILES_ASKED_FOR:
            self.report.notices.append(f"{len(wanted)} author profiles were not looked up; merged profiles of theirs are not known.")
            return
        try:
            profiles = opened.connection.search_profiles(wanted)
        except OtherSideFailed as refusal:
            self.report.notices.append(f"Author profiles could not be looked up: {refusal}")
            return
        keep_aliases(self.workshop, wanted, profiles)

    def _report_access(self, opened: OpenVenue) -> None:
        account = opened.connection.account
        for paper in self.workshop.papers.written_by(list_readers(self.workshop, account)).without_readable_decision():
            self.report.add_problem(
                "own-paper",
                "This account is an author of this paper, so OpenReview hides its reviews and its decision: "
                "import once more as another chair, or decide here.",
                note_id=paper.note_id,
                number=paper.number,
            )
        unread = self.workshop.papers.active().without_readable_decision().count()
        self.report.notices.append(f"Imported as {account}; {unread} active papers have no decision that this account can read.")
        waiting = FieldConflict.objects.filter(paper__workshop=self.workshop, resolved_at__isnull=True).count()
        if waiting:
            self.report.notices.append(f"{waiting} {'difference waits' if waiting == 1 else 'differences wait'} for a choice.")

    def _count_requests(self) -> None:
        sent = self.opened.connection.request_count if self.opened else 0
        self.report.requests = self.record.earlier_requests + sent


def _mark_lost(paper: Paper, *, is_deleted: bool, actor: str) -> None:
    with transaction.atomic():
        before = paper.standing
        paper.not_visible_since = timezone.now()
        paper.standing = Paper.Standing.DELETED if is_deleted else paper.standing
        paper.fingerprint = ""
        paper.save(update_fields=["not_visible_since", "standing", "fingerprint"])
        record_change(paper.workshop, "vanished", by=None, actor=actor, paper=paper, field="standing", before=before, after=paper.standing)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the search for reference cycles away from thousands of fresh objects that have none (docs/why.md)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _tell_nobody(count: int, total: int | None, sentence: str) -> None:
    """Ignore progress."""
