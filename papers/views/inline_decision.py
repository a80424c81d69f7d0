"""The decision on one paper in its line of the table."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import retarget

from papers.access import DECIDERS, reach_paper, reach_workshop
from papers.decision_states import describe_decision, tell_place
from papers.decisions import decide_paper
from papers.forms.paper_table import InlineDecisionForm
from papers.models import Decision, Paper
from papers.naming import begin_with_paper
from papers.paper_table.controls import open_table
from papers.paper_table.pages import read_single
from papers.requests import PageRequest
from papers.score_figures import find_scale
from papers.sight import Sight, find_sight
from papers.views.undoing import tell_undoable


@require_http_methods(["GET", "POST"])
def show_inline_decision(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show the small form for one paper, or decide it and show its line anew; without the table, go to the page of the paper."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    sight = find_sight(workshop, request.user)
    if request.method == "GET":
        return render_form(request, sight, paper, None) if request.htmx else redirect("paper", slug, pk)
    shown = getattr(paper, "decision", None) if sight.sees_decision(paper) else None
    form = InlineDecisionForm(request.POST, workshop=workshop, decision=shown, pk=pk)
    if not form.is_valid():
        return render_form(request, sight, paper, form)
    decision = decide_paper(paper, **form.cleaned_data, by=request.user)
    if not request.htmx:
        tell_undoable(request, tell_decided(paper, decision), decision.batch if decision else None)
        return redirect("paper", slug, pk)
    return render_line(request, sight, paper, decision)


def render_form(request: PageRequest, sight: Sight, paper: Paper, form: InlineDecisionForm | None) -> HttpResponse:
    """Answer with the line that holds the form; 422 where it was malformed."""
    decision: Decision | None = getattr(paper, "decision", None) if sight.sees_decision(paper) else None
    state = open_table(sight.workshop, request.user, request.GET.dict()).state
    context = {
        "workshop": sight.workshop,
        "paper": paper,
        "state": state,
        "width": len(state.columns) + 1,
        "form": form or InlineDecisionForm(workshop=sight.workshop, decision=decision, pk=paper.pk),
    }
    response = render(request, "papers/inline_decision.html", context, status=422 if form else 200)
    return retarget(response, f"#decide-{paper.pk}") if form else response


def render_line(request: PageRequest, sight: Sight, paper: Paper, decision: Decision | None) -> HttpResponse:
    """Answer with the paper's line as it is now, with a message that can undo it."""
    state = open_table(sight.workshop, request.user, request.GET.dict()).state
    table = read_single(sight, state, paper.pk)
    context = {
        "workshop": sight.workshop,
        "state": state,
        "table": table,
        "paper": paper,
        "told": tell_decided(paper, decision),
        "decision": decision,
        "scale": find_scale(sight) if "scores" in state.columns else None,
        "may_decide": True,
    }
    return render(request, "papers/inline_decision.html#decided", context)


def tell_decided(paper: Paper, decision: Decision | None) -> str:
    """Say what was decided, and who sees it."""
    if decision is None:
        return "Nothing changed: it was decided so already."
    seen = "Its authors see the change now." if decision.released_at else "Authors see it once it is released."
    return f"{begin_with_paper(paper)}: {tell_place(describe_decision(decision))}. {seen}"
