"""What was changed in a workshop, by whom."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import READERS, reach_workshop
from papers.requests import PageRequest

PAGE_LENGTH = 100


@require_GET
def show_history(request: PageRequest, slug: str) -> HttpResponse:
    """Show the newest changes first."""
    workshop = reach_workshop(request.user, slug, READERS)
    lines = workshop.history.for_history_page()
    page = Paginator(lines, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "papers/history.html", {"workshop": workshop, "page_obj": page})
