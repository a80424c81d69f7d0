"""Who may reach the files of a paper: its proven authors, the workshop's organizers; nobody else learns of them."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from papers.access import DECIDERS, READERS, find_role, reach_workshop
from papers.models import FileFinding, FileVersion, Paper, RequiredFile, Upload, User, Workshop
from papers.sight import find_sight


@dataclass(frozen=True, slots=True)
class FileDoor:
    """A paper whose files a person has reached: as its author, else as an organizer."""

    paper: Paper
    is_author: bool


def reach_files(user: User | AnonymousUser, slug: str, pk: int) -> FileDoor:
    """Return a paper whose files the user may hand in: as its author, or as an organizer who decides."""
    if not user.is_authenticated:
        raise Http404("No such paper.")
    own = Paper.objects.for_author_page(user).of_workshop(slug).filter(pk=pk).first()
    if own:
        return FileDoor(own, is_author=True)
    workshop = Workshop.objects.filter(slug=slug).first()
    role = find_role(user, workshop) if workshop else None
    if workshop is None or role is None or role not in DECIDERS:
        raise Http404("No such paper.")
    workshop.role = role
    return FileDoor(reach_seen_paper(user, workshop, pk), is_author=False)


def reach_seen_paper(user: User | AnonymousUser, workshop: Workshop, pk: int) -> Paper:
    """Return a paper that an organizer of a workshop that has been reached may know of, with what its files page shows."""
    paper = get_object_or_404(find_sight(workshop, user).papers.for_files(), pk=pk)
    paper.workshop = workshop
    return paper


def reach_version(user: User | AnonymousUser, slug: str, pk: int) -> FileVersion:
    """Return a version that the user may read: of their own paper, or as an organizer or assistant."""
    if not user.is_authenticated:
        raise Http404("No such file.")
    version = get_object_or_404(FileVersion.objects.with_all(), pk=pk, paper__workshop__slug=slug)
    _refuse_foreign(user, version.paper)
    return version


def reach_own_version(user: User | AnonymousUser, slug: str, pk: int) -> tuple[FileVersion, FileDoor]:
    """Return a version of a paper whose files the user may hand in."""
    version = reach_version(user, slug, pk)
    return version, reach_files(user, slug, version.paper_id)


def reach_judged_version(workshop: Workshop, pk: int) -> FileVersion:
    """Return a version in a workshop that has been reached."""
    return get_object_or_404(FileVersion.objects.with_all(), pk=pk, paper__workshop=workshop)


def reach_finding(user: User | AnonymousUser, slug: str, pk: int) -> FileFinding:
    """Return a finding on a version that the user may read."""
    if not user.is_authenticated:
        raise Http404("No such finding.")
    finding = get_object_or_404(FileFinding.objects.with_all(), pk=pk, version__paper__workshop__slug=slug)
    _refuse_foreign(user, finding.version.paper)
    return finding


def reach_judged_finding(workshop: Workshop, pk: int) -> FileFinding:
    """Return a finding in a workshop that has been reached."""
    return get_object_or_404(FileFinding.objects.with_all(), pk=pk, version__paper__workshop=workshop)


def reach_upload(user: User | AnonymousUser, slug: str, token: str) -> Upload:
    """Return an upload that this person began, as long as the paper's files are theirs to hand in."""
    if not user.is_authenticated:
        raise Http404("No such upload.")
    upload = get_object_or_404(Upload.objects.with_paper(), token=token, by=user, paper__workshop__slug=slug)
    reach_files(user, slug, upload.paper_id)
    return upload


def reach_requirement(user: User | AnonymousUser, slug: str, pk: int) -> RequiredFile:
    """Return what a workshop asks for, to somebody who may change it."""
    workshop = reach_workshop(user, slug, DECIDERS)
    required = get_object_or_404(RequiredFile.objects.of_workshop(workshop), pk=pk)
    required.workshop = workshop
    return required


def _refuse_foreign(user: User, paper: Paper) -> None:
    is_theirs = Paper.objects.claimed_by(user).filter(pk=paper.pk).exists()
    if not is_theirs and find_role(user, paper.workshop) not in READERS:
        raise Http404("No such file.")
