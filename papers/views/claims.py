"""Organizers say which person is which author."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from papers.access import DECIDERS, reach_claim, reach_paper, reach_workshop
from papers.accounts import find_or_create_user
from papers.claims import claim_for_user, withdraw_claim
from papers.forms.claims import ClaimForm
from papers.requests import PageRequest
from papers.views.paper import render_paper


@require_POST
def post_claim(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a person in as an author of a paper."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    form = ClaimForm(request.POST, paper=paper)
    if not form.is_valid():
        return render_paper(request, paper, claim_form=form, status=422)
    author = form.cleaned_data["author"]
    claim_for_user(paper, author, find_or_create_user(form.cleaned_data["email"]), by=request.user)
    messages.success(request, f"{form.cleaned_data['email']} sees this paper as {author.name} from the next sign-in on.")
    return redirect("paper", slug, pk)


@require_POST
def post_withdrawn_claim(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take an organizer's act back."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    claim = reach_claim(workshop, pk)
    withdraw_claim(claim, by=request.user)
    messages.success(request, f"{claim.user} no longer sees this paper.")
    return redirect("paper", slug, claim.paper_id)
