"""Who looks after which paper: overview, what waits, one paper at a time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_handler, reach_paper, reach_workshop
from papers.forms.handling import AssignForm
from papers.handling import assign_paper, unassign_paper
from papers.handling_batches import end_conflicted_handling
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.views.paper import render_paper
from papers.workloads import count_workloads


@require_GET
def show_handling(request: PageRequest, slug: str) -> HttpResponse:
    """Show what every member looks after."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    context = {"workshop": workshop, "workloads": count_workloads(sight), "may_decide": workshop.role in DECIDERS}
    return render(request, "papers/handling.html", context)


@require_GET
def show_waiting(request: PageRequest, slug: str) -> HttpResponse:
    """Show what waits for who asks."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    papers = list(sight.papers.judged_by(sight).for_waiting_page(request.user))
    return render(request, "papers/handling_waiting.html", {"workshop": workshop, "papers": papers})


@require_POST
def post_assignment(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a member look after a paper."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    form = AssignForm(request.POST, members=workshop.memberships.reading())
    if not form.is_valid():
        return render_paper(request, paper, assign_form=form, status=422)
    handling = assign_paper(paper, form.cleaned_data["member"], by=request.user)
    messages.success(request, f"{handling.member.user} looks after this paper now.")
    return redirect("paper", slug, pk)


@require_POST
def post_unassignment(request: PageRequest, slug: str, pk: int, member: int) -> HttpResponse:
    """Let a member look after a paper no longer."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper, handler = reach_paper(workshop, pk), reach_handler(workshop, member)
    unassign_paper(paper, handler, by=request.user)
    messages.success(request, f"{handler.user} does not look after this paper any more.")
    return redirect("paper", slug, pk)


@require_POST
def post_conflicted_end(request: PageRequest, slug: str) -> HttpResponse:
    """Take papers away from whoever has a conflict of interest with them."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    batch = end_conflicted_handling(find_sight(workshop, request.user), by=request.user)
    messages.success(request, f"{batch.title}. Share them anew, or assign them by hand.")
    return redirect("handling", slug)
