"""What is asked of camera-ready files, how they are handed over."""

from dataclasses import asdict
from typing import Any

from papers.models import HandOver, RequiredFile, Workshop
from papers.pdf_checks.own_layout import OwnLayout
from program.hand_over.fields import FORM_NAMES, PAPER_NAMES, SUPPLEMENT_NAMES
from program.workshop_files.file_settings import (
    PATTERNS,
    ColumnSettings,
    HandOverSettings,
    LayoutSettings,
    RequiredFileSettings,
    make_layout,
    sort_required_files,
)
from program.workshop_files.moments import make_moment
from program.workshop_files.tables.rows import save_row, take_fields
from program.workshop_files.values import WorkshopSettings

DEFAULTS = dict(zip(PATTERNS, (PAPER_NAMES, SUPPLEMENT_NAMES, FORM_NAMES), strict=True))


def read_required_files(workshop: Workshop) -> tuple[RequiredFileSettings, ...]:
    """Return what is asked for, in the order of files."""
    return sort_required_files(tuple(_read_required(row, workshop.zone) for row in RequiredFile.objects.of_workshop(workshop)))


def save_required_files(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write what is asked for; what is asked no longer goes, what was handed in stays with its papers."""
    held = {(row.kind, row.track_id): row for row in RequiredFile.objects.filter(workshop=workshop)}
    tracks = {track.slug: track for track in workshop.tracks.all()}
    for one in settings.required_files:
        track = tracks[one.track] if one.track else None
        row = held.pop((one.kind, track.pk if track else None), None) or RequiredFile(workshop=workshop, track=track, kind=one.kind)
        save_row(
            row,
            due_at=one.due_at.at if one.due_at else None,
            severities=dict(one.severities),
            layout=make_layout(one).as_json(),
            **{
                name: getattr(one, name)
                for name in ("is_optional", "is_for_proceedings", "grace_minutes", "is_blocking", "style", "max_megabytes", "note")
            },
        )
    for row in held.values():
        row.delete()


def read_hand_over(workshop: Workshop) -> HandOverSettings:
    """Return how papers are handed over."""
    row = HandOver.objects.filter(workshop=workshop).first()
    if row is None:
        return HandOverSettings()
    values: dict[str, Any] = {name: getattr(row, name) or default for name, default in DEFAULTS.items()}
    values |= {
        name: tuple(ColumnSettings(header=one["header"], value=one.get("value", "")) for one in getattr(row, name))
        for name in ("columns", "author_columns")
    }
    return HandOverSettings(acronym=row.acronym, **values)


def save_hand_over(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write how papers are handed over."""
    row = HandOver.objects.filter(workshop=workshop).first() or HandOver(workshop=workshop)
    wanted = settings.hand_over
    save_row(
        row,
        acronym=wanted.acronym,
        **{name: getattr(wanted, name) for name in PATTERNS},
        **{name: [{"header": one.header, "value": one.value} for one in getattr(wanted, name)] for name in ("columns", "author_columns")},
    )


def _read_required(row: RequiredFile, zone: str) -> RequiredFileSettings:
    return take_fields(
        RequiredFileSettings,
        row,
        track=row.track.slug if row.track else "",
        due_at=make_moment(row.due_at, zone, has_time=True) if row.due_at else None,
        severities=tuple(sorted(row.severities.items())),
        layout=LayoutSettings(**asdict(OwnLayout.from_json(row.layout))),
    )
