"""What members think of one paper: recommendations, remarks, read marks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import READERS, reach_own_remark, reach_paper, reach_workshop
from papers.discussion import add_remark, change_remark, mark_read, withdraw_remark
from papers.errors import Refusal
from papers.forms.handling import RecommendationForm, RemarkForm, SeenForm
from papers.recommendations import recommend_decision, withdraw_recommendation
from papers.requests import PageRequest
from papers.views.paper import render_paper


@require_POST
def post_recommendation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Propose a decision."""
    workshop = reach_workshop(request.user, slug, READERS)
    paper = reach_paper(workshop, pk)
    form = RecommendationForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return render_paper(request, paper, recommendation_form=form, status=422)
    recommend_decision(paper, **form.cleaned_data, by=request.user)
    messages.success(request, "Your recommendation is kept. Members see it, authors never do.")
    return redirect("paper", slug, pk)


@require_POST
def post_withdrawn_recommendation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own proposal back."""
    workshop = reach_workshop(request.user, slug, READERS)
    withdraw_recommendation(reach_paper(workshop, pk), by=request.user)
    messages.success(request, "Your recommendation was taken back.")
    return redirect("paper", slug, pk)


@require_POST
def post_remark(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Say something in the private discussion."""
    workshop = reach_workshop(request.user, slug, READERS)
    paper = reach_paper(workshop, pk)
    form = RemarkForm(request.POST, members=workshop.memberships.reading())
    if not form.is_valid():
        return render_paper(request, paper, remark_form=form, status=422)
    values = form.cleaned_data
    remark = add_remark(paper, text=values["text"], mentioned=values["mentioned"], seen=values["seen"], by=request.user)
    messages.success(request, "Said. Members see it, authors never do.")
    return redirect(remark_address(slug, pk, remark.pk))


@require_http_methods(["GET", "POST"])
def show_remark(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show one's own remark to be changed; keep the change on POST."""
    workshop = reach_workshop(request.user, slug, READERS)
    remark = reach_own_remark(workshop, request.user, pk)
    members = workshop.memberships.reading()
    known = {"text": remark.text, "mentioned": members.mentioned_in(remark)}
    form = RemarkForm(request.POST if request.method == "POST" else None, members=members, initial=known)
    if form.is_valid():
        change_remark(remark, text=form.cleaned_data["text"], mentioned=form.cleaned_data["mentioned"], by=request.user)
        messages.success(request, "Changed.")
        return redirect(remark_address(slug, remark.paper_id, remark.pk))
    context = {"workshop": workshop, "remark": remark, "form": form}
    return render(request, "papers/handling_remark.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def post_withdrawn_remark(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own remark back."""
    workshop = reach_workshop(request.user, slug, READERS)
    remark = reach_own_remark(workshop, request.user, pk)
    withdraw_remark(remark, by=request.user)
    messages.success(request, "Withdrawn: the text is gone for good.")
    return redirect("paper", slug, remark.paper_id)


@require_POST
def post_read(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Remember up to where somebody has read."""
    workshop = reach_workshop(request.user, slug, READERS)
    paper = reach_paper(workshop, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Refusal("Nothing says up to which remark was read.", subject=paper)
    mark_read(paper, by=request.user, until=form.cleaned_data["seen"])
    return HttpResponse(status=204) if request.htmx else redirect("paper", slug, pk)


def remark_address(slug: str, paper: int, remark: int) -> str:
    """Return the place of a remark on the page of its paper."""
    return f"{reverse('paper', args=[slug, paper])}#remark-{remark}"
