"""Every read that a page of the program needs, as words."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from program.models import Person, PersonInvitation, Session  # noqa: F401  (the base classes name them)


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions as pages need them."""

    def in_program_order(self) -> SessionQuerySet:
        """Order by start, then by the order in which they were written down."""
        return self.order_by(models.F("starts_at").asc(nulls_last=True), "position", "id")

    def for_program(self) -> SessionQuerySet:
        """Bring people and papers of each session, in program order."""
        return (
            self.select_related("room")
            .prefetch_related("parts__person", "slots__paper__authors", "slots__paper__decision", "slots__person")
            .in_program_order()
        )

    def awaiting_papers(self) -> SessionQuerySet:
        """Keep sessions that name papers which are not imported yet, with their slots."""
        return self.exclude(awaited_papers=[]).prefetch_related("slots").in_program_order()


class PersonQuerySet(models.QuerySet["Person"]):
    """People as pages need them."""

    def for_people_page(self) -> PersonQuerySet:
        """Bring roles, parts with their sessions, times, invitations with their letters, what waits to be taken over; by name."""
        related = ("roles", "parts__session", "availability", "invitations__letter")
        return self.select_related("proposal").prefetch_related(*related).order_by("name", "id")

    def for_person_page(self) -> PersonQuerySet:
        """Bring what a person's own page shows."""
        related = ("roles", "parts__session", "availability")
        return self.select_related("workshop", "proposal__photo_file", "photo_file", "slides_file").prefetch_related(*related)

    def shown_with_photo(self, slug: str, named: Collection[int]) -> PersonQuerySet:
        """Keep people whose photo the world may see: where the schedule is released, with a role, or among those `named` in it."""
        shown = self.filter(workshop__slug=slug, workshop__schedule_release__isnull=False, photo_file__isnull=False)
        return shown.filter(models.Q(roles__isnull=False) | models.Q(pk__in=named)).select_related("photo_file").distinct()


class PersonInvitationQuerySet(models.QuerySet["PersonInvitation"]):
    """Invitations as pages need them."""

    def working(self) -> PersonInvitationQuerySet:
        """Keep those that no later one replaced and nobody took back."""
        return self.filter(replaced_at__isnull=True, revoked_at__isnull=True)

    def with_person(self) -> PersonInvitationQuerySet:
        """Bring person and workshop."""
        return self.select_related("person__workshop")
