"""A letter about the papers that are selected in the table."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from papers.access import DECIDERS, reach_workshop
from papers.paper_table.controls import open_table
from papers.paper_table.selections import read_selection, write_search
from papers.requests import PageRequest
from papers.sight import find_sight


@require_POST
def post_letter(request: PageRequest, slug: str) -> HttpResponse:
    """Go on to a new letter whose search finds the selected papers."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    state = open_table(workshop, request.user, request.POST.dict()).state
    search = write_search(find_sight(workshop, request.user), state.q, read_selection(request.POST))
    return redirect(f"{reverse('add-letter', args=[slug])}?{urlencode({'q': search})}")
