"""Organizers invite people of the program by mail, remind them, take links back, write the words."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from program.access import reach_person
from program.forms.people import MailSettingsForm
from program.invitation_words import FIELDS, read_settings
from program.invitations import change_settings, plan_invitations, revoke_invitation, send_invitations

MOST_PEOPLE = 500


@require_http_methods(["GET", "POST"])
def send_mails(request: PageRequest, slug: str) -> HttpResponse:
    """Show the mails to the chosen people; send them on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    if request.method == "GET":
        return _preview(request, workshop)
    mailing = send_invitations(
        workshop,
        _read_keys(request.POST),
        is_reminder=request.POST.get("kind") == "reminder",
        digest=request.POST.get("digest", ""),
        nonce=request.POST.get("nonce", "")[:100],
        by=request.user,
    )
    messages.success(request, f"“{mailing.name}” is on its way; the outbox tells what became of each mail.")
    return redirect("people", slug)


@require_POST
def post_revocation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take the links of a person back."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    revoke_invitation(person, by=request.user)
    messages.success(request, f"No link of {person.name} works any more.")
    return redirect("person", slug, pk)


@require_http_methods(["GET", "POST"])
def post_settings(request: PageRequest, slug: str) -> HttpResponse:
    """Show and change the words of the mails, and what happens to what people write."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = MailSettingsForm(request.POST if request.method == "POST" else None, held=read_settings(workshop))
    if form.is_valid():
        change_settings(workshop, values=form.cleaned_data, by=request.user)
        messages.success(request, "Kept.")
        return redirect("people-mails", slug)
    context = {"workshop": workshop, "form": form, "fields": FIELDS}
    return render(request, "program/people/mails.html", context, status=422 if form.is_bound else 200)


def _preview(request: PageRequest, workshop: Workshop) -> HttpResponse:
    keys, is_reminder = _read_keys(request.GET), request.GET.get("kind") == "reminder"
    context = {
        "workshop": workshop,
        "is_reminder": is_reminder,
        "plan": plan_invitations(workshop, keys, is_reminder=is_reminder),
        "nonce": uuid4().hex,
        "words_address": reverse("people-mails", args=[workshop.slug]),
    }
    return render(request, "program/people/sending.html", context)


def _read_keys(data: QueryDict) -> list[int]:
    return [int(key) for key in data.getlist("person")[:MOST_PEOPLE] if key.isascii() and key.isdigit() and len(key) < 16]
