"""Authors hand files in, rehearse the checks, take versions back; organizers may do it for them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import reach_own_paper
from papers.camera_ready import receive_file, receive_link, withdraw_file
from papers.file_access import reach_files, reach_own_version
from papers.forms.files import LinkForm
from papers.models import FileKind
from papers.rehearsals import rehearse_checks
from papers.requests import PageRequest
from papers.views.file_pages import REHEARSED, find_files_page, make_file_form, render_files, render_own_files


@require_GET
def show_own_files(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show what a paper owes to one of its authors."""
    return render_own_files(request, reach_own_paper(request.user, slug, pk))


@require_POST
def post_file(request: PageRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Take a file from the form that works without scripts."""
    door = reach_files(request.user, slug, pk)
    form = make_file_form(door.paper, read_kind(kind), request)
    if not form.is_valid():
        return render_files(request, door, kind=kind, form=form)
    file = form.cleaned_data["file"]
    version = receive_file(door.paper, kind=kind, content=file.file, name=file.name, by=request.user)
    messages.success(request, f"{version.get_kind_display()} received, version {version.number}. Its checks take a moment.")
    return redirect(*find_files_page(door))


@require_POST
def post_link(request: PageRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Take the address of a video."""
    door = reach_files(request.user, slug, pk)
    form = LinkForm(request.POST, kind=read_kind(kind))
    if not form.is_valid():
        return render_files(request, door, kind=kind, form=form)
    version = receive_link(door.paper, kind=kind, link=form.cleaned_data["link"], by=request.user)
    messages.success(request, f"{version.get_kind_display()} kept.")
    return redirect(*find_files_page(door))


@require_POST
def post_rehearsal(request: PageRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Check a file and keep nothing."""
    door = reach_files(request.user, slug, pk)
    if kind not in REHEARSED:
        raise Http404("Nothing to rehearse.")
    form, rehearsal = make_file_form(door.paper, kind, request), None
    if form.is_valid():
        file = form.cleaned_data["file"]
        rehearsal = rehearse_checks(door.paper, kind=kind, content=file.file, name=file.name, by=request.user)
        form = make_file_form(door.paper, kind)
    context = {
        "workshop": door.paper.workshop,
        "paper": door.paper,
        "kind": FileKind(kind),
        "form": form,
        "rehearsal": rehearsal,
        "page": find_files_page(door)[0],
    }
    return render(request, "papers/file_rehearsal.html", context, status=200 if rehearsal else 422)


@require_POST
def post_withdrawal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a version back."""
    version, door = reach_own_version(request.user, slug, pk)
    withdraw_file(version, by=request.user)
    messages.success(request, f"Version {version.number} of {version.get_kind_display()} does not count any more.")
    return redirect(*find_files_page(door))


def read_kind(kind: str) -> str:
    """Return a kind of file that there is."""
    if kind not in FileKind.values:
        raise Http404("No such kind of file.")
    return kind
