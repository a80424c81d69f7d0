"""The start page: what this is, or what is mine."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.models import Workshop
from program.schedules import list_published_workshops


@login_not_required
@require_GET
def show_start(request: HttpRequest) -> HttpResponse:
    """Show strangers what this is, and people what is theirs."""
    if not request.user.is_authenticated:
        return render(request, "program/welcome.html", {"published": list_published_workshops()})
    context = {
        "mine": Workshop.objects.for_switcher(request.user),
        "published": list_published_workshops(),
    }
    return render(request, "program/start.html", context)
