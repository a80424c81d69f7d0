"""By when authors owe what they say of a paper: the workshop's own dates."""

import datetime as dt

from papers.models import ImportantDate, Workshop

Kind = ImportantDate.Kind


def find_metadata_date(workshop: Workshop) -> dt.datetime | None:
    """Return the date for metadata, else that for camera-ready files, else nothing."""
    return _find_date(workshop, Kind.METADATA) or _find_date(workshop, Kind.CAMERA_READY)


def find_presenter_date(workshop: Workshop) -> dt.datetime | None:
    """Return the date for camera-ready files, by which organizers plan who presents."""
    return _find_date(workshop, Kind.CAMERA_READY)


def _find_date(workshop: Workshop, kind: str) -> dt.datetime | None:
    """Return the last date of a kind that has a day."""
    return max((date.at for date in workshop.dates.all() if date.kind == kind and date.at), default=None)
