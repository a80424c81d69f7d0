"""Stage 3: receives the files of accepted papers, returns or approves them."""

import datetime as dt
from typing import IO, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from papers.access import DECIDERS, find_role
from papers.errors import Refusal
from papers.file_checks import start_check
from papers.file_names import clean_file_name
from papers.file_rules import MEGABYTE, find_most_bytes, list_media_types, name_media_types, sniff_media_type
from papers.history import record_change
from papers.letters.notices import tell_receipt, tell_verdict
from papers.models import (
    AuthorClaim,
    FileExtension,
    FileFinding,
    FileKind,
    FileVerdict,
    FileVersion,
    Paper,
    StoredFile,
    UpstreamFile,
    User,
    Workshop,
)
from papers.naming import begin_with_paper, name_paper
from papers.owed_files import FileState, OwedFile, find_owed_file, is_asked_for_files
from papers.stored_files import Measured, keep_content, measure_content
from papers.zones import format_instant

MOST_BYTES_OF_PAPER = 500 * MEGABYTE


def receive_file(paper: Paper, *, kind: str, content: IO[bytes], name: str, by: User, begun_at: dt.datetime | None = None) -> FileVersion:
    """Keep a file as the newest version of its kind and queue its checks; return the version.

    `begun_at` is when its upload began, which the deadline is held against. The same file twice is one version.
    Refuses what `refuse_file` and `refuse_content` name.
    """
    owed = refuse_file(paper, kind, by=by, at=begun_at)
    if owed.kind == FileKind.VIDEO:
        raise Refusal("A video is handed in as a link to where it can be watched.", subject=paper)
    measured = measure_content(content)
    media_type = refuse_content(owed, measured)
    stored = keep_content(content, measured, media_type=media_type)
    return _add_version(paper, kind, by=by, at=begun_at, file=stored, name=clean_file_name(name))


def take_upstream_file(origin: UpstreamFile, *, content: IO[bytes], name: str, by: User | None) -> FileVersion | None:
    """Keep a file of OpenReview's as the newest version and queue its checks; `origin` is told what became of it.

    Nothing is kept of a file that was here before, is older than what authors handed in here, or whose kind is approved by
    now. Refuses what `refuse_content` names, and papers that do not owe it.
    """
    paper = origin.paper
    measured = measure_content(content)
    media_type = refuse_content(find_open_file(paper, origin.kind, takes_approved=True), measured)
    stored = keep_content(content, measured, media_type=media_type)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=paper.workshop_id)
        owed = find_open_file(paper, origin.kind, takes_approved=True)
        version = None
        outcome = judge_upstream_file(owed, origin)
        if any(held.file_id == stored.pk for held in owed.versions):
            outcome = UpstreamFile.Outcome.SAME
        if outcome == UpstreamFile.Outcome.TAKEN:
            version = _write_version(owed, by=by, name=clean_file_name(name), file=stored, origin=origin)
        origin.outcome, origin.by = outcome, by
        origin.save(update_fields=["outcome", "by"])
    return version


def judge_upstream_file(owed: OwedFile, origin: UpstreamFile) -> UpstreamFile.Outcome:
    """Return what is to become of a file of OpenReview's beside what is here: a newer one handed in here always stays."""
    current = owed.current
    if owed.state == FileState.APPROVED:
        return UpstreamFile.Outcome.KEPT
    if current is not None and current.origin is None and (origin.filed_at is None or origin.filed_at <= current.at):
        return UpstreamFile.Outcome.OLDER
    if current is not None and current.origin is not None and _is_before(origin.filed_at, current.origin.filed_at):
        return UpstreamFile.Outcome.OLDER
    return UpstreamFile.Outcome.TAKEN


def _is_before(moment: dt.datetime | None, other: dt.datetime | None) -> bool:
    return moment is not None and other is not None and moment < other


def receive_link(paper: Paper, *, kind: str, link: str, by: User) -> FileVersion:
    """Keep the address of a video as the newest version; refuses other kinds and addresses without https."""
    owed = refuse_file(paper, kind, by=by)
    if owed.kind != FileKind.VIDEO:
        raise Refusal(f"{owed.kind.label} is handed in as a file, not as a link.", subject=paper)
    if not link.startswith("https://"):
        raise Refusal("The address of a video begins with https://.", subject=paper)
    return _add_version(paper, kind, by=by, link=link, name="")


def refuse_file(paper: Paper, kind: str, *, by: User, at: dt.datetime | None = None) -> OwedFile:
    """Return what the paper owes of this kind, or refuse that anything is handed in.

    Refuses strangers, papers that owe nothing, kinds that the track does not ask for, approved files and, to authors,
    what comes after deadline and grace; an organizer may hand in late, and what was returned may be mended late.
    """
    is_organizer = _refuse_stranger(paper, by)
    owed = find_open_file(paper, kind)
    if not is_organizer and owed.is_closed_at(at or timezone.now()):
        raise _make_late(owed, by)
    return owed


