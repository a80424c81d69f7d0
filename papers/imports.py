"""Stage 1: brings a workshop's submissions in from OpenReview, repeatably, resumably."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.errors import OtherSideFailed, Refusal, Throttled
from papers.history import record_change
from papers.mappings import MappingTable, ensure_decision_rules, keep_unmapped, read_mapping
from papers.models import FieldMapping, ImportRun, Paper, ProfileAlias, User, Workshop
from papers.openreview.client import Connection
from papers.openreview.reading import Page, describe_reading, find_lost_note, open_venue, walk_submissions
from papers.openreview.venue import Venue
from papers.reports import ImportReport
from papers.upserts import Upserter

LOOKED_UP_ONE_BY_ONE = 4
PROFILES_ASKED_FOR = 1000

Connect = Callable[[int], Connection]
Tell = Callable[[int, int | None, str], None]


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

    One transaction holds whole papers only, so a killed import leaves no half paper and the next one ends
    where an undisturbed one would. When OpenReview asks to wait, the run keeps its cursor, `Throttled` is
    raised, and the next call goes on from there. Papers that are no longer listed are marked, never deleted,
    and only after a walk that saw every page.
    """
    reading = _Reading(workshop, connect, options or ImportOptions(), by, tell or _tell_nobody)
    return reading.run()


