"""Dates with their earlier values."""

from papers.models import DateChange, ImportantDate, Workshop
from program.workshop_files.moments import Moment, make_moment
from program.workshop_files.tables.rows import Held, pair_rows, save_row, take_fields
from program.workshop_files.values import DateSettings, EarlierDate, WorkshopSettings


def read_dates(workshop: Workshop) -> tuple[DateSettings, ...]:
    """Return the dates in printed order."""
    return tuple(_read_date(date) for date in workshop.dates.prefetch_related("changes"))


def save_dates(workshop: Workshop, settings: WorkshopSettings) -> None:
    """Write the dates; their earlier values become those of the settings."""
    held = [Held(date, _read_date(date)) for date in workshop.dates.prefetch_related("changes")]
    rows, unwanted = pair_rows(
        held, settings.dates, lambda date: (date.kind, date.name), lambda date: date.at and (date.kind, date.at), lambda date: date.name
    )
    for date in unwanted:
        date.delete()
    for position, (row, one) in enumerate(zip(rows, settings.dates, strict=True), start=1):
        date = row or ImportantDate(workshop=workshop)
        at, has_time = _split(one.at)
        save_row(
            date,
            position=position,
            kind=one.kind,
            name=one.name,
            at=at,
            has_time=has_time,
            until=one.until,
            zone=one.zone,
            note=one.note,
            is_new=one.is_new,
            shows_history=one.shows_history,
        )
        _save_earlier(date, one)


def _save_earlier(date: ImportantDate, settings: DateSettings) -> None:
    held = list(date.changes.all())
    for row in held[len(settings.earlier) :]:
        row.delete()
    for index, one in enumerate(settings.earlier):
        at, has_time = _split(one.at)
        row = held[index] if index < len(held) else DateChange(date=date)
        is_same = row.pk is not None and _read_earlier(row) == one
        if not is_same:
            save_row(row, at=at, has_time=has_time, zone=one.zone, note=one.note, changed_at=one.changed_at, by=None)


def _read_date(date: ImportantDate) -> DateSettings:
    at = make_moment(date.at, date.zone, has_time=date.has_time) if date.at else None
    return take_fields(DateSettings, date, at=at, earlier=tuple(_read_earlier(change) for change in date.changes.all()))


def _read_earlier(change: DateChange) -> EarlierDate:
    at = make_moment(change.at, change.zone, has_time=change.has_time) if change.at else None
    return take_fields(EarlierDate, change, at=at)


def _split(moment: Moment | None) -> tuple[object, bool]:
    return (moment.at, moment.has_time) if moment else (None, True)