def find_open_file(paper: Paper, kind: str, *, takes_approved: bool = False) -> OwedFile:
    """Return what the paper owes of this kind; refuses papers that owe nothing, kinds not asked for, and approved files."""
    name = begin_with_paper(paper)
    if paper.standing != Paper.Standing.ACTIVE:
        raise Refusal(f"{name} is {paper.get_standing_display().lower()}; no files are taken for it.", subject=paper)
    if not is_asked_for_files(paper):
        raise Refusal(f"{name} owes no files: they are asked for once a paper is accepted and its authors know.", subject=paper)
    owed = find_owed_file(paper, kind)
    if owed is None:
        label = FileKind(kind).label.lower() if kind in FileKind.values else f"“{kind[:40]}”"
        track = f"The track {paper.track.name}" if paper.track else "This workshop"
        raise Refusal(f"{track} asks for no {label}.", subject=paper)
    if owed.state == FileState.APPROVED and not takes_approved:
        raise Refusal(
            f"{owed.kind.label} of {name_paper(paper)} is approved. If it must change, ask the organizers to return it.", subject=paper
        )
    return owed


def refuse_content(owed: OwedFile, measured: Measured) -> str:
    """Return the format of a content, or refuse one that is empty, too large, or of a format that is not taken."""
    refuse_size(owed, measured.size)
    media_type = sniff_media_type(measured.start)
    if media_type not in list_media_types(owed.kind):
        wanted = name_media_types(owed.kind)
        raise Refusal(f"This is not a {wanted} file, whatever its name says. {owed.kind.label} is taken as {wanted}.", subject=owed.paper)
    return media_type


def refuse_size(owed: OwedFile, size: int) -> None:
    """Refuse a size that is nothing, more than a file of this kind may have, or more than a paper's files may have together."""
    most = find_most_bytes(owed.requirement)
    if size <= 0:
        raise Refusal("The file is empty. Choose it again.", subject=owed.paper)
    if size > most:
        raise Refusal(f"The file has {size / MEGABYTE:.1f} MB; {owed.kind.label} may have {most / MEGABYTE:g} MB.", subject=owed.paper)
    if FileVersion.objects.count_bytes(owed.paper) + size > MOST_BYTES_OF_PAPER:
        total = f"{MOST_BYTES_OF_PAPER / MEGABYTE:g} MB"
        raise Refusal(f"All versions of a paper's files may have {total} together. Ask the organizers.", subject=owed.paper)


def withdraw_file(version: FileVersion, *, by: User) -> FileVersion:
    """Take a version back, so that the one before counts; refuses approved ones and, to authors, after the deadline."""
    paper = version.paper
    is_organizer = _refuse_stranger(paper, by)
    with transaction.atomic():
        version = _lock(version)
        if version.withdrawn_at:
            raise Refusal("This version has been withdrawn already.", subject=version)
        verdict: FileVerdict | None = getattr(version, "verdict", None)
        if verdict and verdict.is_approved:
            raise Refusal("This version is approved. Ask the organizers to return it first.", subject=version)
        owed = find_owed_file(paper, version.kind)
        if owed and not is_organizer and owed.is_past_at(timezone.now()):
            raise _make_late(owed, by)
        version.withdrawn_at, version.withdrawn_by = timezone.now(), by
        version.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record(version, "withdrew file", by=by)
    return version


def return_file(version: FileVersion, *, reasons: str, by: User) -> FileVerdict:
    """Send a version back to its authors with reasons; an approval of it ends. Refuses without reasons."""
    if not reasons.strip():
        raise Refusal("Say what is to be mended: authors read it beside the button.", subject=version)
    return _judge(version, is_approved=False, reasons=reasons.strip(), by=by)


def approve_file(version: FileVersion, *, by: User) -> FileVerdict:
    """Take a version as final; refuses while its checks run, and while a finding blocks it that nobody has overridden."""
    owed = find_owed_file(version.paper, version.kind)
    if version.file_id and version.checked_at is None:
        raise Refusal("Its checks have not ended yet. Wait a moment, or let it be checked again.", subject=version)
    if owed and owed.requirement.is_blocking and any(finding.is_standing for finding in version.findings.all()):
        raise Refusal("A finding blocks this version. Override it with a reason, or return the file.", subject=version)
    return _judge(version, is_approved=True, reasons="", by=by)


def override_finding(finding: FileFinding, *, reason: str, by: User) -> FileFinding:
    """Let a file pass in spite of a finding; refuses without a reason, and twice."""
    if not reason.strip():
        raise Refusal("Say why this finding may stand.", subject=finding)
    with transaction.atomic():
        finding = FileFinding.objects.select_for_update(of=("self",)).with_all().get(pk=finding.pk)
        if finding.overridden_at:
            raise Refusal("This finding has been overridden already.", subject=finding)
        finding.overridden_at, finding.overridden_by, finding.override_reason = timezone.now(), by, reason.strip()
        finding.save(update_fields=["overridden_at", "overridden_by", "override_reason"])
        _record(finding.version, "overrode finding", by=by, note=f"{finding.code}: {finding.override_reason}")
    return finding


