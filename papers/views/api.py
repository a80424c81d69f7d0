"""What programs ask for."""

from django.http import Http404
from django.urls import reverse

from papers.api.papers import find_api_paper, list_api_papers
from papers.api.shapes import ApiPapers, ApiPaperWhole, ApiWorkshops
from papers.api.workshops import list_api_workshops
from papers.sight import reach_sight
from papers.views.api_doors import ApiRequest, answer_api


@answer_api
def list_workshops(request: ApiRequest) -> ApiWorkshops:
    """Answer the workshops in sight."""
    address = request.build_absolute_uri(reverse("api-papers", args=["slug"])).replace("/slug/", "/{slug}/")
    return list_api_workshops(request.asker, address=address)


@answer_api
def list_papers(request: ApiRequest, slug: str) -> ApiPapers:
    """Answer a page of the papers that a search finds."""
    asked = request.GET
    sight = reach_sight(slug, request.asker)
    return list_api_papers(sight, text=asked.get("q", ""), cursor=asked.get("cursor", ""), limit=asked.get("limit", ""))


@answer_api
def show_paper(request: ApiRequest, slug: str, pk: int) -> ApiPaperWhole:
    """Answer one paper."""
    found = find_api_paper(reach_sight(slug, request.asker), pk)
    if found is None:
        raise Http404("No such paper.")
    return found
