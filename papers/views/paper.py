"""The page of one paper, for organizers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_paper, reach_workshop
from papers.decisions import decide_paper, revoke_decision
from papers.editing import edit_paper
from papers.forms.claims import ClaimForm
from papers.forms.papers import DecisionForm, PaperEditForm
from papers.models import Paper
from papers.neighbors import find_neighbors
from papers.requests import PageRequest


@require_GET
def show_paper(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show everything known of one paper."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_paper(request, reach_paper(workshop, pk))


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


@require_POST
def post_edit(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Correct title, track and proceedings choice."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    form = PaperEditForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return render_paper(request, paper, edit_form=form, status=422)
    for field, value in form.cleaned_data.items():
        edit_paper(paper, field=field, value=value.slug if field == "track" and value else value, by=request.user)
    messages.success(request, "Kept. Later imports leave your values in force.")
    return redirect("paper", slug, pk)


def render_paper(
    request: PageRequest,
    paper: Paper,
    *,
    decision_form: DecisionForm | None = None,
    edit_form: PaperEditForm | None = None,
    claim_form: ClaimForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page of a paper that has been reached."""
    workshop = paper.workshop
    decision = getattr(paper, "decision", None)
    known = (
        {"outcome": decision.outcome, "presentation": decision.presentation, "award": decision.award, "comment": decision.comment}
        if decision
        else {}
    )
    choice = {None: "", True: "yes", False: "no"}[paper.wants_proceedings]
    context = {
        "workshop": workshop,
        "paper": paper,
        "decision": decision,
        "decision_form": decision_form or DecisionForm(initial=known, workshop=workshop),
        "edit_form": edit_form
        or PaperEditForm(initial={"title": paper.title, "track": paper.track, "wants_proceedings": choice}, workshop=workshop),
        "claim_form": claim_form or ClaimForm(paper=paper),
        "neighbors": find_neighbors(paper),
        "live_reviews": [review for review in paper.reviews.all() if review.gone_at is None],
        "open_conflicts": [conflict for conflict in paper.conflicts.all() if conflict.resolved_at is None],
        "may_decide": workshop.role in DECIDERS,
    }
    return render(request, "papers/paper.html", context, status=status)
