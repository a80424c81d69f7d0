"""What the paper table shows, as a file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods

from papers.access import READERS, reach_workshop
from papers.errors import Refusal
from papers.paper_table.controls import open_table
from papers.paper_table.exports import FORMATS, list_exported
from papers.paper_table.selections import Selection, list_selected, read_selection
from papers.requests import PageRequest
from papers.sight import find_sight


@require_http_methods(["GET", "POST"])
def export_table(request: PageRequest, slug: str) -> StreamingHttpResponse | HttpResponse:
    """Send all papers that the address finds, or those that the form selects, with the columns and the order of the table."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    asked = request.POST if request.method == "POST" else request.GET
    state = open_table(workshop, request.user, asked.dict()).state
    wanted = FORMATS.get(asked.get("format") or "csv")
    if wanted is None:
        raise Refusal(f"“{asked['format'][:40]}” is no format of this table; it can be {', '.join(FORMATS)}.", subject=workshop)
    selection = read_selection(request.POST) if request.method == "POST" else Selection(is_everything=True)
    if not selection:
        raise Refusal("No paper is selected; tick some, or export all that were found.", subject=workshop)
    keys = list_selected(sight, state, selection)
    response = StreamingHttpResponse(wanted.write(sight, keys, list_exported(state)), content_type=wanted.media_type)
    response["Content-Disposition"] = f'attachment; filename="{workshop.slug}-papers.{wanted.name}"'
    return response
