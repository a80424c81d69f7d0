"""The program as the world sees it on its page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.views.decorators.http import require_GET

from papers.listings import index_accepted_papers
from program.forms.public_page import PickForm
from program.live_day import read_told_delays
from program.public_page.pages import list_choices, list_days, name_offsets
from program.published_rows import list_published_sessions
from program.schedules import reach_public_program


@login_not_required
@require_GET
def show_program(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what is asked for of the published program; a browser that has it already is told so."""
    workshop = reach_public_program(slug)
    papers = index_accepted_papers(workshop)
    sessions = list_published_sessions(workshop, papers)
    form = PickForm(request.GET)
    pick, zone = form.read_pick(), form.read_zone(workshop.zone)
    context = {
        "workshop": workshop,
        "has_papers": bool(papers),
        "form": form,
        "pick": pick,
        "zone": zone,
        "offset": name_offsets(sessions, workshop.zone),
        "choices": list_choices(sessions),
        "days": list_days(sessions, pick, zone=zone, late=read_told_delays(workshop, sessions, now=timezone.now())),
    }
    return _answer_once(request, render(request, "program/public_program.html", context, status=200 if form.is_valid() else 422))


def _answer_once(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return the answer, or that nothing changed since the browser got it; it asks every time."""
    patch_cache_control(response, no_cache=True)
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
