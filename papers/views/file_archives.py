"""All files of the board as one ZIP, and how any archive is sent."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from papers.access import READERS, reach_workshop
from papers.file_archives import Archive, collect_board_files, send_archive
from papers.forms.files import BoardForm
from papers.requests import PageRequest
from papers.sight import find_sight


@require_safe
def send_board_files(request: PageRequest, slug: str) -> HttpResponseBase:
    """Send every current file that the board's address finds."""
    workshop = reach_workshop(request.user, slug, READERS)
    question = BoardForm(request.GET, workshop=workshop).read_question()
    return answer_archive(request, collect_board_files(find_sight(workshop, request.user), question))


def answer_archive(request: PageRequest, archive: Archive) -> StreamingHttpResponse:
    """Answer with an archive as it is written; its length is said before, so that a broken download shows."""
    answer = StreamingHttpResponse(send_archive(archive, by=request.user), content_type="application/zip")
    answer.headers["Content-Length"] = str(archive.size)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=archive.name) or ""
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that collects the whole first shows no progress
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
