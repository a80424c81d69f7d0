"""Listings built by hand, for exports that need no database."""

import datetime as dt
import zoneinfo
from typing import Any

from papers.listings import ListedAuthor, ListedDate, ListedPaper, ListedWorkshop
from program.listings import ListedPerson, ListedSession, Listing

PACIFIC = zoneinfo.ZoneInfo("America/Los_Angeles")


def list_workshop(**fields: Any) -> ListedWorkshop:
    """Return a workshop of 2026."""
    values: dict[str, Any] = {
        "slug": "counted26",
        "name": "Workshop on Counted Things",
        "short_name": "Counted",
        "year": 2026,
        "conference": "CVPR 2026",
        "edition": 3,
        "starts_on": dt.date(2026, 6, 17),
        "ends_on": None,
        "part_of_day": "morning",
        "place": "Denver, United States",
        "room": "Room 1",
        "zone": "America/Los_Angeles",
        "contact_email": "",
        "venue_id": "example.org/counted26/Workshop",
        "booktitle": "",
    }
    return ListedWorkshop(**values | fields)


def list_paper(title: str = "On Counting", *authors: str, **fields: Any) -> ListedPaper:
    """Return an accepted poster."""
    values: dict[str, Any] = {
        "note_id": "note1",
        "number": 1,
        "abstract": "",
        "track": "full",
        "track_name": "Full papers",
        "presentation": "poster",
        "presentation_name": "Poster",
        "award": "",
        "url": "https://openreview.net/forum?id=note1",
        "pdf_url": "",
        "in_proceedings": False,
    }
    return ListedPaper(title=title, authors=tuple(ListedAuthor(name) for name in authors or ("Ada Author",)), **values | fields)


def list_session(kind: str, at: str, minutes: int | None = None, title: str = "", **fields: Any) -> ListedSession:
    """Return a session on the workshop's day; `at` is the time of day or a full local time."""
    full = at if "T" in at else f"2026-06-17T{at}"
    values: dict[str, Any] = {"uid": f"session-{at}", "label": "", "room": "", "link": "", "is_parallel": False}
    starts_at = dt.datetime.fromisoformat(full).replace(tzinfo=PACIFIC)
    return ListedSession(kind=kind, starts_at=starts_at, minutes=minutes, title=title, **values | fields)


def list_person(name: str, kind: str = "speaker", **fields: Any) -> ListedPerson:
    """Return a person with a part."""
    values: dict[str, Any] = {"full_name": name}
    return ListedPerson(name=name, kind=kind, **values | fields)


def list_date(name: str, at: str | None, zone: str = "America/Los_Angeles", **fields: Any) -> ListedDate:
    """Return a date; `at` is a UTC time."""
    instant = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC) if at else None
    values: dict[str, Any] = {"has_time": True}
    return ListedDate(kind="other", name=name, at=instant, zone=zone, **values | fields)


def make_listing(*papers: ListedPaper, **fields: Any) -> Listing:
    """Return a listing of these papers."""
    values: dict[str, Any] = {"workshop": list_workshop(), "papers": papers}
    return Listing(**values | fields)
