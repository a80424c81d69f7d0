"""What was changed in a workshop, by whom."""

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import READERS, reach_paper, reach_workshop
from papers.errors import Refusal
from papers.forms.history import HistoryForm
from papers.history_exports import FORMATS
from papers.history_pages import find_history, list_history_choices, read_history_page
from papers.models import Paper, Workshop
from papers.requests import PageRequest
from papers.sight import Sight, find_sight


@require_GET
def show_history(request: PageRequest, slug: str) -> HttpResponse:
    """Show the newest changes of a workshop first, or those asked for."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_history(request, workshop)


@require_GET
def show_paper_history(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show the changes of one paper."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_history(request, workshop, reach_paper(workshop, pk))


@require_GET
def export_history(request: PageRequest, slug: str, name: str) -> StreamingHttpResponse:
    """Send the changes asked for as a file."""
    workshop = reach_workshop(request.user, slug, READERS)
    return send_history(request, workshop, name)


@require_GET
def export_paper_history(request: PageRequest, slug: str, pk: int, name: str) -> StreamingHttpResponse:
    """Send the changes of one paper as a file."""
    workshop = reach_workshop(request.user, slug, READERS)
    return send_history(request, workshop, name, reach_paper(workshop, pk))


def render_history(request: PageRequest, workshop: Workshop, paper: Paper | None = None) -> HttpResponse:
    """Answer with a page of changes; a question that cannot be read shows none."""
    sight = find_sight(workshop, request.user)
    form = HistoryForm(request.GET, sight=sight, choices=list_history_choices(sight))
    context: dict[str, Any] = {"workshop": workshop, "paper": paper, "form": form, "formats": FORMATS}
    if paper is not None:
        context["is_hidden"] = not sight.sees_judgments(paper)
    if not form.is_valid():
        return render(request, "papers/history.html", context, status=422)
    lines = find_history(sight, form.read_question(), paper=paper)
    context["page"] = read_history_page(sight, lines, older_than=_read_key(request, "older"), newer_than=_read_key(request, "newer"))
    return render(request, "papers/history.html", context)


def send_history(request: PageRequest, workshop: Workshop, name: str, paper: Paper | None = None) -> StreamingHttpResponse:
    """Answer with all changes asked for; refuses a question that cannot be read."""
    if name not in FORMATS:
        raise Http404("No such format.")
    sight = find_sight(workshop, request.user)
    form = HistoryForm(request.GET, sight=sight, choices=list_history_choices(sight))
    if not form.is_valid():
        field, (reason, *_) = next(iter(form.errors.items()))
        raise Refusal(f"The history can't be exported: {field}: {reason}", subject=workshop)
    wanted, lines = FORMATS[name], find_history(sight, form.read_question(), paper=paper)
    response = StreamingHttpResponse(wanted.write(sight, lines), content_type=wanted.media_type)
    response["Content-Disposition"] = f'attachment; filename="{_name_file(sight, paper)}.{name}"'
    return response


def _name_file(sight: Sight, paper: Paper | None) -> str:
    return f"{sight.workshop.slug}-history" if paper is None else f"{sight.workshop.slug}-paper-{paper.number or paper.pk}-history"


def _read_key(request: PageRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
