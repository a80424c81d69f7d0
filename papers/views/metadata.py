"""Authors read, correct, confirm what will be printed; what needs consent they ask for."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import reach_own_paper
from papers.change_requests import request_authors, request_title, withdraw_request
from papers.corrections import correct_metadata, is_title_frozen
from papers.forms.authors import ConfirmationForm
from papers.forms.metadata import AuthorsRequestForm, MetadataForm, TitleRequestForm
from papers.metadata import confirm_metadata, digest_metadata, find_confirmation
from papers.metadata_differences import find_sides
from papers.metadata_gaps import list_gaps
from papers.models import ChangeRequest, Paper
from papers.owed_files import is_asked_for_files
from papers.requests import PageRequest
from papers.speaking import find_own_author


@require_GET
def show_metadata(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show what will be printed, beside what OpenReview says."""
    return _render(request, reach_own_paper(request.user, slug, pk))


@require_POST
def post_metadata(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Correct what needs nobody's consent."""
    paper = reach_own_paper(request.user, slug, pk)
    form = _make_form(request, paper, request.POST)
    if not form.is_valid():
        return _render(request, paper, form=form)
    if correct_metadata(paper, form.read_corrections(), by=request.user):
        messages.success(request, "Corrected. Read it once more, then confirm.")
    return redirect("author-metadata", slug, pk)


@require_POST
def post_confirmation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm what was read."""
    paper = reach_own_paper(request.user, slug, pk)
    form = ConfirmationForm(request.POST)
    confirm_metadata(paper, digest=form.cleaned_data["digest"] if form.is_valid() else "", by=request.user)
    messages.success(request, "Confirmed. If anything of it changes, you are asked again.")
    return redirect("author-paper", slug, pk)


@require_POST
def post_title_request(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for another title."""
    paper = reach_own_paper(request.user, slug, pk)
    form = TitleRequestForm(request.POST, auto_id="title-%s")
    if not form.is_valid():
        return _render(request, paper, title_form=form)
    request_title(paper, title=form.cleaned_data["title"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "The organizers have been asked for another title.")
    return redirect("author-metadata", slug, pk)


@require_POST
def post_authors_request(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for other authors, or another order."""
    paper = reach_own_paper(request.user, slug, pk)
    form = AuthorsRequestForm(request.POST, paper=paper)
    if not form.is_valid():
        return _render(request, paper, authors_form=form)
    request_authors(paper, authors=form.cleaned_data["authors"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "The organizers have been asked for the change of authors.")
    return redirect("author-metadata", slug, pk)


@require_POST
def post_withdrawn_request(request: PageRequest, slug: str, pk: int, field: str) -> HttpResponse:
    """Take a request back."""
    paper = reach_own_paper(request.user, slug, pk)
    waiting = ChangeRequest.objects.of_paper(paper).waiting().of_field(field).first()
    if waiting is None:
        raise Http404("No such request.")
    withdraw_request(waiting, by=request.user)
    messages.success(request, "The request is taken back.")
    return redirect("author-metadata", slug, pk)


def _make_form(request: PageRequest, paper: Paper, *data: Any) -> MetadataForm:
    own = find_own_author(paper, request.user)
    return MetadataForm(*data, paper=paper, seen=digest_metadata(paper), has_title=not is_title_frozen(paper), own=own)


def _render(request: PageRequest, paper: Paper, **malformed: forms.Form) -> HttpResponse:
    """Answer with the page; a malformed form is shown again in its place."""
    is_asked = is_asked_for_files(paper)
    context: dict[str, Any] = {
        "workshop": paper.workshop,
        "paper": paper,
        "zone": request.user.zone or paper.workshop.zone,
        "is_asked": is_asked,
        "confirmation": find_confirmation(paper),
        "sides": find_sides(paper),
        "confirmation_form": ConfirmationForm(initial={"digest": digest_metadata(paper)}),
        "gaps": list_gaps(paper) if is_asked else (),
        "own": find_own_author(paper, request.user),
        "requests": ChangeRequest.objects.of_paper(paper),
    }
    if is_asked:
        context |= {"form": _make_form(request, paper), "authors_form": AuthorsRequestForm(paper=paper)}
        if is_title_frozen(paper):
            context["title_form"] = TitleRequestForm(auto_id="title-%s")
    return render(request, "papers/author_metadata.html", {**context, **malformed}, status=422 if malformed else 200)
