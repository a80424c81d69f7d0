"""The organizers' overview of a workshop: what to do next, how things stand."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import MEMBERS, READERS, reach_workshop
from papers.history_pages import list_recent_history
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.todo import count_papers, list_paper_todos, list_waiting_todos
from program.todo import list_program_todos

LINES_SHOWN = 8  # of the history


@require_GET
def show_home(request: PageRequest, slug: str) -> HttpResponse:
    """Show what waits, the figures, the next dates."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    sees_papers = workshop.role in READERS
    sight = find_sight(workshop, request.user)
    figures = count_papers(sight) if sees_papers else None
    own = list_waiting_todos(sight, request.user) if sees_papers else []
    todos = [*own, *(list_paper_todos(workshop, figures) if figures else []), *list_program_todos(sight)]
    context = {
        "workshop": workshop,
        "figures": figures,
        "todos": todos,
        "dates": list(workshop.dates.all()),
        "history": list_recent_history(sight, most=LINES_SHOWN) if sees_papers else [],
    }
    return render(request, "program/home.html", context)
