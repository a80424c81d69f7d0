"""Photos and slides of people leave through here: to organizers, to the person, photos in force to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from papers.access import DECIDERS, reach_workshop
from papers.models import StoredFile
from papers.requests import PageRequest
from papers.views.downloads import send_content
from program.access import PERSON_PAGES, reach_own_page, reach_person, reach_public_photo
from program.models import Person
from program.published_rows import list_named_people


@require_safe
def send_person_photo(request: PageRequest, slug: str, pk: int, which: str) -> HttpResponseBase:
    """Send organizers the photo in force, or the one that is proposed."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    return _send(request, person.photo_file if which == "printed" else _find_proposed(person))


@require_safe
def send_person_slides(request: PageRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send organizers the slides."""
    person = reach_person(reach_workshop(request.user, slug, DECIDERS), pk)
    return _send(request, person.slides_file, name=person.slides_name)


@login_not_required
@require_safe
def send_own_photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a person the photo that they handed in last."""
    person = reach_own_page(request.session.get(PERSON_PAGES, {}), pk).person
    return _send(request, _find_proposed(person) or person.photo_file)


@login_not_required
@require_safe
def send_own_slides(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a person their slides."""
    person = reach_own_page(request.session.get(PERSON_PAGES, {}), pk).person
    return _send(request, person.slides_file, name=person.slides_name)


@login_not_required
@require_safe
def send_public_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send the world the photo in force of somebody in a released program."""
    return _send(request, reach_public_photo(slug, pk, named=list_named_people(slug)).photo_file)


def _find_proposed(person: Person) -> StoredFile | None:
    file: StoredFile | None = person.proposal.photo_file if hasattr(person, "proposal") else None
    return file


def _send(request: HttpRequest, stored: StoredFile | None, *, name: str = "") -> HttpResponseBase:
    if stored is None:
        raise Http404("No such file.")
    return send_content(request, stored, name=name)
