"""Stage 3: takes files of accepted papers from OpenReview, resumably, none twice."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from papers.camera_ready import take_upstream_file
from papers.errors import Refusal
from papers.file_plans import FileAct, FileItem, FilePlan, Outcome, plan_files
from papers.file_rules import MEGABYTE
from papers.import_locks import hold_import
from papers.models import UpstreamFile, User
from papers.openreview.attachments import FetchedFile, FileFetcher, WantedFile
from papers.openreview.reading import OpenVenue
from papers.sight import Sight

MOST_MEGABYTES = 200  # more than any file may have here; what a single one is held against comes later

Tell = Callable[[int, int], None]


@dataclass(slots=True)
class FileImportReport:
    """What became of the files that were to be taken; `problems` names paper, kind and reason."""

    taken: int = 0
    same: int = 0
    older: int = 0
    refused: int = 0
    missing: int = 0
    requests: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    is_canceled: bool = False

    @property
    def sentence(self) -> str:
        """Return the report in a sentence."""
        told = f"{self.taken} taken, {self.same} were here already, {self.older} left for a newer or approved one here"
        return f"{told}, {self.refused} refused, {self.missing} not to be had.{' Canceled on the way.' if self.is_canceled else ''}"

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


def import_files(
    sight: Sight,
    opened: OpenVenue,
    *,
    by: User | None,
    chosen: Collection[str] | None = None,
    tell: Tell | None = None,
    is_canceled: Callable[[], bool] | None = None,
) -> tuple[FilePlan, FileImportReport]:
    """Take what is new and changed in OpenReview, of `chosen` keys only where they are given; return plan and report.

    Each file is kept whole with its version in one transaction: killed at any moment, or told to wait (`Throttled`), the
    next call goes on with what is left. Nothing that was here before is kept twice, nothing newer here is replaced.
    """
    with hold_import(sight.workshop, name="files", what="Another taking of files for"):
        plan = plan_files(sight, opened, is_kept=True)
        items = [item for item in plan.takeable if chosen is None or item.key in chosen]
        report = _Taking(opened, by).run(items, tell or _tell_nobody, is_canceled or _never)
    report.requests = opened.connection.request_count
    return plan, report


class _Taking:
    """One import of files on its way."""

    def __init__(self, opened: OpenVenue, by: User | None) -> None:
        self.by = by
        self.fetcher = FileFetcher(opened.connection, most_bytes=MOST_MEGABYTES * MEGABYTE)
        self.report = FileImportReport()

    def run(self, items: list[FileItem], tell: Tell, is_canceled: Callable[[], bool]) -> FileImportReport:
        rows = {row.pk: row for row in UpstreamFile.objects.with_paper().of_keys(item.key for item in items)}
        waiting = {_want(row): row.pk for row in rows.values()}
        # What could not be had the last time comes last, so that it never keeps the rest waiting.
        order = sorted(waiting, key=lambda one: (rows[waiting[one]].outcome == Outcome.MISSING, one.field, one.number or 0, one.note_id))
        for place, fetched in enumerate(self.fetcher.fetch(order), start=1):
            self._take(waiting[fetched.wanted], fetched)
            tell(place, len(order))
            if is_canceled():
                self.report.is_canceled = place < len(order)
                break
        return self.report

    def _take(self, pk: int, fetched: FetchedFile) -> None:
        origin = UpstreamFile.objects.with_paper().get(pk=pk)  # anew: a decision may have been taken back meanwhile
        if fetched.content is None:
            self._settle(origin, Outcome.MISSING, fetched.sentence)
            self.report.missing += 1
            return
        wanted = fetched.wanted
        name = f"{wanted.number if wanted.number is not None else wanted.note_id}_{wanted.field}{PurePosixPath(wanted.path).suffix}"
        try:
            take_upstream_file(origin, content=fetched.content, name=name, by=self.by)
        except Refusal as refusal:
            self._settle(origin, Outcome.REFUSED, refusal.sentence)
            self.report.refused += 1
            return
        self.report.taken += origin.outcome == Outcome.TAKEN
        self.report.same += origin.outcome == Outcome.SAME
        self.report.older += origin.outcome in {Outcome.OLDER, Outcome.KEPT}

    def _settle(self, origin: UpstreamFile, outcome: Outcome, sentence: str) -> None:
        with transaction.atomic():
            origin.outcome, origin.sentence, origin.by = outcome, sentence, self.by
            origin.save(update_fields=["outcome", "sentence", "by"])
        problem = {"paper": origin.paper.number, "note_id": origin.paper.note_id, "kind": origin.kind, "sentence": sentence}
        self.report.problems.append(problem)


def describe_plan(plan: FilePlan) -> str:
    """Return a plan in a sentence."""
    count = plan.count()
    rest = count[FileAct.OLDER] + count[FileAct.KEPT]
    return (
        f"{count[FileAct.NEW]} new, {count[FileAct.CHANGED]} changed, {count[FileAct.SAME]} the same, {rest} left for ours, "
        f"{count[FileAct.NOTHING]} not there, {count[FileAct.REFUSED]} refused earlier, {count[FileAct.GONE]} of papers gone there."
    )


def _want(row: UpstreamFile) -> WantedFile:
    return WantedFile(row.paper.note_id, row.paper.number, row.field, row.path)


def _tell_nobody(count: int, total: int) -> None:
    """Ignore progress."""


def _never() -> bool:
    return False
