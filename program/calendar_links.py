"""Calendars of one's own: made, found by the hash of their secret, taken back."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from papers.errors import Refusal
from papers.members import hash_token
from papers.models import Paper, User, Workshop
from program.exports.calendar_items import pick_own_items, write_calendar
from program.models import CalendarLink, Person
from program.schedules import collect_listing


@dataclass(frozen=True, slots=True)
class CalendarOwner:
    """Whose calendar it is at a workshop: an author's, or that of a person of the program."""

    workshop: Workshop
    user: User | None = None
    person: Person | None = None


def make_calendar_link(owner: CalendarOwner) -> str:
    """Return the address of an owner's calendar, whose secret is kept nowhere; an earlier one stops working."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=owner.workshop.pk)
        _revoke(owner)
        CalendarLink.objects.create(workshop=owner.workshop, user=owner.user, person=owner.person, token_hash=hash_token(secret))
    return f"{settings.SITE_URL}{reverse('own-program-ics', args=[owner.workshop.slug, secret])}"


def revoke_calendar_link(owner: CalendarOwner) -> None:
    """Take the address back, so that it gives nothing any more; refuses where there is none."""
    if not _revoke(owner):
        raise Refusal("There is no calendar address that works, so there is nothing to take back.", subject=owner.workshop)


def has_calendar_link(owner: CalendarOwner) -> bool:
    """Tell whether an address works."""
    return CalendarLink.objects.filter(workshop=owner.workshop, user=owner.user, person=owner.person, revoked_at__isnull=True).exists()


def find_calendar_owner(workshop: Workshop, secret: str) -> CalendarOwner:
    """Return whose calendar has this secret at this workshop; raises Http404 for one that is unknown or was taken back."""
    links = CalendarLink.objects.select_related("user", "person")
    link = links.filter(workshop=workshop, token_hash=hash_token(secret), revoked_at__isnull=True).first()
    if link is None or (link.user is not None and not link.user.is_active):
        raise Http404("No such calendar.")
    return CalendarOwner(workshop, user=link.user, person=link.person)


def write_own_calendar(owner: CalendarOwner) -> bytes:
    """Return the calendar with what is theirs in the last published version, as far as the world may know of it."""
    listing = collect_listing(owner.workshop)
    mine = Paper.objects.for_author_page(owner.user).of_workshop(owner.workshop.slug) if owner.user else Paper.objects.none()
    people = [owner.person.pk] if owner.person else []
    items = pick_own_items(listing, papers=[paper.pk for paper in mine], people=people)
    return write_calendar(items, listing, name=f"{listing.workshop.short_name} {listing.workshop.year}, my sessions")


def _revoke(owner: CalendarOwner) -> int:
    held = CalendarLink.objects.filter(workshop=owner.workshop, user=owner.user, person=owner.person, revoked_at__isnull=True)
    return held.update(revoked_at=timezone.now())
