"""The record that an import keeps of itself: begun, paused, taken up again, closed."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from papers.errors import Throttled
from papers.models import ImportRun, User, Workshop
from papers.reports import ImportReport

# A longer pause would stitch two different states of the venue together.
RESUMABLE_FOR = dt.timedelta(days=1)
INTERRUPTED = "The import was interrupted; what it had written are whole papers, and the next one brings the rest."
GIVEN_UP = "The import waited too long for OpenReview; the next one began anew."


@dataclass(slots=True)
class RunRecord:
    """What one import knows of itself. With `row` None it is a rehearsal, and nothing is written."""

    row: ImportRun | None = None
    report: ImportReport = field(default_factory=ImportReport)
    cursor: dict[str, Any] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    earlier_requests: int = 0

    def keep_place(self, cursor: dict[str, Any], *, expected: int | None, account: str) -> None:
        """Write down how far the import has come; everything before the cursor is in the database."""
        self.cursor = cursor
        if self.row is not None:
            self.row.cursor, self.row.seen_count, self.row.expected_count = cursor, len(self.seen), expected
            self.row.account = account[:200]
            self.row.save(update_fields=["cursor", "seen_count", "expected_count", "account"])

    def keep_venue(self, description: dict[str, Any]) -> None:
        """Write down what the venue says of itself."""
        if self.row is not None:
            self.row.venue = description
            self.row.save(update_fields=["venue"])

    def pause(self, sentence: str, *, until: dt.datetime) -> None:
        """Keep the cursor until OpenReview lets the import go on."""
        self._write(ImportRun.State.PAUSED, sentence, resume_at=until, cursor={**self.cursor, "seen": sorted(self.seen)})

    def close(self, state: str, sentence: str = "") -> None:
        """Write the end and the report."""
        self._write(state, sentence, ended_at=timezone.now(), cursor={})

    def _write(self, state: str, sentence: str, **values: Any) -> None:
        if self.row is None:
            return
        self.row.state, self.row.report = state, {**self.report.as_json(), "sentence": sentence}
        for name, value in values.items():
            setattr(self.row, name, value)
        self.row.save()


def begin_run(workshop: Workshop, *, by: User | None, is_rehearsal: bool) -> RunRecord:
    """Return the record of a new import, or of the paused one that goes on now.

    Call it while holding the import lock: a run that still says that it is running was killed. Raises
    `Throttled` while OpenReview's waiting time is not over.
    """
    paused = ImportRun.objects.find_paused(workshop)
    now = timezone.now()
    if paused is not None and paused.resume_at and paused.resume_at > now:
        raise Throttled(
            f"OpenReview asked to wait until {paused.resume_at:%Y-%m-%d %H:%M:%S} UTC; after that the import goes on where it stopped.",
            until=paused.resume_at,
        )
    if is_rehearsal:
        return RunRecord()
    for killed in ImportRun.objects.from_openreview(workshop).filter(state=ImportRun.State.RUNNING):
        _end(killed, INTERRUPTED)
    if paused is not None and paused.resume_at and paused.resume_at < now - RESUMABLE_FOR:
        _end(paused, GIVEN_UP)
        paused = None
    if paused is None:
        return RunRecord(ImportRun.objects.create(workshop=workshop, source=ImportRun.OPENREVIEW, by=by))
    return _take_up(paused)


def _take_up(paused: ImportRun) -> RunRecord:
    cursor = dict(paused.cursor)
    seen = set(cursor.pop("seen", ()))
    report = ImportReport.from_json(paused.report)
    paused.state, paused.resume_at = ImportRun.State.RUNNING, None
    paused.save(update_fields=["state", "resume_at"])
    return RunRecord(paused, report, cursor, seen, earlier_requests=report.requests)


def _end(run: ImportRun, sentence: str) -> None:
    run.state, run.ended_at, run.cursor = ImportRun.State.FAILED, timezone.now(), {}
    run.report = {**run.report, "sentence": sentence}
    run.save(update_fields=["state", "ended_at", "cursor", "report"])
