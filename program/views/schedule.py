"""The schedule as organizers see it: sessions, conflicts, release."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, MEMBERS, PUBLISHERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from papers.sight import find_sight
from program.local_times import list_zones
from program.schedules import collect_draft_sessions, find_schedule_conflicts, is_schedule_released, release_schedule


@require_GET
def show_schedule(request: PageRequest, slug: str) -> HttpResponse:
    """Show the editor to those who may edit, to others and on demand (?view=table) the draft as a table with what is wrong with it."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    may_edit = workshop.role in DECIDERS
    if may_edit and request.GET.get("view") != "table":
        return render(request, "program/schedule_editor.html", _describe_editor(workshop))
    sessions = collect_draft_sessions(workshop)
    context = {
        "workshop": workshop,
        "sessions": sessions,
        "conflicts": find_schedule_conflicts(workshop, sight=find_sight(workshop, request.user)),
        "is_released": is_schedule_released(workshop),
        "may_release": workshop.role in PUBLISHERS,
        "may_edit": may_edit,
    }
    return render(request, "program/schedule.html", context)


@require_POST
def post_release(request: PageRequest, slug: str) -> HttpResponse:
    """Let the world see the program."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    release_schedule(workshop, by=request.user)
    messages.success(request, "Released: the program is public now.")
    return redirect("schedule", slug)


def _describe_editor(workshop: Workshop) -> dict[str, Any]:
    return {
        "workshop": workshop,
        "is_released": is_schedule_released(workshop),
        "zones": sorted(list_zones()),
    }
