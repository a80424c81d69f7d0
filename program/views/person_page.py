"""The page of one person of the program, entered by the link of a mail; no account is needed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from program.access import PERSON_PAGES, reach_own_page
from program.answers import (
    Clash,
    accept_invitation,
    decline_invitation,
    hand_in_photo,
    hand_in_slides,
    mark_times,
    read_answers,
    save_answers,
    save_times,
)
from program.forms.person_page import DeclineForm, PhotoForm, ProfileForm, SlidesForm, TimesForm
from program.invitation_words import read_settings
from program.invitations import find_invitation, open_invitation
from program.local_times import list_zones
from program.models import PersonInvitation
from program.person_sessions import list_own_sessions


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def show_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose link it is; only the button opens the page, since mail scanners open links. Signs nobody in."""
    if request.method == "GET":
        return render(request, "program/people/link.html", {"invitation": find_invitation(token)})
    invitation = open_invitation(token)
    request.session.cycle_key()
    request.session[PERSON_PAGES] = {**request.session.get(PERSON_PAGES, {}), str(invitation.person_id): invitation.pk}
    return redirect("own-person", invitation.person_id)


@login_not_required
@never_cache
@require_GET
def show_own_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person their page."""
    return _render(request, _reach(request, pk))


@login_not_required
@never_cache
@require_POST
def post_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one takes part."""
    accept_invitation(_reach(request, pk))
    messages.success(request, "Thank you: the organizers know that you take part.")
    return redirect("own-person", pk)


@login_not_required
@never_cache
@require_POST
def post_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one can't take part."""
    invitation, form = _reach(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _render(request, invitation, decline_form=form)
    decline_invitation(invitation, reason=form.cleaned_data["reason"])
    messages.success(request, "The organizers know that you can't take part. If that changes, say so here.")
    return redirect("own-person", pk)


@login_not_required
@never_cache
@require_POST
def post_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a person writes; where another window changed the same, show both."""
    invitation = _reach(request, pk)
    form = ProfileForm(request.POST, values=read_answers(invitation.person))
    if not form.is_valid():
        return _render(request, invitation, profile_form=form)
    clashes = save_answers(invitation, values=form.read_values(), seen=form.read_seen())
    if clashes:
        return _render(request, invitation, clashes=clashes, profile_form=form)
    messages.success(request, "Kept.")
    return redirect("own-person", pk)


@login_not_required
@never_cache
@require_POST
def post_times(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep when a person can."""
    invitation = _reach(request, pk)
    form = TimesForm(request.POST, person=invitation.person, seen=mark_times(invitation.person))
    if not form.is_valid():
        return _render(request, invitation, times_form=form)
    save_times(invitation, times=form.cleaned_data["times"], seen=form.cleaned_data["seen"])
    messages.success(request, "Your times are kept.")
    return redirect("own-person", pk)


@login_not_required
@never_cache
@require_POST
def post_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a photo."""
    invitation, form = _reach(request, pk), PhotoForm(request.POST, request.FILES, auto_id="photo-%s")
    if not form.is_valid():
        return _render(request, invitation, photo_form=form)
    hand_in_photo(invitation, content=form.cleaned_data["file"])
    messages.success(request, "Your photo is kept.")
    return redirect("own-person", pk)


@login_not_required
@never_cache
@require_POST
def post_slides(request: HttpRequest, pk: int) -> HttpResponse:
    """Take slides."""
    invitation, form = _reach(request, pk), SlidesForm(request.POST, request.FILES, auto_id="slides-%s")
    if not form.is_valid():
        return _render(request, invitation, slides_form=form)
    file = form.cleaned_data["file"]
    hand_in_slides(invitation, content=file.file, name=file.name)
    messages.success(request, f"Your slides are kept: {file.name}.")
    return redirect("own-person", pk)


def _reach(request: HttpRequest, pk: int) -> PersonInvitation:
    return reach_own_page(request.session.get(PERSON_PAGES, {}), pk)


def _render(request: HttpRequest, invitation: PersonInvitation, clashes: tuple[Clash, ...] = (), **malformed: forms.Form) -> HttpResponse:
    """Answer with the page; a malformed form is shown again in its place."""
    person = invitation.person
    context: dict[str, Any] = {
        "workshop": person.workshop,
        "person": person,
        "zone": person.zone or person.workshop.zone,
        "sessions": list_own_sessions(person),
        "prints_at_once": read_settings(person.workshop).prints_at_once,
        "profile_form": ProfileForm(values=read_answers(person)),
        "decline_form": DeclineForm(),
        "times_form": TimesForm(person=person, seen=mark_times(person)),
        "photo_form": PhotoForm(auto_id="photo-%s"),
        "slides_form": SlidesForm(auto_id="slides-%s"),
        "clashes": clashes,
        "zones": list_zones(),
    }
    return render(request, "program/people/own_page.html", {**context, **malformed}, status=422 if malformed else 200)
