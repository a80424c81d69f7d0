"""Many papers given to members at once: a preview, then one transaction."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.errors import Refusal
from papers.forms.handling import AssignManyForm, BalanceForm, ChosenPapersForm
from papers.handling_batches import apply_handling
from papers.handling_plans import HandlingPlan, choose_papers, plan_assignment, title_assignment
from papers.handling_shares import balance_handling, title_sharing
from papers.interest_finding import find_conflicts_of_interest
from papers.models import Workshop
from papers.requests import PageRequest
from papers.search import SearchMistake
from papers.sight import Sight, find_sight

PAGE_LENGTH = 200
LONGEST_ADDRESS = 4_000
Form = AssignManyForm | BalanceForm


@require_http_methods(["GET", "POST"])
def show_assignment(request: PageRequest, slug: str) -> HttpResponse:
    """Ask to whom the chosen papers go, then show what that would change; a POST only names papers, as the table does."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    chosen = read_chosen(request, workshop)
    query = chosen.as_query()
    if request.method == "POST" and len(query) <= LONGEST_ADDRESS:
        return redirect(f"{request.path}?{query}")
    is_asked = "member" in chosen.data
    form = AssignManyForm(chosen.data if is_asked else None, workshop=workshop)
    sight = find_sight(workshop, request.user)
    make_plan = (lambda: plan_many(sight, form)) if is_asked and form.is_valid() and chosen.is_chosen else None
    return render_preview(request, "papers/handling_assign.html", sight, form, chosen, make_plan)


@require_POST
def apply_assignment(request: PageRequest, slug: str) -> HttpResponse:
    """Write what was previewed."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = AssignManyForm(request.POST, workshop=workshop)
    if not (form.is_valid() and form.is_chosen):
        raise Refusal("The preview is not whole; choose papers and member again.", subject=workshop)
    sight = find_sight(workshop, request.user)
    return apply_plan(request, sight, lambda: plan_many(sight, form))


@require_http_methods(["GET", "POST"])
def show_balance(request: PageRequest, slug: str) -> HttpResponse:
    """Ask among whom papers are shared, then show what that would change; a POST looks for conflicts of interest first."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    chosen = read_chosen(request, workshop)
    query = chosen.as_query()
    is_asked = "per_paper" in chosen.data
    form = BalanceForm(chosen.data if is_asked else None, workshop=workshop)
    is_ready = is_asked and form.is_valid() and chosen.is_chosen
    if request.method == "POST" and (is_ready or not is_asked):
        find_conflicts_of_interest(workshop, by=request.user)
        if len(query) <= LONGEST_ADDRESS:
            return redirect(f"{request.path}?{query}")
    sight = find_sight(workshop, request.user)
    make_plan = (lambda: share_many(sight, form)) if is_ready else None
    return render_preview(request, "papers/handling_balance.html", sight, form, chosen, make_plan)


@require_POST
def apply_balance(request: PageRequest, slug: str) -> HttpResponse:
    """Write what was previewed."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = BalanceForm(request.POST, workshop=workshop)
    if not (form.is_valid() and form.is_chosen):
        raise Refusal("The preview is not whole; choose papers and members again.", subject=workshop)
    sight = find_sight(workshop, request.user)
    return apply_plan(request, sight, lambda: share_many(sight, form))


def read_chosen(request: PageRequest, workshop: Workshop) -> ChosenPapersForm:
    """Return which papers are asked for, be it in the address or, for long selections, in the body."""
    chosen = ChosenPapersForm(request.POST if request.method == "POST" else request.GET)
    if not chosen.is_valid():
        raise Refusal(" ".join(str(sentence) for sentences in chosen.errors.values() for sentence in sentences), subject=workshop)
    if request.method == "POST" and not chosen.is_chosen:
        raise Refusal("No paper is selected; tick some in the table, or all that were found.", subject=workshop)
    return chosen


def plan_many(sight: Sight, form: AssignManyForm) -> HandlingPlan:
    """Plan what the form asks for."""
    values, keys = form.cleaned_data, form.read_keys()
    papers = choose_papers(sight, keys=keys, text=values["q"])
    title = title_assignment(values["member"], values["way"], keys=keys, text=values["q"])
    return plan_assignment(sight, papers, values["member"], way=values["way"], title=title)


def share_many(sight: Sight, form: BalanceForm) -> HandlingPlan:
    """Plan what the form asks for."""
    values, keys = form.cleaned_data, form.read_keys()
    members = list(values["members"])
    return balance_handling(
        sight,
        choose_papers(sight, keys=keys, text=values["q"]),
        members,
        per_paper=values["per_paper"],
        keeps=values["keeps"],
        by_topics=values["by_topics"],
        seed=values["seed"] or 0,
        title=title_sharing(members, keys=keys, text=values["q"]),
    )


def apply_plan(request: PageRequest, sight: Sight, make_plan: Callable[[], HandlingPlan]) -> HttpResponse:
    """Write the plan that was seen; say what was done."""
    seen, nonce = request.POST.get("seen", ""), request.POST.get("nonce", "")[:40]
    batch = apply_handling(sight.workshop, make_plan, seen=seen, by=request.user, nonce=nonce)
    count = batch.paper_count
    messages.success(request, f"{batch.title}: {count} paper{'' if count == 1 else 's'} changed. It can be undone for 30 days.")
    return redirect("handling", sight.workshop.slug)


def render_preview(
    request: PageRequest, template: str, sight: Sight, form: Form, chosen: ChosenPapersForm, make_plan: Callable[[], HandlingPlan] | None
) -> HttpResponse:
    """Answer with the form and, once it is filled in, what it would change; a search that can't be read is shown with its place."""
    keys, text = chosen.read_keys(), chosen.cleaned_data["q"]
    context: dict[str, Any] = {"workshop": sight.workshop, "form": form, "text": text, "keys": ",".join(map(str, keys))}
    status = 422 if form.errors else 200
    try:
        if chosen.is_chosen:
            context["chosen_count"] = choose_papers(sight, keys=keys, text=text).count()
        if make_plan:
            plan = make_plan()
            page = Paginator(plan.changes, PAGE_LENGTH).get_page(request.GET.get("page"))
            context |= {"plan": plan, "page_obj": page, "nonce": token_hex(16), "carried": list(chosen.list_carried())}
    except SearchMistake as mistake:
        context["mistake"], status = mistake, 422
    return render(request, template, context, status=status)
