"""The solver: what counts, what it finds, why it finds nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from papers.sight import find_sight
from program.access import reach_fill_run
from program.filling.asked import find_rules
from program.filling.pictures import draw_costs, draw_places, draw_starts
from program.filling.rules import hold_rule_again, list_exceptions, relax_rule, weigh_rules
from program.filling.runs import begin_fill, list_runs, stop_fill, take_over, tell_end, tell_progress
from program.filling.wording import tell_costs
from program.forms.filling import FillForm, RelaxForm, RulesForm
from program.models import FillRun
from program.schedule_rows import read_draft


@require_GET
def show_solver(request: PageRequest, slug: str) -> HttpResponse:
    """Show the last run with all that may be asked next; to htmx the run alone, which asks for itself while it goes on."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    name = "program/solver.html#run" if request.htmx else "program/solver.html"
    return render(request, name, make_context(request, workshop))


@require_POST
def post_fill(request: PageRequest, slug: str) -> HttpResponse:
    """Begin a run."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = FillForm(request.POST)
    if not form.is_valid():
        return render(request, "program/solver.html", make_context(request, workshop, form=form), status=422)
    begin_fill(workshop, form.read_request(), by=request.user)
    return redirect("solver", slug)


@require_POST
def post_stop(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Stop a run; the best so far stays."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    stop_fill(reach_fill_run(workshop, pk), by=request.user)
    return redirect("solver", slug)


@require_POST
def post_taking(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what a run found."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    edit = take_over(reach_fill_run(workshop, pk), by=request.user)
    messages.success(request, f"{edit.words} It can be undone in the schedule." if edit else "The schedule is so already.")
    return redirect("schedule", slug)


@require_POST
def post_rules(request: PageRequest, slug: str) -> HttpResponse:
    """Keep what counts how much."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = RulesForm(request.POST, rules=find_rules(workshop), workshop=workshop)
    if not form.is_valid():
        return render(request, "program/solver.html", make_context(request, workshop, rules_form=form), status=422)
    weigh_rules(
        workshop,
        form.read_weights(),
        minutes=form.read_minutes(),
        wishes=form.cleaned_data["wishes"],
        has_posters_too=form.cleaned_data["has_posters_too"],
        by=request.user,
    )
    messages.success(request, "Kept. It counts from the next search on.")
    return redirect("solver", slug)


@require_POST
def post_relaxing(request: PageRequest, slug: str) -> HttpResponse:
    """Let a hard rule not hold for somebody."""
    return _change_exception(request, slug, is_relaxed=True)


@require_POST
def post_holding(request: PageRequest, slug: str) -> HttpResponse:
    """Let a hard rule hold again."""
    return _change_exception(request, slug, is_relaxed=False)


def _change_exception(request: PageRequest, slug: str, *, is_relaxed: bool) -> HttpResponse:
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = RelaxForm(request.POST)
    if form.is_valid():
        change = relax_rule if is_relaxed else hold_rule_again
        change(workshop, form.cleaned_data["rule"], form.cleaned_data["whom"], by=request.user)
        messages.success(request, "Kept. Search again to see what comes of it.")
    return redirect("solver", slug)


def make_context(
    request: PageRequest, workshop: Workshop, *, form: FillForm | None = None, rules_form: RulesForm | None = None
) -> dict[str, Any]:
    """Return all that the page shows."""
    rules = find_rules(workshop)
    runs = list_runs(workshop)
    last = runs[0] if runs else None
    stored = read_draft(workshop, sight=find_sight(workshop, request.user))
    context: dict[str, Any] = {"workshop": workshop, "run": last, "runs": runs[1:], "is_at_work": bool(last and is_at_work(last))}
    if last:
        found = last.found or {}
        context |= {
            "progress": tell_progress(last) if last.ended_at is None else tell_end(last),
            "curve": draw_costs(last.told),
            "boxes": draw_places(stored.draft, stored.papers, found),
            "starts": draw_starts(stored.draft, found),
            "costs": tell_costs(found.get("costs", {})),
            "asked": FillForm(initial={"mode": last.mode, "scope": last.scope, "seconds": last.seconds, "seed": last.seed}),
        }
    return context | {
        "form": form or context.get("asked") or FillForm(),
        "rules_form": rules_form or RulesForm(rules=rules, workshop=workshop),
        "exceptions": list_exceptions(rules, stored),
    }


def is_at_work(run: FillRun) -> bool:
    """Tell whether a run goes on or waits for a worker."""
    return run.ended_at is None and run.job is not None and not run.job.is_finished
