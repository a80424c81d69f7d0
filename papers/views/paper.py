"""The page of one paper, for organizers."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_paper, reach_workshop
from papers.editing import edit_paper
from papers.forms.claims import ClaimForm
from papers.forms.papers import PaperEditForm
from papers.history_pages import list_recent_history
from papers.metadata_differences import find_sides
from papers.models import Paper, Review
from papers.neighbors import find_neighbors
from papers.owed_files import is_asked_for_files
from papers.paper_people import read_people
from papers.querysets.workshops import OPEN_FIELDS
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.views.agreement_panel import build_agreement_panel
from papers.views.decision_panel import build_decision_panel
from papers.views.discussion_panel import build_discussion_panel
from papers.views.handling_panel import build_handling_panel

LINES_SHOWN = 12  # of the history


@require_GET
def show_paper(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show everything known of one paper."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_paper(request, reach_paper(workshop, pk))


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


def render_paper(request: PageRequest, paper: Paper, *, status: int = 200, **malformed: forms.Form) -> HttpResponse:
    """Answer with the page of a paper that has been reached; a malformed form is shown again under its name.

    Each panel brings its own part of the context: `build_..._panel(paper, sight, ...)` in a module of its own.
    """
    workshop = paper.workshop
    sight, people = find_sight(workshop, request.user), read_people(paper)
    choice = {None: "", True: "yes", False: "no"}[paper.wants_proceedings]
    known = {"title": paper.title, "track": paper.track, "wants_proceedings": choice}
    sees_judgments, sees_decision = sight.sees_judgments(paper), sight.sees_decision(paper)
    reviews = [review for review in paper.reviews.all() if review.gone_at is None] if sees_judgments else []
    count = sum(review.kind == Review.Kind.REVIEW for review in reviews)
    context = {
        "workshop": workshop,
        "paper": paper,
        "edit_form": malformed.get("edit_form") or PaperEditForm(initial=known, workshop=workshop),
        "claim_form": malformed.get("claim_form") or ClaimForm(paper=paper),
        "neighbors": find_neighbors(paper),
        "sees_judgments": sees_judgments,
        "sees_decision": sees_decision,
        "live_reviews": reviews,
        "review_count": count,
        "is_underreviewed": sees_judgments and paper.standing == Paper.Standing.ACTIVE and count < workshop.required_review_count,
        "open_conflicts": [
            conflict
            for conflict in paper.conflicts.all()
            if conflict.resolved_at is None and (sees_decision or conflict.field in OPEN_FIELDS)
        ],
        "history": list_recent_history(sight, paper=paper, most=LINES_SHOWN),
        "may_decide": workshop.role in DECIDERS,
        "sides": find_sides(paper) if is_asked_for_files(paper) else [],
        **build_agreement_panel(paper, sight),
        **build_decision_panel(paper, sight, malformed.get("decision_form")),
        **build_handling_panel(people, sight, assign_form=malformed.get("assign_form"), declare_form=malformed.get("declare_form")),
        **build_discussion_panel(
            people, sight, recommendation_form=malformed.get("recommendation_form"), remark_form=malformed.get("remark_form")
        ),
    }
    return render(request, "papers/paper.html", context, status=status)
