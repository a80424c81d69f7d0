"""What authors see: their papers, where each stands, what they owe by when."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import reach_own_paper
from papers.attendance import find_proceedings_choice, is_choice_over
from papers.author_steps import find_places, list_offers
from papers.duties import list_duties
from papers.forms.authors import AuthorForm, PresenterForm, ProceedingsForm
from papers.forms.personal_links import SentLinkForm
from papers.listings import list_dates
from papers.models import Paper, Track
from papers.owed_files import is_asked_for_files
from papers.querysets import PaperQuerySet
from papers.requests import PageRequest
from papers.speaking import list_known_authors
from papers.standing import describe_standing, find_next_dates


@require_GET
def show_my_papers(request: PageRequest) -> HttpResponse:
    """Show a person's papers in all workshops."""
    return render(request, "papers/author_home.html", {"rows": _make_rows(Paper.objects.for_author_page(request.user))})


@require_GET
def show_own_papers(request: PageRequest, slug: str) -> HttpResponse:
    """Show a person's papers in one workshop."""
    rows = _make_rows(Paper.objects.for_author_page(request.user).of_workshop(slug))
    if not rows:
        raise Http404("No such workshop.")
    workshop = rows[0]["paper"].workshop
    context = {"workshop": workshop, "rows": rows, "dates": find_next_dates(list_dates(workshop)), "offers": list_offers(workshop)}
    return render(request, "papers/author_home.html", context)


@require_GET
def show_own_paper(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show one paper to one of its authors."""
    return render_own_paper(request, reach_own_paper(request.user, slug, pk))


def render_own_paper(request: PageRequest, paper: Paper, **malformed: forms.Form) -> HttpResponse:
    """Answer with the authors' page of a paper; a malformed form is shown again in its place."""
    duties = list_duties([paper])[paper.pk]
    standing = describe_standing(paper, duties=duties, place=find_places([paper]).get(paper.pk))
    known = list_known_authors(paper)
    context: dict[str, Any] = {
        "workshop": paper.workshop,
        "paper": paper,
        "zone": request.user.zone or paper.workshop.zone,
        "standing": standing,
        "duties": duties,
        "known": known,
        "invitation_form": SentLinkForm(paper=paper, auto_id="invite-%s", without=known),
        "dates": find_next_dates(list_dates(paper.workshop)),
    }
    if is_asked_for_files(paper):
        coming = [author.pk for author in paper.authors.all() if hasattr(author, "attendance")]
        context |= {"presenter_form": PresenterForm(paper=paper), "is_anybody_left": len(coming) < len(paper.authors.all())}
        context["attendance_form"] = AuthorForm(paper=paper, without=coming)
        if paper.track and paper.track.proceedings == Track.Proceedings.OPTION:
            context |= {
                "proceedings_form": ProceedingsForm(paper=paper),
                "choice": find_proceedings_choice(paper),
                "is_choice_over": is_choice_over(paper),
            }
    return render(request, "papers/author_paper.html", {**context, **malformed}, status=422 if malformed else 200)


def _make_rows(found: PaperQuerySet) -> list[dict[str, Any]]:
    papers = list(found.with_links())
    duties, places = list_duties(papers), find_places(papers)
    return [
        {
            "paper": paper,
            "standing": describe_standing(paper, duties=duties[paper.pk], place=places.get(paper.pk)),
            "due": [duty for duty in duties[paper.pk] if duty.is_due],
        }
        for paper in papers
    ]
