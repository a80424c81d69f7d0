"""The accepted papers as the world sees them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import reach_public_workshop
from papers.listings import group_papers, list_accepted_papers


@login_not_required
@require_GET
def show_accepted_papers(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the accepted papers by presentation; nothing before their release."""
    workshop = reach_public_workshop(slug)
    words = request.GET.get("q", "")[:200]
    papers = list_accepted_papers(workshop)
    context = {"workshop": workshop, "groups": group_papers(papers, words), "words": words, "count": len(papers)}
    return render(request, "papers/public_papers.html", context)
