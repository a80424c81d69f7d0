"""Checks of files that came in, as background work; duplicates across the papers of a workshop."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from papers.file_rules import JPEG, PNG, PPTX, ZIP, build_rules
from papers.jobs import RunningJob, enqueue_job, job_kind
from papers.models import FileFinding, FileKind, FileVersion, Job, Paper, RequiredFile, StoredFile, User
from papers.owed_files import find_requirements
from papers.pdf_checks.findings import Finding, Report, Severity, sort_findings
from papers.pdf_checks.names import fold_title, rate_title
from papers.pdf_checks.rules import Rules
from papers.pdf_checks.sandbox import check_pdf, crop_finding
from papers.picture_checks import check_picture
from papers.stored_files import borrow_path, keep_content, measure_content
from papers.supplement_checks.checking import check_supplement
from papers.supplement_checks.slides import check_slides

KIND = "check-file"
MOST_CROPS = 8
SECONDS_OF_CROP = 5.0
SHORTEST_TITLE = 12  # letters by which a title is known as another paper's
OWN_TITLE = 0.6  # how alike the printed title is to the registered one when the file is the right one
SAME_FILE = "The same file was handed in for another paper of this workshop."
SAME_FILE_REMEDY = "Look which paper it belongs to, and upload the right file here."
OTHER_TITLE = "The title printed in the file is that of another paper of this workshop."
OTHER_TITLE_REMEDY = "It looks like the wrong file: upload this paper's own."


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the checks say of a file: findings, the facts they rest on, other papers that findings are about, by code."""

    findings: tuple[Finding, ...]
    facts: Mapping[str, Any]
    others: Mapping[str, Paper] = field(default_factory=dict)

    @property
    def is_blocked(self) -> bool:
        """Tell whether anything blocks."""
        return any(finding.is_blocking for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checker:
    """What checks a PDF and draws a spot of it; files from outside are for the sandbox alone."""

    check: Callable[..., Report]
    crop: Callable[..., bytes]


def start_check(version: FileVersion, *, by: User | None) -> Job:
    """Queue the checks of a version; its row says when they have ended."""
    return enqueue_job(KIND, workshop=version.paper.workshop, by=by, params={"version": version.pk}, subject=str(version.pk))


@job_kind(KIND, is_repeatable=True, title="Check a camera-ready file")
def run_check(running: RunningJob) -> dict[str, Any]:
    """Check the version that the job names, unless it is gone or checked by now."""
    version = FileVersion.objects.with_all().filter(pk=running.params["version"]).first()
    if version is None or version.checked_at is not None:
        return {"sentence": "There was nothing to check any more."}
    found = check_version(version)
    return {"sentence": f"{version.name} was checked: {len(found)} finding{'' if len(found) == 1 else 's'}."}


def check_version(version: FileVersion, *, checker: Checker | None = None) -> list[FileFinding]:
    """Check a version and keep what is found, with pictures of the spots; an override of the same finding stays in force.

    The sandbox checks, unless a `checker` is given for a file that we wrote ourselves.
    """
    assert version.file is not None
    with borrow_path(version.file) as path:
        required = find_requirement(version.paper, version.kind)
        inspection = inspect_file(path, version.paper, required, media_type=version.file.media_type, version=version, checker=checker)
        rules = build_rules(required, version.paper.track)
        pictures = draw_crops(path, inspection.findings, rules, checker=checker)
    crops = {finding: _keep_crop(picture) for finding, picture in pictures.items()}
    overridden = {(old.code, old.page, old.sentence): old for old in version.findings.all() if old.overridden_at}
    rows = [_make_row(version, position, finding, inspection, crops.get(finding)) for position, finding in enumerate(inspection.findings)]
    for row in rows:
        old = overridden.get((row.code, row.page, row.sentence))
        if old:
            row.overridden_at, row.overridden_by, row.override_reason = old.overridden_at, old.overridden_by, old.override_reason
    with transaction.atomic():
        version.findings.all().delete()
        FileFinding.objects.bulk_create(rows)
        version.checked_at, version.facts = timezone.now(), dict(inspection.facts)
        version.save(update_fields=["checked_at", "facts"])
    return rows


def find_requirement(paper: Paper, kind: str) -> RequiredFile:
    """Return what is asked of a paper for this kind; where nothing is (any more), an unsaved row with what is usual."""
    asked = RequiredFile.objects.of_workshop(paper.workshop)
    found = next((row for row in find_requirements(paper, asked) if row.kind == kind), None)
    return found or RequiredFile(workshop=paper.workshop, kind=kind)


def inspect_file(
    path: Path,
    paper: Paper,
    required: RequiredFile,
    *,
    media_type: str,
    version: FileVersion | None = None,
    checker: Checker | None = None,
) -> Inspection:
    """Look at a file as one of this kind for this paper; writes nothing.

    With a `version`, its content is compared with those of other papers.
    """
    authors = [author.name for author in paper.authors.all()]
    others: dict[str, Paper] = {}
    facts: Mapping[str, Any] = {}
    if media_type == ZIP:
        findings = list(check_supplement(path, authors=authors, is_anonymous=paper.hides_authors))
    elif media_type == PPTX:
        findings = list(check_slides(path))
    elif media_type in {PNG, JPEG}:
        findings = list(check_picture(path))
    else:
        is_paper = required.kind == FileKind.PAPER
        named = {"title": paper.title, "authors": authors} if is_paper else {}
        check = checker.check if checker else check_pdf
        report = check(path, build_rules(required, paper.track), **named)  # type: ignore[arg-type]
        findings, facts = list(report.findings), report.facts
        other = _find_other_title(paper, facts) if is_paper else None
        if other:
            others["other_papers_title"] = other
            findings.append(Finding("other_papers_title", "block", 1, None, OTHER_TITLE, OTHER_TITLE_REMEDY))
    twin = FileVersion.objects.with_same_content(version).first() if version else None
    if twin:
        others["same_file"] = twin.paper
        weight: Severity = "block" if required.kind == FileKind.PAPER else "warn"
        findings.append(Finding("same_file", weight, None, None, SAME_FILE, SAME_FILE_REMEDY))
    return Inspection(_weigh(findings, required), facts, others)


def _weigh(findings: Sequence[Finding], required: RequiredFile) -> tuple[Finding, ...]:
    """Let the workshop's own weights count, also for what the checks of PDFs do not know; drop what weighs nothing."""
    weighed = [replace(finding, severity=required.severities.get(finding.code, finding.severity)) for finding in findings]
    return sort_findings(finding for finding in weighed if finding.severity in {"block", "warn"})


def _find_other_title(paper: Paper, facts: Mapping[str, Any]) -> Paper | None:
    """Return the paper of the workshop whose title is printed, when this paper's is not.

    Only papers that the world may know of are compared: else authors could ask by guessed titles what was submitted.
    """
    printed, key = str(facts.get("title", "")), str(facts.get("title_key", ""))
    if len(key) < SHORTEST_TITLE or fold_title(paper.title) in key or rate_title(paper.title, printed) >= OWN_TITLE:
        return None
    others = (
        Paper.objects.in_workshop(paper.workshop).accepted().released().exclude(pk=paper.pk).only("pk", "number", "title").order_by("pk")
    )
    for other in others:
        title = fold_title(other.title)
        if len(title) >= SHORTEST_TITLE and title in key:
            return other
    return None


def draw_crops(
    path: Path, findings: Sequence[Finding], rules: Rules, *, most: int = MOST_CROPS, checker: Checker | None = None
) -> dict[Finding, bytes]:
    """Return pictures of the first spots, as PNG; a page that takes long to draw goes without."""
    quick = replace(rules, limits=replace(rules.limits, seconds=SECONDS_OF_CROP))
    spots = [finding for finding in findings if finding.page is not None][:most]
    crop = checker.crop if checker else crop_finding
    pictures = {finding: crop(path, finding, rules=quick) for finding in spots}
    return {finding: picture for finding, picture in pictures.items() if picture}


def _keep_crop(picture: bytes) -> StoredFile:
    stream = io.BytesIO(picture)
    return keep_content(stream, measure_content(stream), media_type="image/png")


def _make_row(version: FileVersion, position: int, finding: Finding, inspection: Inspection, crop: StoredFile | None) -> FileFinding:
    return FileFinding(
        version=version,
        position=position,
        code=finding.code,
        severity=finding.severity,
        page=finding.page,
        box=list(finding.box) if finding.box else None,
        sentence=finding.message,
        remedy=finding.remedy,
        crop=crop,
        other=inspection.others.get(finding.code),
    )
