"""What the search box asks while somebody types."""

from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from papers.access import READERS, reach_public_workshop, reach_workshop
from papers.requests import PageRequest
from papers.search import complete_search
from papers.sight import Sight, find_sight


@require_GET
def complete(request: PageRequest, slug: str) -> JsonResponse:
    """Answer how the search could go on, for a member."""
    workshop = reach_workshop(request.user, slug, READERS)
    return _answer(request, find_sight(workshop, request.user))


@login_not_required
@require_GET
def complete_in_public(request: HttpRequest, slug: str) -> JsonResponse:
    """Answer how a search of the accepted papers could go on, for anybody."""
    return _answer(request, find_sight(reach_public_workshop(slug), None))


def _answer(request: HttpRequest, sight: Sight) -> JsonResponse:
    text, at = request.GET.get("q", ""), request.GET.get("at", "")
    caret = int(at) if at.isascii() and at.isdigit() and len(at) < 6 else len(text)
    return JsonResponse({"suggestions": [asdict(completion) for completion in complete_search(sight, text, caret)]})
