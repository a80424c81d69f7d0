"""Checks slides in PowerPoint format without unpacking them."""

from collections.abc import Iterator
from pathlib import Path

from papers.pdf_checks.findings import Finding, sort_findings
from papers.supplement_checks.archives import ArchiveUnreadable, Limits, Member, list_members, open_archive
from papers.supplement_checks.checking import check_encryption, check_paths, check_size
from papers.supplement_checks.wordings import make_finding

PRESENTATION = "ppt/presentation.xml"
MACROS = "vbaproject.bin"


def check_slides(path: Path, *, limits: Limits | None = None) -> tuple[Finding, ...]:
    """Check a file that begins like PowerPoint's; never raises for what is in it."""
    limits = limits or Limits()
    try:
        archive = open_archive(path, limits)
    except ArchiveUnreadable as unreadable:
        return (make_finding("unreadable_slides", why=str(unreadable)),)
    with archive:
        members = list_members(archive)
    found = [*check_size(members, path.stat().st_size, limits), *check_paths(members), *check_encryption(members)]
    return sort_findings([*found, *_check_parts(members)])


def _check_parts(members: list[Member]) -> Iterator[Finding]:
    names = {member.name.lower() for member in members}
    if PRESENTATION not in names:
        yield make_finding("unreadable_slides", why="it is another kind of document")
    if any(name.rpartition("/")[2] == MACROS for name in names):
        yield make_finding("macros")
