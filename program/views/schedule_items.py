"""Plain pages of the schedule's sessions, places and frame; the editor shows them as dialogs."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from papers.sight import find_sight
from program.draft_pages import describe_additions, describe_frame, describe_paper_page, describe_session_page, describe_slot_page
from program.moves import parse_moves
from program.moves.written import read_written_moves, read_written_revisions
from program.scheduling import apply_moves


@require_GET
def show_item(request: PageRequest, slug: str, uid: str) -> HttpResponse:
    """Show a session or a place in one, with all that can be done to it."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    if page := describe_session_page(sight, uid):
        return _show(request, workshop, "program/schedule/session.html", page)
    if page := describe_slot_page(sight, uid):
        return _show(request, workshop, "program/schedule/slot.html", page)
    raise Http404


@require_GET
def show_paper_item(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show a paper of the tray with the sessions that may take it."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show(request, workshop, "program/schedule/paper.html", describe_paper_page(find_sight(workshop, request.user), pk))


@require_GET
def show_additions(request: PageRequest, slug: str) -> HttpResponse:
    """Show what can be added: a session, a template."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show(request, workshop, "program/schedule/add.html", describe_additions(find_sight(workshop, request.user)))


@require_GET
def show_frame(request: PageRequest, slug: str) -> HttpResponse:
    """Show days, rooms and boards with all that can be done to them."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show(request, workshop, "program/schedule/frame.html", describe_frame(find_sight(workshop, request.user)))


@require_POST
def post_act(request: PageRequest, slug: str) -> HttpResponse:
    """Do the moves that a form names."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    pairs = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    moves = parse_moves(read_written_moves(pairs), zone=workshop.zone)
    done = apply_moves(workshop, moves, by=request.user, seen=read_written_revisions(pairs))
    words = done.edit.words if done.edit else "Nothing to change: it is so already."
    messages.success(request, " ".join([words, *done.stayed]))
    return redirect(f"{reverse('schedule', args=[slug])}?view=table")


def _show(request: PageRequest, workshop: Workshop, template: str, page: dict[str, Any]) -> HttpResponse:
    name = f"{template}#forms" if request.htmx else template
    return render(request, name, {"workshop": workshop, **page})
