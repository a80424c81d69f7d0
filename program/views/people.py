"""Organizers see who is in the program, what is missing, and change it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.requests import PageRequest
from program.access import reach_part, reach_person
from program.answers import describe_changes
from program.forms.people import PartForm, PeopleFilterForm, PersonForm
from program.local_times import list_zones
from program.models import Person
from program.people import add_part, add_person, change_person, confirm_for_person, remove_part, remove_person
from program.people_gaps import describe_person, filter_rows
from program.people_history import list_person_history
from program.proposals import dismiss, mark_proposal, take_over


@require_GET
def show_people(request: PageRequest, slug: str) -> HttpResponse:
    """Show the people that the query string asks for, with what is missing of each."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PeopleFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = [describe_person(person) for person in workshop.people.for_people_page()]
    context = {
        "workshop": workshop,
        "form": form,
        "rows": filter_rows(rows, **asked),
        "total": len(rows),
        "is_filtered": any(asked.values()),
    }
    return render(request, "program/people/list.html", context)


@require_http_methods(["GET", "POST"])
def post_new_person(request: PageRequest, slug: str) -> HttpResponse:
    """Put somebody in."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = add_person(workshop, values=form.read_values(), roles=form.cleaned_data["roles"], by=request.user)
        messages.success(request, f"{person.name} is in. Next: a part in a session, an invitation.")
        return redirect("person", slug, person.pk)
    context = {"workshop": workshop, "form": form, "zones": list_zones()}
    return render(request, "program/people/edit.html", context, status=422 if form.is_bound else 200)


@require_GET
def show_person(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show all about one person."""
    return render_person(request, reach_person(reach_workshop(request.user, slug, DECIDERS), pk))


@require_http_methods(["GET", "POST"])
def post_person(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Change what is said of a person."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    form = PersonForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        is_changed = change_person(person, values=form.read_values(), roles=form.cleaned_data["roles"], by=request.user)
        messages.success(request, "Kept." if is_changed else "Nothing was changed.")
        return redirect("person", slug, pk)
    context = {"workshop": person.workshop, "person": person, "form": form, "zones": list_zones()}
    return render(request, "program/people/edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def post_removal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask before, take somebody out on POST."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    if request.method == "GET":
        return render(request, "program/people/removal.html", {"workshop": person.workshop, "person": person})
    remove_person(person, by=request.user)
    messages.success(request, f"{person.name} is out of the workshop.")
    return redirect("people", slug)


@require_POST
def post_part(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Give somebody a part in a session."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    form = PartForm(request.POST, workshop=person.workshop)
    if not form.is_valid():
        return render_person(request, person, part_form=form)
    part = add_part(person, **form.cleaned_data, by=request.user)
    messages.success(request, f"{person.name}: {part.get_kind_display().lower()} of “{part.session}”.")
    return redirect("person", slug, pk)


@require_POST
def post_part_removal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a part away."""
    part = reach_part(reach_workshop(request.user, slug, DECIDERS), pk)
    remove_part(part, by=request.user)
    messages.success(request, f"{part.person.name} has no part in “{part.session}” any more.")
    return redirect("person", slug, part.person_id)


@require_POST
def post_confirmation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Note that somebody confirmed by other means."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    confirm_for_person(person, by=request.user)
    messages.success(request, f"{person.name} counts as confirmed.")
    return redirect("person", slug, pk)


@require_POST
def post_taking_over(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Put what a person proposes into force."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    taken = take_over(person, fields=request.POST.getlist("field"), seen=request.POST.get("seen", ""), by=request.user)
    messages.success(request, f"Taken over: {len(taken)} field{'' if len(taken) == 1 else 's'} of {person.name}.")
    return redirect("person", slug, pk)


@require_POST
def post_dismissal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Forget what a person proposes."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    dismissed = dismiss(person, fields=request.POST.getlist("field"), seen=request.POST.get("seen", ""), by=request.user)
    messages.success(request, f"Dismissed: {len(dismissed)} field{'' if len(dismissed) == 1 else 's'}. What was in force stays.")
    return redirect("person", slug, pk)


def render_person(request: PageRequest, person: Person, **malformed: Any) -> HttpResponse:
    """Answer with a person's page; a malformed form is shown again in its place."""
    context = {
        "workshop": person.workshop,
        "person": person,
        "row": describe_person(person),
        "zone": person.zone or person.workshop.zone,
        "changes": describe_changes(person),
        "seen": mark_proposal(person),
        "part_form": PartForm(workshop=person.workshop),
        "history": list_person_history(person),
    }
    return render(request, "program/people/person.html", {**context, **malformed}, status=422 if malformed else 200)
