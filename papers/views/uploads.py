"""Uploads in pieces: begin, go on where it broke off, finish."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from papers.file_access import reach_files, reach_upload
from papers.models import Upload
from papers.requests import PageRequest
from papers.uploads import CHUNK_BYTES, count_received, finish_upload, receive_chunk, start_upload
from papers.views.file_pages import find_files_page
from papers.views.files import read_kind


@require_POST
def post_start(request: PageRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Begin an upload, or say where it broke off."""
    door = reach_files(request.user, slug, pk)
    given = request.POST
    upload = start_upload(
        door.paper,
        kind=read_kind(kind),
        name=given.get("name", "")[:1000],
        size=read_number(given.get("size", "")),
        sha256=given.get("sha256", ""),
        by=request.user,
    )
    return JsonResponse(describe_upload(upload, slug), status=201)


@require_http_methods(["GET", "PUT"])
def put_chunk(request: PageRequest, slug: str, token: str) -> HttpResponse:
    """Take the next piece; a GET only says how many bytes are here."""
    upload = reach_upload(request.user, slug, token)
    if request.method == "PUT":
        offset = read_number(request.GET.get("offset", ""))
        receive_chunk(upload, offset=offset, content=request.read(CHUNK_BYTES + 1))
    return JsonResponse(describe_upload(upload, slug))


@require_POST
def post_finish(request: PageRequest, slug: str, token: str) -> HttpResponse:
    """Make the pieces a version."""
    upload = reach_upload(request.user, slug, token)
    door = reach_files(request.user, slug, upload.paper_id)
    version = finish_upload(upload, by=request.user)
    messages.success(request, f"{version.get_kind_display()} received, version {version.number}. Its checks take a moment.")
    page, *arguments = find_files_page(door)
    return JsonResponse({"address": reverse(page, args=arguments)})


def describe_upload(upload: Upload, slug: str) -> dict[str, Any]:
    """Return where the next piece goes and where it begins."""
    return {
        "address": reverse("upload", args=[slug, upload.token]),
        "finish": reverse("finish-upload", args=[slug, upload.token]),
        "offset": count_received(upload),
        "size": upload.size,
        "chunk_bytes": CHUNK_BYTES,
    }


def read_number(text: str) -> int:
    """Return a number of bytes; what is none is refused where it is used."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1
