"""The accepted papers as the world sees them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import reach_public_workshop
from papers.forms.search import read_search
from papers.listings import group_papers, list_found_papers
from papers.sight import find_sight


@login_not_required
@require_GET
def show_accepted_papers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the accepted papers that are asked for by presentation, the same to everybody; nothing before their release."""
    workshop = reach_public_workshop(slug)
    search = read_search(find_sight(workshop, None), request.GET.get("q", ""))
    papers = list_found_papers(workshop, search.papers)
    context = {"workshop": workshop, "groups": group_papers(papers), "search": search, "count": len(papers)}
    return render(request, "papers/public_papers.html", context, status=search.status)
