"""The next edition of a workshop: start it, look at what the last one left."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from papers.access import DECIDERS, reach_workshop
from papers.requests import PageRequest
from program.forms.settings.files import EditionForm
from program.next_edition import list_leftovers, start_next_edition
from program.views.settings import find_status, list_tabs, reach_settings


@require_http_methods(["GET", "POST"])
def start_edition(request: PageRequest, slug: str) -> HttpResponse:
    """Say what comes along; a POST starts the next edition."""
    workshop, settings = reach_settings(request, slug)
    form = EditionForm(request.POST if request.method == "POST" else None, initial={"year": workshop.year + 1})
    if form.is_valid():
        created, leftovers = start_next_edition(workshop, slug=form.cleaned_data["slug"], year=form.cleaned_data["year"], by=request.user)
        messages.success(request, f"Started {created}. {len(leftovers)} texts and settings to look at.")
        return redirect("settings-leftovers", created.slug)
    context = {"workshop": workshop, "settings": settings, "form": form, "tabs": list_tabs(workshop, settings, "settings-next-edition")}
    return render(request, "program/settings/next_edition.html", context, status=find_status(request))


@require_GET
def show_leftovers(request: PageRequest, slug: str) -> HttpResponse:
    """List what still names the edition before."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return render(request, "program/settings/leftovers.html", {"workshop": workshop, "leftovers": list_leftovers(workshop)})
