"""Files as authors hand them in, and a paper that owes them."""

import datetime as dt
import io
import random
import zipfile
from functools import cache
from typing import Any

from papers.camera_ready import receive_file
from papers.claims import claim_for_user
from papers.file_checks import Checker, check_version
from papers.file_rules import ask_for_file
from papers.models import FileVersion, Paper, RequiredFile, Track, User, Workshop
from papers.pdf_checks.unguarded import check_unguarded, crop_unguarded
from tests.factories import accept, make_paper
from tests.papers.pdf_checks.paper_writer import AUTHORS, TITLE
from tests.papers.pdf_checks.paper_writer import make_paper as write_paper

DUE = dt.datetime(2026, 4, 15, 6, 59, tzinfo=dt.UTC)
BEFORE, AFTER = DUE - dt.timedelta(days=2), DUE + dt.timedelta(days=2)


@cache
def make_pdf(*, title: str = TITLE, body_pages: int = 2, references: bool = True) -> bytes:
    """Return a paper that CVPR's rules allow, for a track of as many pages; without references it blocks."""
    stream = io.BytesIO()
    write_paper(title=title, body_pages=body_pages, references=references).build().save(stream, deterministic_id=True)
    return stream.getvalue()


def make_zip(members: dict[str, bytes]) -> bytes:
    """Return a ZIP with these members, all of one moment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def make_content(seed: int, size: int) -> bytes:
    """Return bytes that begin as a PDF and are the same for the same seed."""
    return b"%PDF-1.5\n" + random.Random(seed).randbytes(size)


def ask(workshop: Workshop, kind: str = "paper", *, track: Track | None = None, **values: Any) -> RequiredFile:
    """Ask every track, or one, for a kind of file that is due on April 15."""
    return ask_for_file(workshop, track=track, kind=kind, by=None, **{"due_at": DUE, **values})


def make_owing_paper(workshop: Workshop, author: User | None = None, *, by: User | None = None, **fields: Any) -> Paper:
    """Make an accepted and released paper of two pages' track; `author` is its first author."""
    workshop.tracks.filter(slug="full").update(page_limit=2)
    paper = make_paper(workshop, **{"title": TITLE, "authors": AUTHORS, **fields})
    accept(paper, is_released=True)
    if author:
        claim_for_user(paper, paper.authors.get(position=1), author, by=by or author)
    return paper


def hand_in(paper: Paper, by: User, content: bytes | None = None, *, kind: str = "paper", name: str = "paper.pdf") -> FileVersion:
    """Hand a file in."""
    return receive_file(paper, kind=kind, content=io.BytesIO(make_pdf() if content is None else content), name=name, by=by)


def hand_in_checked(paper: Paper, by: User, content: bytes | None = None, **named: Any) -> FileVersion:
    """Hand a file in, its checks ended."""
    version = FileVersion.objects.with_all().get(pk=hand_in(paper, by, content, **named).pk)
    check_here(version)
    return version


def check_here(version: FileVersion) -> None:
    """Check a version in this process, which is quicker than in one of its own."""
    check_version(version, checker=Checker(check_unguarded, crop_unguarded))
