"""Pictures of all papers that the table has found."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from papers.access import READERS, reach_workshop
from papers.paper_table.controls import open_table
from papers.requests import PageRequest
from papers.score_figures import draw_figures
from papers.search import SearchMistake, search_papers
from papers.sight import find_sight


@require_GET
def show_figures(request: PageRequest, slug: str) -> HttpResponse:
    """Show the pictures of the set that the address asks for, on a page of their own or inside the table's."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    state = open_table(workshop, request.user, request.GET.dict()).state
    context = {"workshop": workshop, "state": state}
    try:
        found = search_papers(sight, state.q)
    except SearchMistake as mistake:
        return render(request, "papers/paper_figures.html", context | {"mistake": mistake}, status=422)
    context |= {"figures": draw_figures(sight, found, state.q), "found_count": found.count()}
    response = render(request, "papers/paper_figures.html#figures" if request.htmx else "papers/paper_figures.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
