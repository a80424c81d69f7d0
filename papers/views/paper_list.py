"""The paper table, for organizers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import READERS, reach_workshop
from papers.forms.papers import PaperFilterForm
from papers.requests import PageRequest
from papers.search import find_papers

PAGE_LENGTH = 100
COLUMNS = [
    ("number", "#", "is-number is-tight"),
    ("title", "Title", "is-main"),
    ("track", "Track", ""),
    ("reviews", "Reviews", "is-number"),
    ("mean", "Mean", "is-number"),
    ("decision", "Decision", ""),
    ("presentation", "Presentation", ""),
    ("proceedings", "Proceedings", ""),
]


@require_GET
def show_papers(request: PageRequest, slug: str) -> HttpResponse:
    """Show the papers that the query string asks for."""
    workshop = reach_workshop(request.user, slug, READERS)
    form = PaperFilterForm(request.GET, workshop=workshop)
    question = form.read_question()
    page = Paginator(find_papers(workshop, question), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "workshop": workshop,
        "form": form,
        "page_obj": page,
        "columns": COLUMNS,
        "sort": question.sort,
        "is_filtered": form.is_filtered,
    }
    return render(request, "papers/paper_list.html", context)
