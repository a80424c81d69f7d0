"""Venues on the stand-in whose authors filed camera-ready files there, and a workshop that asks for them."""

from typing import Any

from django.conf import settings

from papers.connections import make_connector
from papers.file_imports import FileImportReport, import_files
from papers.file_plans import FilePlan, open_files, plan_files
from papers.models import FileVersion, Paper, Workshop
from papers.openreview.reading import OpenVenue
from papers.sight import Sight
from standin import Standin, Venue, VenueV1
from standin.files import read_recipe
from tests.factories import accept, make_paper, make_workshop
from tests.papers.handed_in import ask
from tests.papers.standin_venues import CHAIR, VENUE_ID, make_venue

ATTACHMENTS = "/attachment"


def make_filed_venue(papers: int = 3, **setting: Any) -> Venue:
    """Make a venue of papers with a camera-ready each."""
    venue = make_venue(**setting)
    for number in range(1, papers + 1):
        venue.add_submission(f"Paper {number}", number=number)
        venue.upload_camera_ready(number)
    return venue


def make_owing_workshop(venue: Venue | VenueV1) -> Workshop:
    """Make a workshop that asks for papers, all of the venue's accepted and released."""
    workshop = make_workshop("filed26", venue_id=VENUE_ID)
    ask(workshop, due_at=None)
    for number, note in sorted(venue.papers.items()):
        accept(make_paper(workshop, number=number, note_id=note["id"], title=f"Paper {number}"), is_released=True)
    return workshop


def look_everywhere(workshop: Workshop) -> Sight:
    return Sight(workshop, is_inside=True)


def open_filed(standin: Standin, workshop: Workshop) -> OpenVenue:
    settings.OPENREVIEW_READ_SECONDS = 2
    return open_files(workshop, make_connector({2: standin.url, 1: standin.url_v1}, CHAIR))


def plan_from(standin: Standin, workshop: Workshop, *, is_kept: bool = False) -> FilePlan:
    return plan_files(look_everywhere(workshop), open_filed(standin, workshop), is_kept=is_kept)


def take_from(standin: Standin, workshop: Workshop, **options: Any) -> FileImportReport:
    """Take the files of the venue; return the report."""
    return import_files(look_everywhere(workshop), open_filed(standin, workshop), **{"by": None, **options})[1]


def get_paper(workshop: Workshop, number: int) -> Paper:
    return workshop.papers.get(number=number)


def list_acts(plan: FilePlan) -> list[tuple[int | None, str, str]]:
    return [(item.number, item.kind, item.act.value) for item in plan.items]


def list_taken(workshop: Workshop) -> list[tuple[int | None, int, bool]]:
    """Return paper, version and whether it came from OpenReview, of all versions of papers."""
    rows = FileVersion.objects.filter(paper__workshop=workshop).order_by("paper__number", "kind", "number").select_related("paper")
    return [(row.paper.number, row.number, row.origin_id is not None) for row in rows]


def read_pdf(venue: Venue, number: int, field: str = "pdf") -> bytes:
    """Return the bytes that the venue holds."""
    content = venue.papers[number]["content"][field]["value"]
    return read_recipe(venue.store.files[content])
