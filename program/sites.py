"""Stage 6: writes exports into an existing site, only inside its marked blocks."""

import difflib
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.models import User, Workshop
from program.errors import BlockedByFindings, BrokenMarkers, SiteNotWritable
from program.exports.registry import FORMATS, export_listing
from program.findings import Finding, find_file_problems, find_problems
from program.listings import Listing
from program.models import SiteBlock, SiteTarget
from program.schedules import collect_listing, count_imported_authors
from program.site_files.folders import find_folder, find_target
from program.site_files.headings import enclose_section, find_section
from program.site_files.markers import fill_block, find_blocks
from program.site_files.writing import FileChange, clear_leftovers, lock_folder, recover_folder, write_files

LINE = re.compile(rb"[^\n]*\n|[^\n]+")
PLAIN_MARKUP = {".html", ".htm", ".xhtml"}
WIDE_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the site with its bytes now (nothing when it is new) and after publishing."""

    path: str
    target: Path
    old: bytes | None
    new: bytes
    blocks: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        """Tell whether publishing would change the file."""
        return self.old != self.new

    @property
    def diff(self) -> bytes:
        """Return the change as a unified diff, which `patch -p1` understands; empty when nothing changes."""
        if not self.is_changed:
            return b""
        old, new = (LINE.findall(data) for data in (self.old or b"", self.new))
        before = b"/dev/null" if self.old is None else f"a/{self.path}".encode()
        lines = difflib.diff_bytes(difflib.unified_diff, old, new, before, f"b/{self.path}".encode())
        return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What publishing would do: the files, what is wrong with them, the digest of all blocks."""

    folder: Path
    files: tuple[PlannedFile, ...]
    findings: tuple[Finding, ...]
    digest: str

    @property
    def is_stale(self) -> bool:
        """Tell whether any file would change."""
        return any(file.is_changed for file in self.files)

    @property
    def diff(self) -> bytes:
        """Return the changes of all files as one unified diff."""
        return b"".join(file.diff for file in self.files)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Return the findings that stand against publishing."""
        return tuple(finding for finding in self.findings if finding.severity == "block")


def plan_site(workshop: Workshop, folder: str | os.PathLike[str]) -> SitePlan:
    """Work out what publishing into `folder` would change; writes nothing.

    Refuses with every reason at once: no blocks, broken markers, headings that are not there, paths that lead out,
    files that are missing or read-only, formats and options that do not exist.
    """
    root, blocks = find_folder(folder), _list_blocks(workshop)
    listing = collect_listing(workshop)
    reasons: list[str] = []
    contents = _export_blocks(blocks, listing, reasons)
    files, findings = [], [*find_problems(listing, imported_counts=count_imported_authors(workshop))]
    for target, path, own in _group_by_file(root, blocks, reasons):
        try:
            files.append(_plan_file(target, path, own, contents))
            findings += [*_find_foreign_markup(own), *_find_around_blocks(target, own, listing)]
        except Refusal as refusal:
            reasons.append(refusal.sentence)
    if reasons:
        raise Refusals(f"The site of {workshop} can't be written as it is set up:", list(dict.fromkeys(reasons)))
    return SitePlan(root, tuple(files), tuple(findings), _digest(blocks, contents))


def publish_site(workshop: Workshop, folder: str | os.PathLike[str], *, by: User | None, reason: str = "") -> SitePlan:
    """Write every block into the site in `folder` and return what was planned; a second run writes nothing.

    All files change or none; a run that died is finished first. Refuses what `plan_site` refuses, and blocking
    findings unless `reason` says why they do not matter.
    """
    root = find_folder(folder)
    with lock_folder(root):
        recover_folder(root)
        plan = plan_site(workshop, root)
        if plan.blocking and not reason:
            raise BlockedByFindings(" ".join(f"{finding.sentence} {finding.remedy}" for finding in plan.blocking), subject=workshop)
        clear_leftovers(file.target for file in plan.files)
        changes = [FileChange(file.path, file.target, file.old, file.new) for file in plan.files if file.is_changed]
        write_files(root, changes)
        _record_publishing(workshop, plan, by=by, reason=reason)
    return plan


def is_site_stale(workshop: Workshop) -> bool:
    """Tell whether the facts have changed since the site was last published; never published is not stale."""
    target = SiteTarget.objects.filter(workshop=workshop).first()
    if target is None or not target.published_digest:
        return False
    reasons: list[str] = []
    blocks = list(target.blocks.all())
    contents = _export_blocks(blocks, collect_listing(workshop), reasons)
    return bool(reasons) or _digest(blocks, contents) != target.published_digest


def _list_blocks(workshop: Workshop) -> list[SiteBlock]:
    blocks = list(SiteBlock.objects.filter(target__workshop=workshop))
    if not blocks:
        raise Refusal(f"{workshop} has no blocks to write into a site. Name files and formats in its settings.", subject=workshop)
    return blocks


def _export_blocks(blocks: list[SiteBlock], listing: Listing, reasons: list[str]) -> dict[int, bytes]:
    contents = {}
    for block in blocks:
        try:
            contents[block.pk] = export_listing(block.format, listing, block.format_options)
        except Refusal as refusal:
            reasons.append(f"{block.path}, block {block.name}: {refusal.sentence}")
            contents[block.pk] = b""
    return contents


def _group_by_file(root: Path, blocks: list[SiteBlock], reasons: list[str]) -> list[tuple[Path, str, list[SiteBlock]]]:
    files: dict[Path, tuple[str, list[SiteBlock]]] = {}
    for block in blocks:
        try:
            target = find_target(root, block.path, may_be_missing=block.is_whole_file)
        except Refusal as refusal:
            reasons.append(refusal.sentence)
            continue
        files.setdefault(target, (block.path, []))[1].append(block)
    return [(target, path, own) for target, (path, own) in files.items()]


def _plan_file(target: Path, path: str, blocks: list[SiteBlock], contents: Mapping[int, bytes]) -> PlannedFile:
    names = tuple(block.name for block in blocks)
    if any(block.is_whole_file for block in blocks):
        if len(blocks) > 1:
            raise BrokenMarkers(f"{path}: the blocks {', '.join(names)} share the file, but one of them wants the whole of it.")
        old = target.read_bytes() if target.exists() else None
        return PlannedFile(path, target, old, contents[blocks[0].pk], names)
    old = target.read_bytes()
    if old.startswith(WIDE_ENCODINGS):
        raise SiteNotWritable(f"{path} is written in UTF-16; save it as UTF-8.")
    new = old
    for block in blocks:
        new = _fill(new, block, contents[block.pk])
    return PlannedFile(path, target, old, new, names)


def _fill(data: bytes, block: SiteBlock, content: bytes) -> bytes:
    found = find_blocks(data, block.path)
    if block.name not in found:
        if not block.heading:
            raise BrokenMarkers(
                f"{block.path}: there are no markers “syntagen:{block.name}:start” and “syntagen:{block.name}:end”. "
                "Put them where the block should go, or name the heading under which it stands."
            )
        data = enclose_section(data, block.heading, block.name, block.path)
        found = find_blocks(data, block.path)
    return fill_block(data, found[block.name], content, block.path)


def _find_foreign_markup(blocks: list[SiteBlock]) -> Iterator[Finding]:
    """Say where Markdown would stand in a file that no site generator reads as Markdown."""
    for block in blocks:
        is_markdown = block.format in FORMATS and FORMATS[block.format].media_type.startswith("text/markdown")
        if is_markdown and PurePosixPath(block.path).suffix.lower() in PLAIN_MARKUP:
            sentence = f"The block {block.name} is Markdown, and {block.path} is not: readers will see its signs."
            yield Finding("markdown-in-html", "warn", block.path, sentence, "Put it into a Markdown file that the page includes.")


def _find_around_blocks(target: Path, blocks: list[SiteBlock], listing: Listing) -> tuple[Finding, ...]:
    """Look at what stands in a file outside of our blocks, as it is now."""
    data = target.read_bytes() if target.exists() else b""
    for block in blocks:
        start, end = _find_own_range(data, block)
        data = data[:start] + re.sub(rb"[^\r\n]", b" ", data[start:end]) + data[end:]
    return find_file_problems(data.decode("utf-8-sig", "replace"), blocks[0].path, listing.workshop)


def _find_own_range(data: bytes, block: SiteBlock) -> tuple[int, int]:
    if block.is_whole_file:
        return 0, len(data)
    found = find_blocks(data, block.path).get(block.name)
    return (found.content_start, found.content_end) if found else find_section(data, block.heading, block.path)


def _record_publishing(workshop: Workshop, plan: SitePlan, *, by: User | None, reason: str) -> None:
    """Keep what was published; after the files, so that a run that died in between is simply repeated."""
    with transaction.atomic():
        target = SiteTarget.objects.select_for_update().get(workshop=workshop)
        if target.published_digest == plan.digest and not plan.is_stale:
            return
        before, target.published_digest, target.published_at = target.published_digest, plan.digest, timezone.now()
        target.save(update_fields=["published_digest", "published_at"])
        record_change(workshop, "published", by=by, field="site", before=before, after=plan.digest, note=reason)


def _digest(blocks: list[SiteBlock], contents: Mapping[int, bytes]) -> str:
    digest = hashlib.sha256()
    for block in blocks:
        for part in (block.path.encode(), block.name.encode(), contents[block.pk]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
