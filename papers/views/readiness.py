"""The board: papers by what they owe, as a page and as a table."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_workshop
from papers.errors import Refusal
from papers.forms.files import BoardForm
from papers.readiness import STATES, approve_clean_files, build_board, has_requirements, sort_by_urgency
from papers.readiness_exports import FORMATS, list_board_lines
from papers.readiness_outlook import look_ahead
from papers.requests import PageRequest
from papers.search import SearchMistake
from papers.sight import find_sight

PAGE_LENGTH = 100


@require_GET
def show_board(request: PageRequest, slug: str) -> HttpResponse:
    """Show papers by what they owe, the most urgent first; a search that can't be read is shown with what is wrong."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    form = BoardForm(request.GET, workshop=workshop)
    question = form.read_question()
    mistake = None
    try:
        board = build_board(sight, question)
    except SearchMistake as found:
        mistake, board = found, build_board(sight, question.without_words())
    rows = [] if mistake else sort_by_urgency(board.rows)
    context = {
        "workshop": workshop,
        "form": form,
        "mistake": mistake,
        "board": board,
        "outlook": look_ahead(board),
        "states": STATES,
        "page_obj": Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "is_filtered": question.is_narrow,
        "has_requirements": has_requirements(sight),
        "may_judge": workshop.role in DECIDERS,
    }
    return render(request, "papers/readiness_board.html", context, status=422 if mistake else 200)


@require_GET
def export_board(request: PageRequest, slug: str) -> StreamingHttpResponse:
    """Send all rows that the address finds, with the columns and the order of the board."""
    workshop = reach_workshop(request.user, slug, READERS)
    name = request.GET.get("format") or "csv"
    if name not in FORMATS:
        raise Refusal(f"“{name[:40]}” is no format of the board; it can be {', '.join(FORMATS)}.", subject=workshop)
    question = BoardForm(request.GET, workshop=workshop).read_question()
    board = build_board(find_sight(workshop, request.user), question)
    media_type, write = FORMATS[name]
    lines = list_board_lines(workshop, board, sort_by_urgency(board.rows))
    response = StreamingHttpResponse(write(lines), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{workshop.slug}-camera-ready.{name}"'
    return response


@require_POST
def post_clean_approval(request: PageRequest, slug: str) -> HttpResponse:
    """Approve every received file in which nothing was found."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    count = approve_clean_files(find_sight(workshop, request.user), by=request.user)
    messages.success(request, f"Approved {count} file{'' if count == 1 else 's'} without findings.")
    return redirect("camera-ready", slug)
