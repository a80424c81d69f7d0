"""Small venues on the stand-in, as the importer's tests use them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from papers.connections import make_connector
from papers.imports import ImportOptions, Tell, import_submissions
from papers.models import FieldMapping, MappedValue, User, Workshop
from papers.openreview.sign_in import Credentials
from papers.reports import ImportReport
from standin import Standin, Store, Venue
from tests.factories import make_workshop

VENUE_ID = "example.org/2026/Workshop/Counted"
CHAIR = Credentials("chair@example.org", "loopback-only")


def make_venue(venue_id: str = VENUE_ID, **setting: Any) -> Venue:
    """Make a venue with a chair and no papers."""
    venue = Venue(Store(), venue_id, **setting)
    venue.add_chair("chair@example.org", "Olga Chair")
    return venue


def fill_venue(venue: Venue, *, papers: int = 3, reviews: int = 2) -> Venue:
    """Add papers with a track, reviews and decisions: the first oral, the last rejected, the others posters."""
    for number in range(1, papers + 1):
        venue.add_submission(f"Paper {number}", track="Full paper" if number % 2 else "Short paper", hidden=())
        for _ in range(reviews):
            venue.add_review(number)
        venue.add_decision(number, "Accept (Oral)" if number == 1 else "Reject" if number == papers else "Accept (Poster)")
    return venue


def make_long_venue(papers: int) -> Venue:
    """Make a venue of many bare papers."""
    venue = make_venue(lean=True, profiles=False)
    for _ in range(papers):
        venue.add_submission(pdf=False, hidden=())
    return venue


def make_mapped_workshop(venue_id: str = VENUE_ID, slug: str = "counted26", **fields: Any) -> Workshop:
    """Make a workshop whose mapping explains what `fill_venue` says."""
    workshop = make_workshop(slug, venue_id=venue_id, **fields)
    track = FieldMapping.objects.create(workshop=workshop, target="track", source="content", key="track")
    decision = FieldMapping.objects.create(workshop=workshop, target="decision", source="decision")
    meanings = [
        (track, "Full paper", "full"),
        (track, "Short paper", "short"),
        (decision, "Accept (Oral)", {"outcome": "accept", "presentation": "oral"}),
        (decision, "Accept (Poster)", {"outcome": "accept", "presentation": "poster"}),
        (decision, "Reject", {"outcome": "reject"}),
    ]
    for mapping, value, meaning in meanings:
        MappedValue.objects.create(mapping=mapping, value=value, meaning=meaning)
    return workshop


@contextmanager
def serve(venue: Venue | Store) -> Iterator[Standin]:
    """Serve the venue's store."""
    with Standin(venue if isinstance(venue, Store) else venue.store) as standin:
        yield standin


def import_from(
    standin: Standin,
    workshop: Workshop,
    *,
    credentials: Credentials = CHAIR,
    by: User | None = None,
    tell: Tell | None = None,
    read_seconds: float = 2,
    **options: Any,
) -> ImportReport:
    """Import through the real client."""
    urls = {2: standin.url, 1: standin.url_v1}
    settings.OPENREVIEW_READ_SECONDS = read_seconds
    connect = make_connector(urls, credentials)
    return import_submissions(workshop, connect=connect, options=ImportOptions(**options), by=by, tell=tell)
