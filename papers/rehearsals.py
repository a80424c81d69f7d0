"""Checks a file for its authors without keeping anything."""

import base64
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.core.cache import cache

from papers.errors import Refusal
from papers.file_checks import Inspection, draw_crops, find_requirement, inspect_file
from papers.file_rules import build_rules, find_most_bytes, list_media_types, name_media_types, sniff_media_type
from papers.models import FileKind, Paper, User
from papers.pdf_checks.findings import Finding
from papers.stored_files import BLOCK, measure_content

AN_HOUR = 3600
PER_HOUR = 30
MOST_CROPS = 6


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A finding of a rehearsal with the picture of its spot as a data address, empty where there is none."""

    finding: Finding
    picture: str


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the checks would say if this were handed in."""

    name: str
    findings: tuple[Rehearsed, ...]
    is_blocked: bool
    facts: dict[str, object]


def rehearse_checks(paper: Paper, *, kind: str, content: IO[bytes], name: str, by: User) -> Rehearsal:
    """Check a file as it would be checked when handed in, and forget it.

    Needs no decision: authors rehearse whenever they like, thirty times an hour. Refuses other formats and sizes.
    """
    required = find_requirement(paper, kind)
    most = find_most_bytes(required)
    measured = measure_content(content)
    if not 0 < measured.size <= most:
        has = f"this one has {measured.size / BLOCK:.1f} MB"
        raise Refusal(f"Choose a file of at most {round(most / BLOCK, 1):g} MB; {has}.", subject=paper)
    media_type = sniff_media_type(measured.start)
    if media_type not in list_media_types(kind):
        label = FileKind(kind).label
        raise Refusal(f"This is not a {name_media_types(kind)} file, whatever its name says; {label} is checked as one.", subject=paper)
    _refuse_too_many(by)
    with tempfile.NamedTemporaryFile() as copy:
        while block := content.read(BLOCK):
            copy.write(block)
        copy.flush()
        path = Path(copy.name)
        inspection = inspect_file(path, paper, required, media_type=media_type)
        rules = build_rules(required, paper.track)
        pictures = draw_crops(path, inspection.findings, rules, most=MOST_CROPS)
    return _tell(name, inspection, pictures)


def _tell(name: str, inspection: Inspection, pictures: dict[Finding, bytes]) -> Rehearsal:
    rows = tuple(Rehearsed(finding, _as_address(pictures.get(finding, b""))) for finding in inspection.findings)
    return Rehearsal(name, rows, inspection.is_blocked, dict(inspection.facts))


def _as_address(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}" if png else ""


def _refuse_too_many(by: User) -> None:
    key = f"rehearsals-{by.pk}"
    cache.add(key, 0, AN_HOUR)
    try:
        count = cache.incr(key)
    except ValueError:
        return  # it ran out between the two
    if count > PER_HOUR:
        raise Refusal(f"You have rehearsed {PER_HOUR} times within an hour. Wait a little.", subject=by)
