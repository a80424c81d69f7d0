"""Files leave through here: who asks is looked at each time, a part may be asked for."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from papers.byte_ranges import NOTHING, ByteRange, is_range_wanted, read_range
from papers.file_access import reach_finding, reach_version
from papers.file_names import name_download
from papers.models import FileVersion, StoredFile
from papers.requests import PageRequest
from papers.stored_files import open_content

BLOCK = 256 * 1024


@require_safe
def send_file(request: PageRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send a version under its agreed name, whole or the part that was asked for."""
    version = reach_version(request.user, slug, pk)
    if version.file is None:
        raise Http404("A link is no file.")
    return send_content(request, version.file, name=name_version(version))


@require_safe
def send_crop(request: PageRequest, slug: str, pk: int) -> HttpResponseBase:
    """Send the picture of a finding's spot."""
    finding = reach_finding(request.user, slug, pk)
    if finding.crop is None:
        raise Http404("No picture of this finding.")
    return send_content(request, finding.crop, name="")


def name_version(version: FileVersion) -> str:
    """Return under which name a version leaves; the newest without its number."""
    paper, file = version.paper, version.file
    assert file is not None
    newer = FileVersion.objects.standing().newer_than(version)
    number = version.number if version.withdrawn_at or newer.exists() else None
    return name_download(paper.workshop.short_name, paper.number, paper.pk, version.kind, file.media_type, version=number)


def send_content(request: HttpRequest, stored: StoredFile, *, name: str) -> HttpResponseBase:
    """Answer with a content: 200, 206, 304 or 416; as an attachment where it has a name."""
    etag = f'"{stored.sha256}"'
    if etag in [tag.strip() for tag in request.headers.get("If-None-Match", "").split(",")]:
        return _describe(HttpResponse(status=304), etag, name)
    wanted = read_range(request.headers.get("Range", ""), stored.size)
    if wanted is None or not is_range_wanted(request.headers.get("If-Range", ""), etag):
        answer = StreamingHttpResponse(_read_part(stored, ByteRange(0, stored.size)), content_type=stored.media_type)
        answer.headers["Content-Length"] = str(stored.size)
        return _describe(answer, etag, name)
    if wanted == NOTHING:
        return _describe(HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"}), etag, "")
    answer = StreamingHttpResponse(_read_part(stored, wanted), status=206, content_type=stored.media_type)
    answer.headers["Content-Length"] = str(wanted.size)
    answer.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.end - 1}/{stored.size}"
    return _describe(answer, etag, name)


def _describe(answer: HttpResponseBase, etag: str, name: str) -> HttpResponseBase:
    answer.headers["ETag"] = etag
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = "private, no-cache"  # kept by the browser, asked for again each time
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    disposition = content_disposition_header(as_attachment=bool(name), filename=name)
    if disposition:
        answer.headers["Content-Disposition"] = disposition
    return answer


def _read_part(stored: StoredFile, part: ByteRange) -> Iterator[bytes]:
    """Open the file only when the first byte is asked for: a HEAD never asks."""
    with open_content(stored) as file:
        file.seek(part.start)
        left = part.size
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
