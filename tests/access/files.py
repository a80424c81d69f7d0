"""What the addresses of camera-ready files take, one of each thing made for it."""

import io
from typing import Any

from django.utils import timezone

from papers.models import FileFinding, FileVersion, Job, Paper, RequiredFile, Upload, User
from papers.stored_files import keep_content, measure_content

OF_PAPER = ("author-files", "paper-files")
OF_KIND = ("hand-in-file", "hand-in-link", "rehearse-file", "start-upload", "extend-deadline")
OF_VERSION = ("download-file", "withdraw-file", "approve-file", "return-file", "recheck-file")
OF_FINDING = ("finding-crop", "override-finding")
OF_UPLOAD = ("upload", "finish-upload")
OF_REQUIREMENT = ("required-file", "remove-required-file")


def name_file_arguments(paper: Paper, author: User) -> dict[str, list[Any]]:
    """Return the arguments; the paper has a file of its author, not yet looked at."""
    slug, now = paper.workshop.slug, timezone.now()
    content = io.BytesIO(b"%PDF-1.5 counted")
    stored = keep_content(content, measure_content(content), media_type="application/pdf")
    version = FileVersion.objects.create(paper=paper, kind="paper", number=1, file=stored, name="paper.pdf", uploaded_by=author, at=now)
    finding = FileFinding.objects.create(
        version=version, position=0, code="blank_page", severity="block", page=1, sentence="No.", crop=stored
    )
    required = RequiredFile.objects.create(workshop=paper.workshop, kind="paper")
    fields = {"token": "counted-token", "kind": "paper", "name": "a.pdf", "size": 3, "sha256": "0" * 64}
    upload = Upload.objects.create(paper=paper, by=author, started_at=now, touched_at=now, **fields)
    rows: dict[str, list[Any]] = {name: [slug, paper.pk] for name in OF_PAPER}
    rows |= {name: [slug, paper.pk, "paper"] for name in OF_KIND}
    rows |= {name: [slug, version.pk] for name in OF_VERSION} | {name: [slug, finding.pk] for name in OF_FINDING}
    job = Job.objects.create(workshop=paper.workshop, kind="import-files", state="done")
    rows["confirm-file-import"] = [slug, job.pk]
    return rows | {name: [slug, upload.token] for name in OF_UPLOAD} | {name: [slug, required.pk] for name in OF_REQUIREMENT}
