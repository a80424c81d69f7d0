"""Differences between OpenReview and here, for an organizer to settle."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_conflict, reach_workshop
from papers.import_conflicts import list_open_conflicts, resolve_conflict
from papers.requests import PageRequest
from papers.sight import find_sight


@require_GET
def show_conflicts(request: PageRequest, slug: str) -> HttpResponse:
    """List what waits for a choice."""
    workshop = reach_workshop(request.user, slug, READERS)
    context = {
        "workshop": workshop,
        "conflicts": list_open_conflicts(workshop, hidden=find_sight(workshop, request.user).hidden),
        "may_decide": workshop.role in DECIDERS,
    }
    return render(request, "papers/conflict_list.html", context)


@require_POST
def post_choice(request: PageRequest, slug: str, pk: int, choice: str) -> HttpResponse:
    """Put one side into force."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    conflict = reach_conflict(workshop, pk)
    resolve_conflict(conflict, choice=choice, by=request.user)
    messages.success(request, "Settled.")
    return redirect("conflict-list", slug)
