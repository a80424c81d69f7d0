"""The addresses of the API, with what they answer; its description is made of the same rows."""

from typing import Any

from django.urls import path

from papers.api.schema import Operation, Parameter, describe_api
from papers.api.shapes import ApiPapers, ApiPaperWhole, ApiWorkshops
from papers.views.api import list_papers, list_workshops, show_paper
from papers.views.api_doors import ApiRequest, answer_api

SLUG = Parameter("slug", "path", "The workshop.")
SEARCH = Parameter("q", "query", "A search, as in the box of the paper list.")
CURSOR = Parameter("cursor", "query", "“next” of the page before.")
LIMIT = Parameter("limit", "query", "How many papers a page has, 1 to 200; usually 100.", int)

ROUTES = (
    ("workshops", list_workshops, "api-workshops", Operation("/api/v1/workshops", "Workshops in sight", ApiWorkshops)),
    (
        "workshops/<slug:slug>/papers/",
        list_papers,
        "api-papers",
        Operation("/api/v1/workshops/{slug}/papers/", "Papers that a search finds", ApiPapers, (SLUG, SEARCH, CURSOR, LIMIT), (404, 422)),
    ),
    (
        "workshops/<slug:slug>/papers/<int:pk>",
        show_paper,
        "api-paper",
        Operation(
            "/api/v1/workshops/{slug}/papers/{pk}",
            "One paper, for members with its reviews",
            ApiPaperWhole,
            (SLUG, Parameter("pk", "path", "The id of the paper.", int)),
            (404,),
        ),
    ),
)
OPERATIONS = tuple(operation for _, _, _, operation in ROUTES)


@answer_api
def show_description(request: ApiRequest) -> dict[str, Any]:
    """Answer the OpenAPI description."""
    return describe_api(OPERATIONS, title="SyntaGen", version="1")


api_urls = [
    *(path(f"api/v1/{route}", view, name=name) for route, view, name, _ in ROUTES),
    path("api/v1/openapi.json", show_description, name="api-description"),
]
