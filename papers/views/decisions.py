"""Decisions on one paper."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from papers.access import DECIDERS, reach_paper, reach_workshop
from papers.decisions import DecisionChanged, OverCapacity, decide_paper, revoke_decision
from papers.forms.decisions import DecisionForm
from papers.models import Decision, Paper
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.views.paper import render_paper
from papers.views.undoing import tell_undoable


@require_POST
def post_decision(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Accept or reject one paper; where somebody was faster, show theirs beside what was wanted."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    form = DecisionForm(request.POST, workshop=workshop, decision=_find_shown(request, paper))
    if not form.is_valid():
        return render_paper(request, paper, decision_form=form, status=422)
    try:
        decision = decide_paper(paper, **form.cleaned_data, by=request.user)
    except (DecisionChanged, OverCapacity) as refusal:
        form.remember(refusal)
        return render_paper(request, reach_paper(workshop, pk), decision_form=form, status=409)
    is_seen = decision is not None and decision.released_at is not None
    seen = "Its authors see the change now." if is_seen else "Authors see it once it is released."
    if decision is None:
        tell_undoable(request, "Nothing changed: it was decided so already.", None)
    else:
        tell_undoable(request, f"Decision kept. {seen}", decision.batch)
    return redirect("paper", slug, pk)


@require_POST
def post_revocation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a decision back."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    batch = revoke_decision(paper, by=request.user, seen=request.POST.get("seen") or None)
    tell_undoable(request, "Decision taken back.", batch)
    return redirect("paper", slug, pk)


def _find_shown(request: PageRequest, paper: Paper) -> Decision | None:
    decision: Decision | None = getattr(paper, "decision", None)
    return decision if find_sight(paper.workshop, request.user).sees_decision(paper) else None
