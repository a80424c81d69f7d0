"""The release of decisions: a question first, then one moment for all."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.decisions import name_hidden_authors, release_decisions
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.todo import count_papers


@require_http_methods(["GET", "POST"])
def show_release(request: PageRequest, slug: str) -> HttpResponse:
    """Ask before, release on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    if request.method == "POST":
        count = release_decisions(workshop, by=request.user).count
        messages.success(request, f"Released {count} decision{'' if count == 1 else 's'}. Authors see them now.")
        return redirect("paper-list", slug)
    return render(request, "papers/release.html", {"workshop": workshop, "figures": count_papers(find_sight(workshop, request.user))})


@require_POST
def post_hidden_authors(request: PageRequest, slug: str) -> HttpResponse:
    """Name authors that OpenReview still hides, with a reason on record."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    name_hidden_authors(workshop, reason=request.POST.get("reason", "")[:2000], by=request.user)
    messages.success(request, "Kept. Listings name the authors from now on.")
    return redirect("release-decisions", slug)
