"""Saved views of the paper table: kept, changed, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from papers.access import READERS, reach_view, reach_workshop
from papers.errors import Refusal
from papers.forms.paper_table import SavedViewForm
from papers.paper_table.states import read_state
from papers.requests import PageRequest
from papers.saved_views import delete_view, rename_view, save_view, update_view


@require_POST
def post_saved_view(request: PageRequest, slug: str) -> HttpResponse:
    """Keep what the table shows under a name."""
    workshop = reach_workshop(request.user, slug, READERS)
    view = save_view(workshop, **read_form(request), state=read_state(request.POST.dict()), by=request.user)
    messages.success(request, f"Kept as “{view.name}”.")
    return redirect(f"{reverse('paper-list', args=[slug])}?view={view.pk}")


@require_POST
def post_updated_view(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a view show what the table shows now."""
    workshop = reach_workshop(request.user, slug, READERS)
    view = update_view(reach_view(workshop, request.user, pk), state=read_state(request.POST.dict()), by=request.user)
    messages.success(request, f"“{view.name}” shows this now.")
    return redirect(f"{reverse('paper-list', args=[slug])}?view={view.pk}")


@require_POST
def post_renamed_view(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Give a view another name, or another audience."""
    workshop = reach_workshop(request.user, slug, READERS)
    view = rename_view(reach_view(workshop, request.user, pk), **read_form(request), by=request.user)
    messages.success(request, f"Kept as “{view.name}”{', for every member' if view.is_shared else ', for you alone'}.")
    return redirect(f"{reverse('paper-list', args=[slug])}?view={view.pk}")


@require_POST
def post_deleted_view(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a view."""
    workshop = reach_workshop(request.user, slug, READERS)
    view = reach_view(workshop, request.user, pk)
    delete_view(view, by=request.user)
    messages.success(request, f"“{view.name}” is removed.")
    return redirect("paper-list", slug)


def read_form(request: PageRequest) -> dict[str, Any]:
    """Return name and audience; refuses a name that is missing or too long."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        raise Refusal("A view needs a name of at most 80 characters.")
    return form.cleaned_data
