"""What taking files from OpenReview would do: read there, held against what is here, nothing fetched."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.camera_ready import judge_upstream_file
from papers.errors import Refusal
from papers.history import record_change
from papers.models import FileKind, FileSource, Paper, UpstreamFile, User, Workshop
from papers.openreview.filings import FiledNote, Filing, find_field, is_of_stage, list_filed_notes, pick_filing
from papers.openreview.reading import Connect, OpenVenue, open_venue
from papers.owed_files import OwedFile, list_owed_by_papers
from papers.sight import Sight
from papers.zones import format_instant

Outcome = UpstreamFile.Outcome
FETCHED_KINDS = tuple(kind for kind in FileKind if kind != FileKind.VIDEO)  # a video is a link


class FileAct(StrEnum):
    """What taking one file comes to."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    KEPT = "kept"
    REFUSED = "refused"
    NOTHING = "nothing"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class FileItem:
    """One owed file: what OpenReview holds of it, and a sentence about it where there is something to say."""

    pk: int
    number: int | None
    title: str
    note_id: str
    kind: str
    act: FileAct
    field: str = ""
    path: str = ""
    filed_at: str = ""
    filed_by: str = ""
    sentence: str = ""

    @property
    def key(self) -> str:
        """Return what names this very file of this very upload."""
        return f"{self.pk} {self.kind} {self.path}"

    @property
    def kind_name(self) -> str:
        """Return what people call this kind of file."""
        return FileKind(self.kind).label

    @property
    def moment(self) -> dt.datetime | None:
        """Return when it was filed there."""
        return dt.datetime.fromisoformat(self.filed_at) if self.filed_at else None

    @property
    def is_takeable(self) -> bool:
        """Tell whether it would be fetched."""
        return self.act in {FileAct.NEW, FileAct.CHANGED}

    def as_json(self) -> dict[str, Any]:
        """Return the item as plain JSON."""
        return {name: getattr(self, name) for name in self.__slots__} | {"act": self.act.value}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "FileItem":
        """Return the item that `as_json` told."""
        return cls(**{**told, "act": FileAct(told["act"])})


@dataclass(frozen=True, slots=True)
class FilePlan:
    """Every file that accepted papers owe, held against what OpenReview holds now."""

    items: tuple[FileItem, ...]
    account: str

    @property
    def takeable(self) -> tuple[FileItem, ...]:
        """Return what would be fetched."""
        return tuple(item for item in self.items if item.is_takeable)

    @property
    def told(self) -> tuple[FileItem, ...]:
        """Return what stays outside and why, as far as there is something to say."""
        return tuple(item for item in self.items if item.sentence and not item.is_takeable)

    def count(self) -> dict[str, int]:
        """Return how many files come to what."""
        counted = Counter(item.act for item in self.items)
        return {act.value: counted[act] for act in FileAct}

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain JSON."""
        return {"account": self.account, "items": [item.as_json() for item in self.items]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "FilePlan":
        """Return the plan that `as_json` told."""
        return cls(tuple(FileItem.from_json(item) for item in told["items"]), told["account"])


def open_files(workshop: Workshop, connect: Connect, *, api: str = "auto") -> OpenVenue:
    """Return the workshop's venue, signed in."""
    return open_venue(workshop.venue_id, connect, api=api, invitations=tuple(workshop.submission_invitations))


def read_source(workshop: Workshop) -> FileSource:
    """Return where files stand in OpenReview; what is usual where nobody has said."""
    return FileSource.objects.filter(workshop=workshop).first() or FileSource(workshop=workshop)


def keep_source(workshop: Workshop, *, stage: str, fields: Mapping[str, str], by: User | None) -> FileSource:
    """Say by which revision camera-ready files come, which field holds which kind; an empty one leaves it to the usual names."""
    unknown = sorted(set(fields) - set(FETCHED_KINDS))
    if unknown:
        raise Refusal(f"No file of the kind {unknown[0]!r} is taken from OpenReview.", subject=workshop)
    with transaction.atomic():
        held = read_source(workshop)
        before = {"stage": held.stage, "fields": held.fields}
        held.stage, held.fields = stage.strip(), {kind: name.strip() for kind, name in fields.items() if name.strip()}
        after = {"stage": held.stage, "fields": held.fields}
        if after != before:
            held.save()
            record_change(workshop, "said where files stand", by=by, field="OpenReview's files", before=before, after=after)
    return held


def plan_files(sight: Sight, opened: OpenVenue, *, is_kept: bool) -> FilePlan:
    """Hold what OpenReview names for accepted and released papers against what is here.

    Asks for each new file once who filed it when; with `is_kept` that is written down, so that whoever was told to wait
    goes on from there. Without, only what the comparison needs is asked. Raises `Throttled`.
    """
    papers = list(sight.papers.for_readiness().exclude(note_id=""))
    for paper in papers:
        paper.workshop = sight.workshop
    owed = list_owed_by_papers(sight.workshop, papers)
    notes = list_filed_notes(opened, {paper.note_id for paper in papers})
    planner = _Planner(opened, read_source(sight.workshop), list(UpstreamFile.objects.of_papers(papers)), is_kept=is_kept)
    items = [
        planner.plan(one, notes.get(paper.note_id))
        for paper, files in zip(papers, owed, strict=True)
        for one in files
        if one.kind in FETCHED_KINDS
    ]
    return FilePlan(tuple(items), opened.connection.account)


