"""What tracks ask for, by when, by which rules files are judged."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db import transaction

from papers.errors import Refusal
from papers.history import record_change
from papers.models import FileKind, RequiredFile, Track, User, Workshop
from papers.pdf_checks.own_layout import OWN_LAYOUT, OwnLayout
from papers.pdf_checks.remedies import WORDINGS
from papers.pdf_checks.rules import CVPR_FULL, NEURIPS_FULL, Limits, Rules
from papers.picture_checks import PICTURE_CODES
from papers.supplement_checks.wordings import WORDINGS as ARCHIVE_WORDINGS

MEGABYTE = 1024 * 1024
MEGABYTES = {FileKind.SUPPLEMENT: 20, FileKind.FORM: 5, FileKind.POSTER: 20, FileKind.SLIDES: 50}
PDF, ZIP, PNG, JPEG = "application/pdf", "application/zip", "image/png", "image/jpeg"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
MEDIA_NAMES = {PDF: "PDF", ZIP: "ZIP", PNG: "PNG", JPEG: "JPEG", PPTX: "PowerPoint (.pptx)"}
TAKEN_AS = {FileKind.SUPPLEMENT: (PDF, ZIP), FileKind.POSTER: (PDF, PNG, JPEG), FileKind.SLIDES: (PDF, PPTX)}
# How the first member of an office document is called; other ZIP files begin with members of their own.
OFFICE_STARTS = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"ppt/presentation.xml")
NAME_AT = 30  # where the name of its first member stands in a ZIP
# What is looked for in every PDF, whatever its layout.
SAFETY = frozenset(
    {
        "not_a_pdf",
        "unreadable",
        "damaged_structure",
        "resource_limit",
        "file_size",
        "encrypted",
        "javascript",
        "launch_action",
        "embedded_file",
    }
)
ANY_LAYOUT = replace(
    CVPR_FULL,
    name="any",
    severities={**{code: "off" for code in WORDINGS if code not in SAFETY}, "resource_limit": "warn", "embedded_file": "warn"},
    limits=Limits(pages=400),
)
# All that can be said of a file, so that each may be weighed.
CODES = frozenset({*WORDINGS, *ARCHIVE_WORDINGS, *PICTURE_CODES, "same_file", "other_papers_title"})
STYLES = {
    RequiredFile.Style.CVPR: CVPR_FULL,
    RequiredFile.Style.NEURIPS: NEURIPS_FULL,
    RequiredFile.Style.OWN: OWN_LAYOUT,
    RequiredFile.Style.ANY: ANY_LAYOUT,
}
LATEST = dt.timedelta(days=730)


def build_rules(required: RequiredFile, track: Track | None) -> Rules:
    """Return the rules by which a PDF of this kind is judged in this track."""
    if required.kind != FileKind.PAPER or required.style == RequiredFile.Style.ANY:
        rules = ANY_LAYOUT
    else:
        rules = STYLES[RequiredFile.Style(required.style)]
        parts = {part.lower() for part in track.uncounted_parts} if track else set()
        limit = track.page_limit if track and track.page_limit else rules.page_limit
        rules = replace(
            rules,
            name=f"{required.style}-{track.slug if track else 'all'}",
            page_limit=limit,
            has_free_back_matter=rules.has_free_back_matter or bool(parts & {"acknowledgments", "appendix"}),
            are_references_last=rules.are_references_last and "appendix" not in parts,
        )
        rules = OwnLayout.from_json(required.layout).change_rules(rules)
    known = {code: severity for code, severity in required.severities.items() if severity in {"block", "warn", "off"}}
    return replace(rules, max_bytes=find_most_bytes(required), severities={**rules.severities, **known})


def find_most_bytes(required: RequiredFile) -> int:
    """Return how large a file of this kind may be here."""
    if required.max_megabytes:
        return required.max_megabytes * MEGABYTE
    if required.kind == FileKind.PAPER:
        return STYLES[RequiredFile.Style(required.style)].max_bytes
    return MEGABYTES.get(FileKind(required.kind), 0) * MEGABYTE


def list_media_types(kind: str) -> tuple[str, ...]:
    """Return in which formats a kind of file is taken."""
    return next((formats for one, formats in TAKEN_AS.items() if one == kind), (PDF,))


def name_media_types(kind: str) -> str:
    """Return these formats in words: PDF or ZIP."""
    *others, last = (MEDIA_NAMES[media_type] for media_type in list_media_types(kind))
    return f"{', '.join(others)} or {last}" if others else last


def sniff_media_type(start: bytes) -> str:
    """Return the format that the first bytes of a file show, nothing for one that is not taken."""
    if b"%PDF-" in start[:1024]:
        return PDF
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return PPTX if start[NAME_AT:].startswith(OFFICE_STARTS) else ZIP
    return ""


def ask_for_file(workshop: Workshop, *, track: Track | None, kind: str, by: User | None, **values: Any) -> RequiredFile:
    """Ask a track, or with None all tracks without a row of their own, for a kind of file; asked again, the values change.

    `values` are fields of RequiredFile. Refuses a deadline that is years away, as a slip of the pen gives, and a layout
    that cannot be.
    """
    due_at: dt.datetime | None = values.get("due_at")
    if due_at and abs(due_at - workshop.created_at) > LATEST:
        raise Refusal(f"The deadline {due_at:%Y-%m-%d} is more than two years away from here. Look at its year.", subject=workshop)
    with transaction.atomic():
        before = RequiredFile.objects.select_for_update(of=("self",)).filter(workshop=workshop, track=track, kind=kind).first()
        told = describe_requirement(before)
        required = before or RequiredFile(workshop=workshop, track=track, kind=kind)
        for name, value in values.items():
            setattr(required, name, value)
        _refuse_layout(required)
        required.save()
        after = describe_requirement(required)
        if after != told:
            record_change(workshop, "asked for", by=by, field=_name(required), before=told, after=after)
    return required


def find_layout_mistakes(style: str, layout: OwnLayout) -> list[tuple[str, str]]:
    """Return what of a layout cannot be in this style, each with the value's name."""
    if style == RequiredFile.Style.ANY:
        return [(name, "with this style nobody looks at the layout: choose another style.") for name in layout.as_json()]
    return layout.find_mistakes(STYLES[RequiredFile.Style(style)])


def _refuse_layout(required: RequiredFile) -> None:
    mistakes = find_layout_mistakes(required.style, OwnLayout.from_json(required.layout))
    if mistakes:
        sentences = " ".join(f"{name}: {sentence}" for name, sentence in mistakes)
        raise Refusal(f"This layout can't be: {sentences}", subject=required.workshop)


def stop_asking(required: RequiredFile, *, by: User | None) -> None:
    """Ask for this file no longer; what was handed in stays with its papers."""
    with transaction.atomic():
        record_change(required.workshop, "no longer asked for", by=by, field=_name(required), before=describe_requirement(required))
        required.delete()


def describe_requirement(required: RequiredFile | None) -> dict[str, Any] | None:
    """Return what is asked as plain JSON, for history and comparison."""
    if required is None:
        return None
    names = ("is_optional", "is_for_proceedings", "grace_minutes", "is_blocking", "style", "layout", "max_megabytes", "severities", "note")
    due = {"due_at": required.due_at.isoformat() if required.due_at else None}
    return due | {name: getattr(required, name) for name in names}


def _name(required: RequiredFile) -> str:
    kind = required.get_kind_display().lower()
    return f"{kind} ({required.track.slug})"[:60] if required.track else kind
