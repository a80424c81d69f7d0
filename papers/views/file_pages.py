"""Pages that show the files of one paper: to its authors, to organizers."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render

from papers.access import DECIDERS
from papers.file_access import FileDoor
from papers.file_checks import find_requirement
from papers.file_rules import find_most_bytes
from papers.forms.files import ExtensionForm, FileForm, LinkForm
from papers.metadata_differences import find_sides
from papers.models import FileKind, Paper, UpstreamFile
from papers.owed_files import OwedFile, is_asked_for_files, list_owed_files
from papers.requests import PageRequest

REHEARSED = (FileKind.PAPER, FileKind.SUPPLEMENT)


@dataclass(frozen=True, slots=True)
class FileCard:
    """A file that a paper owes, with the forms beside it."""

    owed: OwedFile
    form: forms.Form
    extension_form: ExtensionForm | None = None


def find_files_page(door: FileDoor) -> tuple[str, str, int]:
    """Return which page shows a paper's files to who came through this door."""
    return "author-files" if door.is_author else "paper-files", door.paper.workshop.slug, door.paper.pk


def make_file_form(paper: Paper, kind: str, request: PageRequest | None = None) -> FileForm:
    """Return the form for a kind of file with its limit."""
    data = (request.POST, request.FILES) if request else ()
    return FileForm(*data, kind=kind, most_bytes=find_most_bytes(find_requirement(paper, kind)))


def render_files(request: PageRequest, door: FileDoor, *, kind: str = "", form: forms.Form | None = None) -> HttpResponse:
    """Answer with the files page of who came through this door; a malformed form is shown again at its kind."""
    if door.is_author:
        return render_own_files(request, door.paper, kind=kind, form=form)
    return render_paper_files(request, door.paper, kind=kind, form=form)


def render_own_files(request: PageRequest, paper: Paper, *, kind: str = "", form: forms.Form | None = None) -> HttpResponse:
    """Answer with the authors' page of a paper's files, or with how far one file is."""
    if request.htmx:
        return _render_state(request, paper, "author-files")
    context = {
        "workshop": paper.workshop,
        "paper": paper,
        "zone": request.user.zone or paper.workshop.zone,
        "cards": _make_cards(paper, kind, form),
        "is_asked": is_asked_for_files(paper),
        "rehearsals": [(one, make_file_form(paper, one)) for one in REHEARSED],
        "page": "author-files",
    }
    return render(request, "papers/author_files.html", context, status=422 if form else 200)


def render_paper_files(
    request: PageRequest, paper: Paper, *, kind: str = "", form: forms.Form | None = None, extension_form: ExtensionForm | None = None
) -> HttpResponse:
    """Answer with the organizers' page of a paper's files, or with how far one file is."""
    if request.htmx:
        return _render_state(request, paper, "paper-files")
    context = {
        "workshop": paper.workshop,
        "paper": paper,
        "zone": paper.workshop.zone,
        "cards": _make_cards(paper, kind, form, extension_form=extension_form, is_judged=True),
        "is_asked": is_asked_for_files(paper),
        "may_judge": paper.workshop.role in DECIDERS,
        "sides": find_sides(paper) if is_asked_for_files(paper) else [],
        "outside": UpstreamFile.objects.of_papers([paper]).not_taken(),
        "page": "paper-files",
    }
    return render(request, "papers/paper_files.html", context, status=422 if form or extension_form else 200)


def _make_cards(
    paper: Paper, kind: str, form: forms.Form | None, *, extension_form: ExtensionForm | None = None, is_judged: bool = False
) -> list[FileCard]:
    cards = []
    for owed in list_owed_files(paper):
        is_malformed = owed.kind == kind
        given = form if is_malformed and form else _make_form(owed)
        longer = ExtensionForm(workshop=paper.workshop, auto_id=f"{owed.kind}-until-%s") if is_judged else None
        cards.append(FileCard(owed, given, extension_form if is_malformed and extension_form else longer))
    return cards


def _make_form(owed: OwedFile) -> forms.Form:
    if owed.kind == FileKind.VIDEO:
        return LinkForm(kind=owed.kind)
    return FileForm(kind=owed.kind, most_bytes=find_most_bytes(owed.requirement))


def _render_state(request: PageRequest, paper: Paper, page: str) -> HttpResponse:
    """Answer how far one file is, for a page that asks while its checks run."""
    owed = next((one for one in list_owed_files(paper) if one.kind == request.GET.get("kind")), None)
    if owed is None:
        raise Http404("No such file.")
    zone = paper.workshop.zone if page == "paper-files" else request.user.zone or paper.workshop.zone
    context = {"workshop": paper.workshop, "paper": paper, "owed": owed, "zone": zone, "page": page}
    may_judge = page == "paper-files" and paper.workshop.role in DECIDERS
    return render(request, "papers/file_state.html", {**context, "may_judge": may_judge})
