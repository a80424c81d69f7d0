"""What authors see: their papers, where each stands, what comes next."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import reach_own_paper
from papers.listings import list_dates
from papers.models import Paper
from papers.requests import PageRequest
from papers.standing import describe_standing, find_next_dates


@require_GET
def show_own_papers(request: PageRequest, slug: str) -> HttpResponse:
    """Show a person's papers in one workshop."""
    papers = list(Paper.objects.for_author_page(request.user).of_workshop(slug))
    if not papers:
        raise Http404("No such workshop.")
    workshop = papers[0].workshop
    rows = [(paper, describe_standing(paper)) for paper in papers]
    return render(request, "papers/author_home.html", {"workshop": workshop, "rows": rows, "dates": find_next_dates(list_dates(workshop))})


@require_GET
def show_own_paper(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show one paper to one of its authors."""
    paper = reach_own_paper(request.user, slug, pk)
    context = {
        "workshop": paper.workshop,
        "paper": paper,
        "standing": describe_standing(paper),
        "dates": find_next_dates(list_dates(paper.workshop)),
    }
    return render(request, "papers/author_paper.html", context)
