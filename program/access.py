"""Who may reach which person of a program; somebody else's and nobody's look the same (404)."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from papers.models import Paper, User, Workshop
from program.models import FillRun, Person, PersonInvitation, ScheduleVersion, SessionPart

PERSON_PAGES = "person_pages"  # in the session of a browser: by person, the invitation whose button was pressed there


def reach_person(workshop: Workshop, pk: int) -> Person:
    """Return a person of a workshop that has been reached, with all that the organizers' page shows."""
    person: Person = get_object_or_404(workshop.people.for_people_page(), pk=pk)
    person.workshop = workshop
    return person


def reach_part(workshop: Workshop, pk: int) -> SessionPart:
    """Return somebody's part in a session of a workshop that has been reached."""
    return get_object_or_404(SessionPart.objects.select_related("person__workshop", "session"), pk=pk, person__workshop=workshop)


def reach_own_page(pages: Mapping[str, Any], pk: int) -> PersonInvitation:
    """Return the invitation by which a browser entered a person's page; one that was taken back or ran out opens nothing.

    `pages` is what the browser's session holds under PERSON_PAGES. A newer mail leaves an open page open.
    """
    key = pages.get(str(pk))
    if not isinstance(key, int):
        raise Http404("No such page.")
    held = PersonInvitation.objects.filter(person_id=pk, revoked_at__isnull=True, expires_at__gt=timezone.now(), opened_at__isnull=False)
    invitation = get_object_or_404(held, pk=key)
    invitation.person = get_object_or_404(Person.objects.for_person_page(), pk=pk)
    return invitation


def reach_authored_workshop(user: User, slug: str) -> Workshop:
    """Return the workshop with this slug in which somebody has a paper; raises Http404 for anything else."""
    return get_object_or_404(Workshop, pk__in=Paper.objects.claimed_by(user).of_workshop(slug).values("workshop"))


def reach_version(workshop: Workshop, number: int) -> ScheduleVersion:
    """Return a version of the schedule of a workshop that has been reached."""
    version = get_object_or_404(ScheduleVersion, workshop=workshop, number=number)
    version.workshop = workshop
    return version


def reach_fill_run(workshop: Workshop, pk: int) -> FillRun:
    """Return a run of the solver on a workshop that has been reached."""
    return get_object_or_404(workshop.fill_runs.select_related("job"), pk=pk)


def reach_public_photo(slug: str, pk: int, *, named: Collection[int]) -> Person:
    """Return a person whose photo the world may see; `named` are those whom the published program names."""
    return get_object_or_404(Person.objects.shown_with_photo(slug, named), pk=pk)
