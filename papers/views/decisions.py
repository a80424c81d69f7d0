"""Decisions on one paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from papers.access import DECIDERS, reach_paper, reach_workshop
from papers.decisions import decide_paper, revoke_decision
from papers.forms.papers import DecisionForm
from papers.requests import PageRequest
from papers.views.paper import render_paper


@require_POST
def post_decision(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Accept or reject one paper."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    form = DecisionForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return render_paper(request, paper, decision_form=form, status=422)
    decide_paper(paper, **form.cleaned_data, by=request.user)
    messages.success(request, "Decision kept. Authors see it once it is released.")
    return redirect("paper", slug, pk)


@require_POST
def post_revocation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a decision back."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    revoke_decision(reach_paper(workshop, pk), by=request.user)
    messages.success(request, "Decision taken back.")
    return redirect("paper", slug, pk)
