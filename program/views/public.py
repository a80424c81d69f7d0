"""The program as the world sees it: a page and a calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from program.exports.registry import export_listing, find_format
from program.schedules import collect_listing, reach_public_program

CALENDAR = "schedule-ics"


@login_not_required
@require_GET
def show_program(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the released program by day."""
    workshop = reach_public_program(slug)
    listing = collect_listing(workshop)
    return render(
        request, "program/public_program.html", {"workshop": workshop, "sessions": listing.sessions, "has_papers": bool(listing.papers)}
    )


@login_not_required
@require_GET
def download_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the released program as iCalendar."""
    workshop = reach_public_program(slug)
    content = export_listing(CALENDAR, collect_listing(workshop))
    return HttpResponse(
        content, content_type=find_format(CALENDAR).media_type, headers={"Content-Disposition": f'inline; filename="{slug}.ics"'}
    )
