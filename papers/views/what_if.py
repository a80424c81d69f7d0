"""The threshold that would decide: what comes of it before anything is decided."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import DECIDERS, READERS, reach_workshop
from papers.forms.decisions import ThresholdForm
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.threshold_pictures import draw_histogram
from papers.thresholds import look_ahead, suggest_level


@require_GET
def show_what_if(request: PageRequest, slug: str) -> HttpResponse:
    """Show what the threshold of the address comes to; to htmx the result alone."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    form = ThresholdForm(request.GET, workshop=workshop)
    threshold = form.read_threshold()
    if not request.GET.get("level"):
        threshold = form.read_threshold(suggest_level(sight, threshold.measure))
    outlook = look_ahead(sight, threshold)
    context = {
        "workshop": workshop,
        "form": form,
        "outlook": outlook,
        "threshold": threshold,
        "picture": draw_histogram(outlook),
        "may_decide": workshop.role in DECIDERS,
    }
    name = "papers/what_if.html#result" if request.htmx else "papers/what_if.html"
    return render(request, name, context)
