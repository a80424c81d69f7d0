"""Conflicts of interest: listed, found, declared, dismissed; what members say of themselves."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, OWNERS, READERS, reach_handler, reach_interest, reach_paper, reach_workshop
from papers.forms.handling import DeclareForm, DeclareManyForm, DismissForm, InterestFilterForm
from papers.forms.interests import InterestForm
from papers.interest_finding import find_conflicts_of_interest
from papers.interests import (
    declare_conflict,
    declare_conflicts,
    dismiss_conflict,
    edit_interests,
    find_interests,
    reopen_conflict,
)
from papers.models import Membership, Workshop
from papers.requests import PageRequest
from papers.search import SearchMistake, search_papers
from papers.sight import find_sight
from papers.views.paper import render_paper

PAGE_LENGTH = 100


@require_GET
def show_interests(request: PageRequest, slug: str) -> HttpResponse:
    """List conflicts of interest by member, with what was found."""
    workshop = reach_workshop(request.user, slug, READERS)
    form = InterestFilterForm(request.GET, workshop=workshop)
    text = request.GET.get("q", "")
    context = {"workshop": workshop, "form": form, "text": text, "may_decide": workshop.role in DECIDERS}
    try:
        found = find_interests(find_sight(workshop, request.user), text=text, **form.read())
    except SearchMistake as mistake:
        return render(request, "papers/handling_interests.html", context | {"mistake": mistake}, status=422)
    context["page_obj"] = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "papers/handling_interests.html", context)


@require_POST
def post_search(request: PageRequest, slug: str) -> HttpResponse:
    """Look for conflicts of interest anew."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    report = find_conflicts_of_interest(workshop, by=request.user)
    messages.success(request, report.sentence)
    return redirect("interest-list", slug)


@require_POST
def post_declaration(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Keep a member from judging a paper: oneself, or as an organizer anybody."""
    workshop = reach_workshop(request.user, slug, READERS)
    paper = reach_paper(workshop, pk)
    members = workshop.memberships.reading()
    form = DeclareForm(request.POST, members=members if workshop.role in DECIDERS else members.of_user(request.user))
    if not form.is_valid():
        return render_paper(request, paper, declare_form=form, status=422)
    conflict = declare_conflict(paper, form.cleaned_data["member"], reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, f"{conflict.member.user} is kept from judging this paper.")
    return redirect("paper", slug, pk)


@require_http_methods(["GET", "POST"])
def show_declarations(request: PageRequest, slug: str) -> HttpResponse:
    """Ask who must not judge which papers; keep it on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = DeclareManyForm(
        request.POST if request.method == "POST" else None, initial=request.GET.dict(), members=workshop.memberships.reading()
    )
    if form.is_valid():
        values = form.cleaned_data
        papers = search_papers(find_sight(workshop, request.user), values["q"])
        count = declare_conflicts(workshop, papers, values["member"], reason=values["reason"], by=request.user)
        messages.success(request, f"{values['member'].user} is kept from judging {count} more paper{'' if count == 1 else 's'}.")
        return redirect("interest-list", slug)
    context = {"workshop": workshop, "form": form}
    return render(request, "papers/handling_declare.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def show_dismissal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask why a conflict does not count; dismiss it on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    conflict = reach_interest(workshop, pk)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        dismiss_conflict(conflict, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Dismissed. {conflict.member.user} may judge this paper unless something else stands against it.")
        return redirect("interest-list", slug)
    context = {"workshop": workshop, "form": form, "conflict": conflict}
    return render(request, "papers/handling_dismiss.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def post_reopening(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a dismissed conflict count again."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    conflict = reach_interest(workshop, pk)
    reopen_conflict(conflict, by=request.user)
    messages.success(request, f"It counts again: {conflict.member.user} is kept from judging the paper.")
    return redirect("interest-list", slug)


@require_http_methods(["GET", "POST"])
def show_my_interests(request: PageRequest, slug: str) -> HttpResponse:
    """Ask a member where they work and with whom; keep it on POST."""
    workshop = reach_workshop(request.user, slug, READERS)
    return answer_interests(request, workshop, workshop.memberships.get(user=request.user), "my-interests")


@require_http_methods(["GET", "POST"])
def show_member_interests(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask the same of another member; owners only."""
    workshop = reach_workshop(request.user, slug, OWNERS)
    return answer_interests(request, workshop, reach_handler(workshop, pk), "interest-list")


def answer_interests(request: PageRequest, workshop: Workshop, member: Membership, then: str) -> HttpResponse:
    """Answer with the form, or keep what it says."""
    form = InterestForm(request.POST if request.method == "POST" else None, initial=InterestForm.write(member))
    if form.is_valid():
        report = edit_interests(member, values=form.cleaned_data, by=request.user)
        messages.success(request, f"Kept. {report.sentence}" if report else "Nothing was changed.")
        return redirect(then, workshop.slug)
    context = {"workshop": workshop, "form": form, "member": member, "is_own": member.user_id == request.user.pk}
    return render(request, "papers/handling_my_interests.html", context, status=422 if request.method == "POST" else 200)
