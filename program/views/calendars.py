"""Calendars to subscribe to: the whole program, what somebody starred, what is one's own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.models import Workshop
from papers.requests import PageRequest
from program.access import PERSON_PAGES, reach_authored_workshop, reach_own_page
from program.calendar_links import (
    CalendarOwner,
    find_calendar_owner,
    has_calendar_link,
    make_calendar_link,
    revoke_calendar_link,
    write_own_calendar,
)
from program.exports.calendar_items import pick_items, write_calendar
from program.exports.registry import export_listing, find_format
from program.schedules import collect_listing, reach_public_program

CALENDAR = "schedule-ics"
MOST_ITEMS = 500


@login_not_required
@require_GET
def download_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the published program as iCalendar, or those of its sessions, papers, talks that `items` names."""
    workshop = reach_public_program(slug)
    listing = collect_listing(workshop)
    if "items" not in request.GET:
        return _answer(export_listing(CALENDAR, listing), slug)
    items = pick_items(listing, request.GET["items"].split(",")[:MOST_ITEMS])
    return _answer(write_calendar(items, listing, name=f"{workshop.short_name} {workshop.year}, starred"), slug)


@login_not_required
@never_cache
@require_GET
def download_own_calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Answer the calendar whose secret this is; nothing on the way keeps a copy."""
    owner = find_calendar_owner(reach_public_program(slug), token)
    response = _answer(write_own_calendar(owner), slug)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def show_author_calendar(request: PageRequest, slug: str) -> HttpResponse:
    """Show an author how to subscribe; on POST make the address, which is shown this once."""
    workshop = reach_authored_workshop(request.user, slug)
    back = reverse("author-home", args=[slug])
    return _show(request, CalendarOwner(workshop, user=request.user), back, reverse("revoke-author-calendar", args=[slug]))


@require_POST
def post_author_revocation(request: PageRequest, slug: str) -> HttpResponse:
    """Take an author's address back."""
    revoke_calendar_link(CalendarOwner(reach_authored_workshop(request.user, slug), user=request.user))
    return redirect("author-calendar", slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def show_person_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person how to subscribe; on POST make the address, which is shown this once."""
    return _show(request, _find_person(request, pk), reverse("own-person", args=[pk]), reverse("revoke-person-calendar", args=[pk]))


@login_not_required
@never_cache
@require_POST
def post_person_revocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person's address back."""
    revoke_calendar_link(_find_person(request, pk))
    return redirect("person-calendar", pk)


def _find_person(request: HttpRequest, pk: int) -> CalendarOwner:
    person = reach_own_page(request.session.get(PERSON_PAGES, {}), pk).person
    return CalendarOwner(person.workshop, person=person)


def _show(request: HttpRequest, owner: CalendarOwner, back: str, revocation: str) -> HttpResponse:
    address = make_calendar_link(owner) if request.method == "POST" else ""
    workshop: Workshop = owner.workshop
    context = {
        "workshop": workshop,
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}" if address else "",
        "has_link": has_calendar_link(owner),
        "back": back,
        "revocation": revocation,
    }
    return render(request, "program/own_calendar.html", context)


def _answer(content: bytes, slug: str) -> HttpResponse:
    kind = find_format(CALENDAR).media_type
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'inline; filename="{slug}.ics"'})