class _Planner:
    """Judges owed files one by one, asking for a paper's revisions once."""

    def __init__(self, opened: OpenVenue, source: FileSource, seen: Sequence[UpstreamFile], *, is_kept: bool) -> None:
        self.opened, self.source, self.is_kept = opened, source, is_kept
        self.seen = {(row.paper_id, row.kind, row.path): row for row in seen}
        self.taken = {(row.paper_id, row.kind) for row in seen if row.outcome == Outcome.TAKEN}
        self.filings: tuple[str, list[dict[str, Any]]] = ("", [])

    def plan(self, owed: OwedFile, note: FiledNote | None) -> FileItem:
        """Return what taking this file comes to."""
        paper, kind = owed.paper, owed.kind
        if note is None:
            return _make_item(owed, FileAct.GONE, sentence="OpenReview does not show this paper to this account any more; ours stays.")
        if note.standing != Paper.Standing.ACTIVE:
            return _make_item(
                owed, FileAct.GONE, sentence=f"The paper is {note.standing} in OpenReview; import submissions and look first."
            )
        field = find_field(note, kind, self.source.fields.get(kind, ""))
        if not field:
            gone = "The file that was taken from there is gone there; ours stays." if (paper.pk, kind) in self.taken else ""
            return _make_item(owed, FileAct.NOTHING, sentence=gone)
        if not self._is_camera_ready(note, field):
            return _make_item(owed, FileAct.NOTHING, field=field, sentence="No camera-ready revision came there yet.")
        row = self._meet(owed, note, field)
        return self._judge(owed, row)

    def _is_camera_ready(self, note: FiledNote, field: str) -> bool:
        stage = self.source.stage
        if stage == FileSource.ANY_STAGE:
            return True
        if self.opened.venue.generation == 1:  # its notes do not name their revisions
            return is_of_stage([self._look_up(note, field).revision], stage)
        return is_of_stage(note.revisions, stage)

    def _meet(self, owed: OwedFile, note: FiledNote, field: str) -> UpstreamFile:
        path = note.files[field]
        known = self.seen.get((owed.paper.pk, owed.kind, path))
        if known is not None:
            return known
        has_own = owed.current is not None and owed.current.origin_id is None
        filing = self._look_up(note, field) if self.is_kept or has_own else Filing()
        row = UpstreamFile(
            paper=owed.paper, kind=owed.kind, field=field, path=path, filed_at=filing.at, filed_by=filing.by, seen_at=timezone.now()
        )
        if self.is_kept:
            values = {"field": field, "filed_at": filing.at, "filed_by": filing.by, "seen_at": row.seen_at}
            row, _ = UpstreamFile.objects.get_or_create(paper=owed.paper, kind=owed.kind, path=path, defaults=values)
            # What it replaced there is there no more; only versions remember where they came from.
            UpstreamFile.objects.of_papers([owed.paper]).not_taken().filter(kind=owed.kind).exclude(path=path).delete()
        return row

    def _look_up(self, note: FiledNote, field: str) -> Filing:
        if self.filings[0] != note.note_id:
            self.filings = (note.note_id, self.opened.connection.list_filings(note.note_id))
        return pick_filing(self.filings[1], field, note.files[field])

    def _judge(self, owed: OwedFile, row: UpstreamFile) -> FileItem:
        if row.outcome in {Outcome.TAKEN, Outcome.SAME}:
            return _make_item(owed, FileAct.SAME, row)
        if row.outcome == Outcome.REFUSED:
            return _make_item(owed, FileAct.REFUSED, row, sentence=row.sentence)
        outcome = judge_upstream_file(owed, row)
        if outcome != Outcome.TAKEN and self.is_kept and row.outcome != outcome:
            row.outcome = outcome
            row.save(update_fields=["outcome"])
        if outcome == Outcome.KEPT:
            return _make_item(owed, FileAct.KEPT, row, sentence="Another file is approved here; return that one if this is to count.")
        if outcome == Outcome.OLDER:
            return _make_item(owed, FileAct.OLDER, row, sentence=tell_older(owed, row))
        return _make_item(owed, FileAct.CHANGED if owed.current else FileAct.NEW, row, sentence=row.sentence)


def tell_older(owed: OwedFile, row: UpstreamFile) -> str:
    """Say why a file of OpenReview's does not replace ours."""
    if row.filed_at is None:
        return "OpenReview does not show when it was filed there, so ours stays. Withdraw ours first if theirs is to count."
    filed = format_instant(row.filed_at, owed.paper.workshop.zone)
    return f"Filed there {filed}, before ours. Withdraw ours first if theirs is to count."


def _make_item(owed: OwedFile, act: FileAct, row: UpstreamFile | None = None, *, field: str = "", sentence: str = "") -> FileItem:
    paper = owed.paper
    filed_at = row.filed_at.isoformat() if row and row.filed_at else ""
    named = {"field": row.field, "path": row.path, "filed_at": filed_at, "filed_by": row.filed_by} if row else {"field": field}
    return FileItem(paper.pk, paper.number, paper.title, paper.note_id, owed.kind.value, act, sentence=sentence, **named)
