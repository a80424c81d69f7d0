"""How a workshop hands over: names of files, columns, with a preview of the first lines."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.models import Workshop
from papers.requests import PageRequest
from papers.sight import find_sight
from program.forms.hand_over import HandOverForm
from program.hand_over.fields import AUTHOR_FIELDS, FILE_FIELDS, PAPER_FIELDS
from program.hand_over.previews import make_preview
from program.hand_over.settings import read_plan
from program.views.settings import find_status, reach_settings
from program.workshop_files import load_workshop_file

PAGE = "program/hand_over_settings.html"


@require_http_methods(["GET", "POST"])
def show_hand_over_settings(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change how papers are handed over."""
    workshop, settings = reach_settings(request, slug)
    form = HandOverForm(request.POST if request.method == "POST" else None, settings=settings)
    if form.is_valid():
        load_workshop_file(replace(settings, hand_over=form.settings), by=request.user, expected=settings)
        messages.success(request, "Kept.")
        return redirect("hand-over-settings", slug)
    return render(request, PAGE, _describe(request, workshop, form), status=find_status(request))


@require_POST
def preview_hand_over(request: PageRequest, slug: str) -> HttpResponse:
    """Show the first lines as they would be; nothing is kept."""
    workshop, settings = reach_settings(request, slug)
    form = HandOverForm(request.POST, settings=settings)
    return render(request, f"{PAGE}#preview" if request.htmx else PAGE, _describe(request, workshop, form))


def _describe(request: PageRequest, workshop: Workshop, form: HandOverForm) -> dict[str, Any]:
    plan = None if form.is_bound and not form.is_valid() else form.plan if form.is_bound else read_plan(workshop)
    own_fields = {name: says for name, says in PAPER_FIELDS.items() if name not in FILE_FIELDS}
    return {
        "workshop": workshop,
        "form": form,
        "preview": make_preview(find_sight(workshop, request.user), plan) if plan else None,
        "is_wrong": plan is None,
        "fields": (("In names of files and columns", FILE_FIELDS), ("In columns", own_fields), ("Of each author", AUTHOR_FIELDS)),
    }
