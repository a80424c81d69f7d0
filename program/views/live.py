"""The live page of the day: what runs, what is late, the rest shifted."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from program.forms.live import DayForm, ItemForm, PublishShiftForm, RoomForm, ShiftForm
from program.live_day import read_live_day
from program.live_marks import clear_mark, hide_delay, mark_ended, mark_started, tell_delay
from program.live_shifts import preview_shift, shift_and_publish
from program.live_speakers import list_sheets

PAGE = "program/live/day.html"


def find_now() -> dt.datetime:
    """Return the moment at which a request is answered; the one clock of these pages."""
    return timezone.now()


@require_GET
def show_live(request: PageRequest, slug: str) -> HttpResponse:
    """Show the day; asked by the page itself, only what changes."""
    return _render_day(request, reach_workshop(request.user, slug, READERS))


@require_POST
def post_start(request: PageRequest, slug: str) -> HttpResponse:
    """Note that something begins."""
    workshop = reach_workshop(request.user, slug, READERS)
    mark_started(workshop, ItemForm(request.POST).read_item(), by=request.user, at=find_now())
    return _answer(request, workshop)


@require_POST
def post_end(request: PageRequest, slug: str) -> HttpResponse:
    """Note that something ends."""
    workshop = reach_workshop(request.user, slug, READERS)
    mark_ended(workshop, ItemForm(request.POST).read_item(), by=request.user, at=find_now())
    return _answer(request, workshop)


@require_POST
def post_clearing(request: PageRequest, slug: str) -> HttpResponse:
    """Take back what was said of something."""
    workshop = reach_workshop(request.user, slug, READERS)
    clear_mark(workshop, ItemForm(request.POST).read_item(), by=request.user)
    return _answer(request, workshop)


@require_POST
def post_telling(request: PageRequest, slug: str) -> HttpResponse:
    """Let the world know how late a room runs."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    tell_delay(workshop, RoomForm(request.POST).read_room(), by=request.user)
    return _answer(request, workshop)


@require_POST
def post_hiding(request: PageRequest, slug: str) -> HttpResponse:
    """Let the world know no more how late a room runs."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    hide_delay(workshop, RoomForm(request.POST).read_room(), by=request.user)
    return _answer(request, workshop)


@require_GET
def show_shift(request: PageRequest, slug: str) -> HttpResponse:
    """Show what a shift would move, before anything moves."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = ShiftForm(request.GET)
    if not form.is_valid():
        return render(request, "program/live/shift.html", {"workshop": workshop, "form": form}, status=422)
    preview = preview_shift(workshop, form.read_shift(), by=request.user)
    publishing = PublishShiftForm(initial={**form.cleaned_data, "edit": preview.edit, "note": preview.words})
    return render(request, "program/live/shift.html", {"workshop": workshop, "form": form, "preview": preview, "publishing": publishing})


@require_POST
def post_shift(request: PageRequest, slug: str) -> HttpResponse:
    """Shift and publish."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PublishShiftForm(request.POST)
    if not form.is_valid():
        return render(request, "program/live/shift.html", {"workshop": workshop, "form": form}, status=422)
    said = form.cleaned_data
    version = shift_and_publish(
        workshop,
        form.read_shift(),
        by=request.user,
        note=said["note"],
        despite_conflicts=said["despite_conflicts"],
        seen_edit=said["edit"],
    )
    messages.success(request, f"Shifted and published as version {version.number}: the world sees it now.")
    return redirect("live", slug)


@require_GET
def show_chair_sheet(request: PageRequest, slug: str) -> HttpResponse:
    """Show who speaks on a day, for print: chairs, contacts, slides."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    day = read_live_day(workshop, now=find_now(), asked=DayForm(request.GET).read_day())
    return render(request, "program/live/chair_sheet.html", {"workshop": workshop, "day": day, "sheets": list_sheets(workshop, day.rooms)})


def _answer(request: PageRequest, workshop: Workshop) -> HttpResponse:
    """Return the day as it is now to the page, or lead a browser without scripts back to it."""
    return _render_day(request, workshop) if request.htmx else redirect("live", workshop.slug)


def _render_day(request: PageRequest, workshop: Workshop) -> HttpResponse:
    day = read_live_day(workshop, now=find_now(), asked=DayForm(request.GET).read_day())
    context: dict[str, Any] = {"workshop": workshop, "day": day, "may_shift": workshop.role in DECIDERS}
    return render(request, f"{PAGE}#rooms" if request.htmx else PAGE, context)
