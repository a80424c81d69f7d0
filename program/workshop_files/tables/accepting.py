"""What papers are accepted as: tracks, presentations, awards."""

from collections.abc import Sequence
from typing import Any

from django.db import models

from papers.models import Award, PresentationKind, Track, Workshop
from program.workshop_files.tables.rows import save_row, take_fields
from program.workshop_files.values import AwardSettings, PresentationSettings, TrackSettings, WorkshopSettings


def read_tracks(workshop: Workshop) -> tuple[TrackSettings, ...]:
    """Return the tracks in printed order."""
    return tuple(take_fields(TrackSettings, track) for track in workshop.tracks.all())


def read_presentations(workshop: Workshop) -> tuple[PresentationSettings, ...]:
    """Return the presentations in the order of listings."""
    return tuple(take_fields(PresentationSettings, kind) for kind in workshop.presentation_kinds.all())


def read_awards(workshop: Workshop) -> tuple[AwardSettings, ...]:
    """Return the awards in printed order."""
    return tuple(
        take_fields(AwardSettings, award, presentation=award.presentation.slug if award.presentation else "")
        for award in workshop.awards.select_related("presentation")
    )


def save_tracks(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the tracks; call `find_kept_rows` first."""
    held = {track.slug: track for track in workshop.tracks.all()}
    for position, one in enumerate(settings.tracks, start=1):
        row = held.pop(one.slug, None) or Track(workshop=workshop, slug=one.slug)
        save_row(
            row,
            position=position,
            name=one.name,
            page_limit=one.page_limit,
            uncounted_parts=list(one.uncounted_parts),
            proceedings=one.proceedings,
            is_award_eligible=one.is_award_eligible,
            target_percent=one.target_percent,
        )
    delete_rows(held)


def save_presentations(workshop: Workshop, settings: WorkshopSettings) -> dict[str, PresentationKind]:
    """Write the presentations and return those that nobody wants any more; awards may still name them."""
    held = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
    for position, one in enumerate(settings.presentations, start=1):
        row = held.pop(one.slug, None) or PresentationKind(workshop=workshop, slug=one.slug)
        save_row(row, position=position, name=one.name, capacity=one.capacity)
    return held


def save_accepting(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write tracks, presentations and awards, in the order in which they refer to each other."""
    save_tracks(workshop, settings)
    unwanted = save_presentations(workshop, settings)
    kinds = {kind.slug: kind for kind in workshop.presentation_kinds.all()}
    held = {award.slug: award for award in workshop.awards.all()}
    for position, one in enumerate(settings.awards, start=1):
        row = held.pop(one.slug, None) or Award(workshop=workshop, slug=one.slug)
        presentation = kinds[one.presentation] if one.presentation else None
        save_row(row, position=position, name=one.name, presentation_id=presentation.pk if presentation else None)
    delete_rows(held)
    delete_rows(unwanted)


def find_kept_rows(workshop: Workshop, settings: WorkshopSettings) -> list[str]:
    """Return a sentence for each track, presentation or award that papers hold and the settings no longer have."""
    return [
        *_refuse_lost(workshop.tracks.annotate(count=models.Count("papers")), settings.tracks, "track", "papers are in it"),
        *_refuse_lost(
            workshop.presentation_kinds.annotate(count=models.Count("decisions")),
            settings.presentations,
            "presentation",
            "decisions name it",
        ),
        *_refuse_lost(workshop.awards.annotate(count=models.Count("decisions")), settings.awards, "award", "decisions name it"),
    ]


def delete_rows(rows: dict[str, Any]) -> None:
    """Delete what nobody wants any more."""
    for row in rows.values():
        row.delete()


def _refuse_lost(held: Any, wanted: Sequence[Any], noun: str, reason: str) -> list[str]:
    slugs = {one.slug for one in wanted}
    return [
        f"$.{noun}s: the {noun} “{row.slug}” ({row.name}) can't go: {row.count} {_agree(row.count, reason)}. Keep it, or move them first."
        for row in held
        if row.slug not in slugs and row.count
    ]


def _agree(count: int, reason: str) -> str:
    single = {"papers are in it": "paper is in it", "decisions name it": "decision names it"}
    return single[reason] if count == 1 else reason
