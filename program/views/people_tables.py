"""Organizers paste a table of people, see what it would change, apply it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.requests import PageRequest
from program.forms.people import PeopleTableForm
from program.people_tables import apply_table, plan_table


@require_http_methods(["GET", "POST"])
def show_table(request: PageRequest, slug: str) -> HttpResponse:
    """Ask for a table; show on POST what it would change."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PeopleTableForm(request.POST if request.method == "POST" else None)
    plan = plan_table(workshop, form.cleaned_data["text"]) if form.is_valid() else None
    context = {"workshop": workshop, "form": form, "plan": plan}
    is_bad = form.is_bound and (plan is None or bool(plan.mistakes))
    return render(request, "program/people/table.html", context, status=422 if is_bad else 200)


@require_POST
def post_table(request: PageRequest, slug: str) -> HttpResponse:
    """Apply a table as it was shown."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PeopleTableForm(request.POST)
    if not form.is_valid():
        return render(request, "program/people/table.html", {"workshop": workshop, "form": form}, status=422)
    count = apply_table(workshop, form.cleaned_data["text"], digest=request.POST.get("digest", ""), by=request.user)
    messages.success(request, f"{count} {'person' if count == 1 else 'people'} added or changed.")
    return redirect("people", slug)