class _Reading:
    """One import from its first request to its report."""

    def __init__(self, workshop: Workshop, connect: Connect, options: ImportOptions, by: User | None, tell: Tell) -> None:
        self.workshop, self.connect, self.options, self.by, self.tell = workshop, connect, options, by, tell
        self.report = ImportReport()
        self.record: ImportRun | None = None
        self.connection: Connection | None = None
        self.expected: int | None = None
        self.is_resumed = False
        self.cursor: dict[str, Any] = {}
        self.seen: set[str] = set()

    def run(self) -> ImportReport:
        try:
            self._walk()
        except Throttled as refusal:
            self._close(ImportRun.State.PAUSED, str(refusal), resume_at=refusal.until)
            raise
        except Refusal as refusal:
            self._close(ImportRun.State.FAILED, str(refusal))
            raise
        return self.report

    def _walk(self) -> None:
        if not self.options.is_rehearsal:
            self._begin()
        self.connection, venue = open_venue(
            self.workshop.venue_id, self.connect, api=self.options.api, invitations=tuple(self.workshop.submission_invitations)
        )
        table = read_mapping(self.workshop)
        upserter = Upserter(self.workshop, table, self.report, run=self.record, salt=describe_reading(venue))
        self.cursor = dict(self.record.cursor) if self.record and self.is_resumed else {}
        upserter.seen_note_ids.update(self.cursor.pop("seen", []))
        self.seen = upserter.seen_note_ids
        start = self.cursor.get("after", ""), self.cursor.get("invitation", 0)
        for page in walk_submissions(self.connection, venue, after=start[0], invitation_index=start[1]):
            self._take_page(page, upserter)
        self._finish(venue, table)

    def _begin(self) -> None:
        ensure_decision_rules(self.workshop)
        paused = self.workshop.import_runs.filter(state=ImportRun.State.PAUSED, source=ImportRun.OPENREVIEW).first()
        if paused is not None and paused.resume_at and paused.resume_at > timezone.now():
            raise Throttled(
                f"OpenReview asked to wait until {paused.resume_at:%Y-%m-%d %H:%M:%S} UTC; the import goes on from where it stopped.",
                until=paused.resume_at,
            )
        self.is_resumed = paused is not None
        self.record = paused or ImportRun(workshop=self.workshop, source=ImportRun.OPENREVIEW, by=self.by)
        self.record.state, self.record.resume_at = ImportRun.State.RUNNING, None
        self.record.save()

    def _take_page(self, page: Page, upserter: Upserter) -> None:
        assert self.connection is not None
        for sentence in page.problems:
            self.report.add_problem("page", sentence)
        upserter.take(page.arrivals)
        self.expected = page.expected if page.expected is not None else self.expected
        self.cursor = {"after": page.last_id, "invitation": page.invitation_index}
        if self.record is not None:
            self.record.cursor, self.record.seen_count = self.cursor, len(self.seen)
            self.record.expected_count, self.record.account = self.expected, self.connection.account[:200]
            self.record.save(update_fields=["cursor", "seen_count", "expected_count", "account"])
        left = "" if self.connection.quota_left is None else f", {self.connection.quota_left} requests left"
        self.tell(len(self.seen), self.expected, f"{len(self.seen)} papers{left}")

    def _finish(self, venue: Venue, table: MappingTable) -> None:
        assert self.connection is not None
        if self.expected is not None and len(self.seen) < self.expected and len(venue.submission_invitations) == 1:
            self.report.add_problem(
                "incomplete",
                f"OpenReview counted {self.expected} submissions and sent {len(self.seen)}; papers missing from the list were left as they are.",
            )
        else:
            self._mark_vanished()
        self._report_unmapped(table)
        self._report_access()
        if self.record is not None:
            keep_unmapped(table)
            self._learn_aliases()
        self.report.requests = self.connection.request_count
        self._close(ImportRun.State.DONE, "")

    def _mark_vanished(self) -> None:
        assert self.connection is not None
        lost = self.workshop.papers.not_among(self.seen)
        self.report.vanished = len(lost)
        for place, paper in enumerate(lost):
            fate = find_lost_note(self.connection, paper.note_id) if place < LOOKED_UP_ONE_BY_ONE else ""
            said = "was deleted in OpenReview" if fate else "is no longer visible to this account in OpenReview"
            self.report.add_problem("vanished", f"This paper {said}; our record stays.", note_id=paper.note_id, number=paper.number)
            self.report.withdrawn += bool(fate)
            if self.record is not None:
                self._mark_lost(paper, fate)

    def _mark_lost(self, paper: Paper, fate: str) -> None:
        with transaction.atomic():
            before = paper.standing
            paper.not_visible_since = timezone.now()
            paper.standing = Paper.Standing.DELETED if fate else paper.standing
            paper.fingerprint = ""
            paper.save(update_fields=["not_visible_since", "standing", "fingerprint"])
            record_change(
                self.workshop,
                "vanished",
                by=None,
                actor=f"import {self.record.pk if self.record else ''}",
                paper=paper,
                field="standing",
                before=before,
                after=paper.standing,
            )

    def _report_unmapped(self, table: MappingTable) -> None:
        names = {rule.pk: rule for rule in table.rules}
        for (pk, value), count in sorted(table.unmapped.items()):
            rule = names[pk]
            target = FieldMapping.Target(rule.target).label.lower()
            papers = "1 paper" if count == 1 else f"{count} papers"
            self.report.add_problem(
                "unmapped", f"Nobody has said what “{value}” means as a {target} ({papers}); say it on the mapping page."
            )

    def _report_access(self) -> None:
        if not self.seen:
            self.report.add_problem(
                "empty",
                "The venue has no submissions that this account can see. Is it a program chair? Is the submission invitation right?",
            )
        account = self.connection.account if self.connection else ""
        unread = self.workshop.papers.active().without_readable_decision().count()
        self.report.notices.append(f"Imported as {account}; {unread} active papers have no decision that this account can read.")

    def _learn_aliases(self) -> None:
        assert self.connection is not None
        known = set(self.workshop.profile_aliases.values_list("profile_id", flat=True))
        wanted = sorted(set(Paper.objects.list_profile_ids(self.workshop)) - known)
        if not wanted:
            return
        if len(wanted) > PROFILES_ASKED_FOR:
            self.report.notices.append(f"{len(wanted)} author profiles were not looked up; merged profiles of theirs are not known.")
            return
        try:
            profiles = self.connection.search_profiles(wanted)
        except Throttled:
            raise
        except OtherSideFailed as refusal:
            self.report.notices.append(f"Author profiles could not be looked up: {refusal}")
            return
        ProfileAlias.objects.bulk_create(list(_read_aliases(self.workshop, wanted, profiles)), ignore_conflicts=True)

    def _close(self, state: str, sentence: str, *, resume_at: dt.datetime | None = None) -> None:
        if self.record is None:
            return
        self.report.requests = self.connection.request_count if self.connection else 0
        self.record.state, self.record.resume_at = state, resume_at
        self.record.ended_at = None if state == ImportRun.State.PAUSED else timezone.now()
        self.record.report = {**self.report.as_json(), "sentence": sentence}
        self.record.cursor = {**self.cursor, "seen": sorted(self.seen)} if state == ImportRun.State.PAUSED else {}
        self.record.save()


def _read_aliases(workshop: Workshop, wanted: list[str], profiles: list[dict[str, Any]]) -> list[ProfileAlias]:
    aliases = {(profile_id, profile_id) for profile_id in wanted}
    for profile in profiles:
        content = profile.get("content")
        names = content.get("names") if isinstance(content, dict) else None
        own = str(profile.get("id") or "")
        usernames = [str(name["username"]) for name in names or [] if isinstance(name, dict) and name.get("username")]
        aliases |= {(own, alias) for alias in [own, *usernames] if own and alias}
    return [ProfileAlias(workshop=workshop, profile_id=profile_id[:200], alias=alias[:254]) for profile_id, alias in sorted(aliases)]


def _tell_nobody(count: int, total: int | None, sentence: str) -> None:
    """Ignore progress."""