def recheck_file(version: FileVersion, *, by: User) -> FileVersion:
    """Check a version anew, as after a change of the rules; overrides of what is found again stay in force."""
    if version.file_id is None:
        raise Refusal("A link is not checked.", subject=version)
    with transaction.atomic():
        version = _lock(version)
        version.checked_at = None
        version.save(update_fields=["checked_at"])
        _record(version, "rechecked file", by=by)
        start_check(version, by=by)
    return version


def extend_deadline(paper: Paper, *, kind: str, due_at: dt.datetime, reason: str, by: User) -> FileExtension:
    """Give one paper longer for one file; refuses where there is no deadline, an earlier one, and without a reason."""
    owed = find_owed_file(paper, kind)
    if owed is None or owed.requirement.due_at is None:
        raise Refusal(f"{begin_with_paper(paper)} has no deadline for this file that could be extended.", subject=paper)
    if due_at <= owed.requirement.due_at:
        known = format_instant(owed.requirement.due_at, paper.workshop.zone)
        raise Refusal(f"All papers have until {known}; an extension lies after that.", subject=paper)
    if not reason.strip():
        raise Refusal("Say why this paper gets longer.", subject=paper)
    with transaction.atomic():
        before = FileExtension.objects.select_for_update(of=("self",)).filter(paper=paper, kind=kind).first()
        extension = before or FileExtension(paper=paper, kind=kind)
        told = before.due_at.isoformat() if before else None
        extension.due_at, extension.reason, extension.by, extension.at = due_at, reason.strip(), by, timezone.now()
        extension.save()
        record_change(
            paper.workshop,
            "extended",
            by=by,
            paper=paper,
            field=f"{kind} deadline",
            before=told,
            after=due_at.isoformat(),
            note=reason.strip(),
        )
    return extension


def _add_version(paper: Paper, kind: str, *, by: User, at: dt.datetime | None = None, name: str, **content: Any) -> FileVersion:
    """Write the version behind a lock; refuse again what has come to be refused since."""
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=paper.workshop_id)  # the one that queueing its checks takes
        owed = refuse_file(paper, kind, by=by, at=at)
        current = owed.current
        if current and (current.file, current.link) == (content.get("file"), content.get("link", "")):
            if owed.state == FileState.RETURNED:
                raise Refusal("This is the very file that was returned. Upload the mended one.", subject=paper)
            return current
        return _write_version(owed, by=by, name=name, **content)


def _write_version(owed: OwedFile, *, by: User | None, name: str, **content: Any) -> FileVersion:
    paper, kind = owed.paper, owed.kind
    last = FileVersion.objects.filter(paper=paper, kind=kind).aggregate(last=Max("number"))["last"] or 0
    version = FileVersion.objects.create(paper=paper, kind=kind, number=last + 1, name=name, uploaded_by=by, at=timezone.now(), **content)
    note = "from OpenReview" if version.origin_id else ""
    _record(version, "replaced file" if owed.current else "received file", by=by, note=note)
    if version.file_id:
        start_check(version, by=by)
    tell_receipt(version, by=by)
    return version


def _judge(version: FileVersion, *, is_approved: bool, reasons: str, by: User) -> FileVerdict:
    """Say yes or no to the version that counts."""
    with transaction.atomic():
        version = _lock(version)
        newer = FileVersion.objects.standing().newer_than(version)
        if version.withdrawn_at or newer.exists():
            raise Refusal(
                "This version does not count any more: there is a newer one, or it was withdrawn. Look at the page again.", subject=version
            )
        verdict: FileVerdict = getattr(version, "verdict", None) or FileVerdict(version=version)
        if verdict.pk and (verdict.is_approved, verdict.reasons) == (is_approved, reasons):
            return verdict
        verdict.is_approved, verdict.reasons, verdict.by, verdict.at = is_approved, reasons, by, timezone.now()
        verdict.save()
        _record(version, "approved file" if is_approved else "returned file", by=by, note=reasons)
        tell_verdict(verdict, by=by)
    return verdict


def _refuse_stranger(paper: Paper, by: User) -> bool:
    """Refuse who is neither an author of the paper nor an organizer; tell whether they are an organizer."""
    if find_role(by, paper.workshop) in DECIDERS:
        return True
    if not AuthorClaim.objects.filter(paper=paper, user=by).exists():
        raise Refusal(f"Only its authors and the organizers hand in files of {name_paper(paper)}.", subject=paper)
    return False


def _make_late(owed: OwedFile, by: User) -> Refusal:
    assert owed.due_at is not None
    due = format_instant(owed.due_at, by.zone or owed.paper.workshop.zone)
    return Refusal(f"{owed.kind.label} was due {due}; nothing is taken any more. Write to the organizers.", subject=owed.paper)


def _lock(version: FileVersion) -> FileVersion:
    return FileVersion.objects.select_for_update(of=("self",)).with_all().get(pk=version.pk)


def _record(version: FileVersion, action: str, *, by: User | None, note: str = "") -> None:
    file: StoredFile | None = version.file
    after = {"name": version.name or version.link, "version": version.number, "sha256": file.sha256 if file else None}
    record_change(version.paper.workshop, action, by=by, paper=version.paper, field=version.get_kind_display(), after=after, note=note)
