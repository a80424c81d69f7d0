"""What each accepted paper owes, and how far it is: derived from what is asked, what came, what was said to it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from papers.listings import is_in_proceedings
from papers.models import Decision, FileExtension, FileKind, FileVerdict, FileVersion, Paper, RequiredFile, Workshop


class FileState(StrEnum):
    """How far a file is."""

    OWED = "owed"
    OPTIONAL = "optional"
    RECEIVED = "received"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class OwedFile:
    """One file that a paper owes or may bring: what is asked, until when for this paper, all versions, newest first."""

    paper: Paper
    requirement: RequiredFile
    versions: tuple[FileVersion, ...] = ()
    extension: FileExtension | None = None
    now: dt.datetime = field(default_factory=timezone.now)

    @property
    def kind(self) -> FileKind:
        """Return which file it is."""
        return FileKind(self.requirement.kind)

    @property
    def due_at(self) -> dt.datetime | None:
        """Return the announced deadline, or the paper's own where it is later."""
        due = self.requirement.due_at
        return max(due, self.extension.due_at) if due and self.extension else due

    @property
    def closes_at(self) -> dt.datetime | None:
        """Return when nothing is taken any more."""
        return self.due_at + dt.timedelta(minutes=self.requirement.grace_minutes) if self.due_at else None

    @property
    def current(self) -> FileVersion | None:
        """Return the version that counts."""
        return next((version for version in self.versions if version.withdrawn_at is None), None)

    @property
    def verdict(self) -> FileVerdict | None:
        """Return what was said to that version."""
        return getattr(self.current, "verdict", None)

    @property
    def state(self) -> FileState:
        """Return how far it is."""
        if self.current is None:
            return FileState.OPTIONAL if self.requirement.is_optional else FileState.OWED
        if self.verdict is None:
            return FileState.RECEIVED
        return FileState.APPROVED if self.verdict.is_approved else FileState.RETURNED

    @property
    def arrived_at(self) -> dt.datetime | None:
        """Return when its first version came, or nothing while authors have to act."""
        return None if self.is_due or not self.versions else self.versions[-1].at

    @property
    def is_checking(self) -> bool:
        """Tell whether the checks of the version that counts have not ended."""
        return self.current is not None and self.current.file_id is not None and self.current.checked_at is None

    @property
    def block_count(self) -> int:
        """Return how many findings keep it from being approved."""
        return getattr(self.current, "block_count", 0) if self.requirement.is_blocking else 0

    @property
    def is_blocked(self) -> bool:
        """Tell whether it waits for a mended version or for an organizer's override."""
        return self.state == FileState.RECEIVED and self.block_count > 0

    @property
    def is_due(self) -> bool:
        """Tell whether authors have to act: nothing came, it came back, or findings block it."""
        return self.state in {FileState.OWED, FileState.RETURNED} or self.is_blocked

    @property
    def is_overdue(self) -> bool:
        """Tell whether that should have happened by now."""
        return self.is_due and self.due_at is not None and self.now > self.due_at

    @property
    def state_words(self) -> str:
        """Return how far it is in one or two words."""
        if self.is_blocked:
            return "Blocked"
        if self.state == FileState.OWED and self.is_overdue:
            return "Overdue"
        if self.state == FileState.RECEIVED and self.is_checking:
            return "Being checked"
        return self.state.capitalize()

    @property
    def is_closed(self) -> bool:
        """Tell whether authors are too late by now, grace included."""
        return self.is_closed_at(self.now)

    @property
    def is_past(self) -> bool:
        """Tell whether the time for this file is over, whatever its state."""
        return self.is_past_at(self.now)

    def is_closed_at(self, moment: dt.datetime) -> bool:
        """Tell whether authors are too late at a moment; a file that came back may be mended at any time."""
        return self.state != FileState.RETURNED and self.is_past_at(moment)

    def is_past_at(self, moment: dt.datetime) -> bool:
        """Tell whether deadline and grace are over at a moment."""
        return self.closes_at is not None and moment > self.closes_at


def is_asked_for_files(paper: Paper) -> bool:
    """Tell whether a paper owes anything: accepted, still active, and its authors know."""
    decision: Decision | None = getattr(paper, "decision", None)
    is_accepted = decision is not None and decision.outcome == Decision.Outcome.ACCEPT and decision.released_at is not None
    return is_accepted and paper.standing == Paper.Standing.ACTIVE and not paper.is_test


def find_requirements(paper: Paper, asked: Iterable[RequiredFile]) -> list[RequiredFile]:
    """Return what a paper's track asks for, in the order of kinds: the track's own row before that for all tracks."""
    rows: dict[str, RequiredFile] = {}
    for row in asked:
        if row.track_id == paper.track_id or (row.track_id is None and row.kind not in rows):
            rows[row.kind] = row
    in_proceedings = is_in_proceedings(paper)
    return [rows[kind] for kind in FileKind.values if kind in rows and (in_proceedings or not rows[kind].is_for_proceedings)]


def list_owed_files(paper: Paper) -> list[OwedFile]:
    """Return what a paper owes with all that its files page shows; nothing while it owes nothing."""
    if not is_asked_for_files(paper):
        return []
    asked = RequiredFile.objects.of_workshop(paper.workshop)
    return _assemble(paper, list(asked), FileVersion.objects.for_files_page(paper), FileExtension.objects.filter(paper=paper))


def find_owed_file(paper: Paper, kind: str) -> OwedFile | None:
    """Return what a paper owes of one kind, without its findings; nothing where it owes none."""
    if not is_asked_for_files(paper):
        return None
    [files] = list_owed_by_papers(paper.workshop, [paper])
    return next((owed for owed in files if owed.kind == kind), None)


def list_owed_by_papers(workshop: Workshop, papers: Sequence[Paper], *, brings_facts: bool = True) -> list[list[OwedFile]]:
    """Return what each of these papers owes, in their order, with as many queries for 3 papers as for 300.

    What the checks found of a file, the longest part of a version, can be left out.
    """
    asked = list(RequiredFile.objects.of_workshop(workshop))
    versions: dict[int, list[FileVersion]] = defaultdict(list)
    found = FileVersion.objects.of_papers(papers)
    for version in found if brings_facts else found.defer("facts"):
        versions[version.paper_id].append(version)
    extensions: dict[int, list[FileExtension]] = defaultdict(list)
    for extension in FileExtension.objects.filter(paper__in=[paper.pk for paper in papers]):
        extensions[extension.paper_id].append(extension)
    return [_assemble(paper, asked, versions[paper.pk], extensions[paper.pk]) for paper in papers]


def _assemble(
    paper: Paper, asked: Sequence[RequiredFile], versions: Iterable[FileVersion], extensions: Iterable[FileExtension]
) -> list[OwedFile]:
    held: dict[str, list[FileVersion]] = defaultdict(list)
    for version in versions:
        held[version.kind].append(version)
    later = {extension.kind: extension for extension in extensions}
    return [OwedFile(paper, row, tuple(held[row.kind]), later.get(row.kind)) for row in find_requirements(paper, asked)]
