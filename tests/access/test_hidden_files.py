"""Of files only those of papers whose acceptance is released reach the board, the proceedings office, anybody but their authors."""

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from papers.decisions import decide_paper
from papers.metadata import digest_metadata
from papers.models import ChangeRequest, FileVerdict, FileVersion, MetadataConfirmation, Paper, RequiredFile, Track, Workshop
from papers.stored_files import keep_content, measure_content
from tests.access.world import World, release

TITLES = ("Accepted Leak", "Rejected Leak", "Undecided Leak", "Withdrawn Leak", "Test Leak", "Faceless", "Conflicted Paper")
PAGES = (
    *("camera-ready", "export-board", "board-files", "metadata-differences", "chase", "reminders", "file-import"),
    *("hand-over", "hand-over-report", "hand-over-package", "hand-over-table", "hand-over-settings"),
)
INSIDE = {
    "owner": PAGES,
    "conflicted": PAGES,
    "assistant": ("camera-ready", "export-board", "board-files", "metadata-differences"),
    "publisher": ("hand-over", "hand-over-report", "hand-over-package", "hand-over-table"),
}


@pytest.fixture
def filed(world: World) -> Workshop:
    """Return the workshop with a PDF of every paper, approved, its metadata confirmed, meant for the proceedings."""
    workshop = world.workshop
    workshop.tracks.update(proceedings=Track.Proceedings.ALL)
    RequiredFile.objects.filter(workshop=workshop).delete()
    ChangeRequest.objects.all().delete()
    RequiredFile.objects.create(workshop=workshop, kind="paper")
    decide_paper(Paper.objects.get(title="Conflicted Paper"), outcome="accept", by=world.find_user("owner"))
    now = timezone.now()
    for number, paper in enumerate(Paper.objects.filter(workshop=workshop).order_by("pk"), start=1):
        Paper.objects.filter(pk=paper.pk).update(number=number)
        content = io.BytesIO(f"%PDF-1.5 of {paper.title}".encode())
        stored = keep_content(content, measure_content(content), media_type="application/pdf")
        paper.file_versions.all().delete()
        version = FileVersion.objects.create(paper=paper, kind="paper", number=1, file=stored, at=now, checked_at=now, facts={"pages": 8})
        FileVerdict.objects.create(version=version, is_approved=True, at=now)
        held = Paper.objects.for_merge([paper.pk])[paper.pk]
        MetadataConfirmation.objects.create(paper=paper, digest=digest_metadata(held), at=now)
    return workshop


def read(world: World, role: str, name: str) -> tuple[int, str]:
    """Return how an address answers and all that it says, of a ZIP also what lies in its files."""
    client = Client(raise_request_exception=False)
    user = world.cast[role]
    if user is not None:
        client.force_login(user)
    response: Any = client.get(reverse(name, args=world.arguments.get(name, [world.workshop.slug])))
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    return response.status_code, content.decode(errors="replace")


def find_titles(world: World, role: str, name: str) -> list[str]:
    status, text = read(world, role, name)
    assert status in {200, 302, 409}, (role, name, status)
    return [title for title in TITLES if title in text]


@pytest.mark.parametrize("role", INSIDE)
def test_files_pages_tell_of_no_decision_before_its_release(world: World, filed: Workshop, role: str) -> None:
    assert [(name, titles) for name in INSIDE[role] if (titles := find_titles(world, role, name))] == []


@pytest.mark.parametrize("role", INSIDE)
def test_files_pages_tell_of_accepted_papers_alone(world: World, filed: Workshop, role: str) -> None:
    release(world)
    hidden = {name: set(find_titles(world, role, name)) - {"Accepted Leak", "Faceless", "Conflicted Paper"} for name in INSIDE[role]}
    assert [(name, titles) for name, titles in hidden.items() if titles] == []
    full = {"board-files", "export-board", "camera-ready", "hand-over-package"} & set(INSIDE[role])
    assert {name for name in full if "Accepted Leak" in find_titles(world, role, name)} == full


@pytest.mark.parametrize("role", ["stranger", "eve", "author"])
def test_files_pages_are_not_there_for_others(world: World, filed: Workshop, role: str) -> None:
    release(world)
    answers = {name: read(world, role, name)[0] for name in PAGES}
    assert answers == dict.fromkeys(PAGES, 302 if role == "stranger" else 404)
