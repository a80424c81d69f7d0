"""OpenReview's decisions beside ours: the list, the words, the file for the console."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, READERS, reach_paper, reach_workshop
from papers.agreement import (
    AgreementRow,
    compare_with_upstream,
    count_verdicts,
    find_last_reading,
    list_word_problems,
    take_upstream_decision,
)
from papers.decision_files import FILE_NAME, MEDIA_TYPE, ROWS, collect_decision_file
from papers.decision_words import choose_decision_words, read_decision_words
from papers.forms.agreement import DecisionWordsForm
from papers.interests import refuse_conflicted
from papers.requests import PageRequest
from papers.search import SearchMistake
from papers.sight import find_sight
from papers.verdicts import ADVICE, Verdict

ROWS_SHOWN = 100
DISAGREEMENTS = "disagreements"


@require_GET
def show_agreement(request: PageRequest, slug: str) -> HttpResponse:
    """Show both sides of every paper that a search asks for, the disagreements first."""
    workshop = reach_workshop(request.user, slug, READERS)
    sight = find_sight(workshop, request.user)
    search, chosen = request.GET.get("q", ""), request.GET.get("verdict", "")
    mistake, rows = None, list[AgreementRow]()
    try:
        rows = compare_with_upstream(workshop, sight, search=search)
    except SearchMistake as found:
        mistake = found
    shown = [row for row in rows if _is_chosen(row, chosen)]
    context = {
        "workshop": workshop,
        "search": search,
        "mistake": mistake,
        "verdict": chosen,
        "tabs": _list_tabs(rows, search, chosen),
        "page_obj": Paginator(shown, ROWS_SHOWN).get_page(request.GET.get("page")),
        "last_reading": find_last_reading(workshop),
        "problems": list_word_problems(workshop, rows),
        "may_decide": workshop.role in DECIDERS,
        "count": len(shown),
    }
    return render(request, "papers/agreement.html", context, status=422 if mistake else 200)


@require_POST
def post_taken_decision(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Decide here what OpenReview decided."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_paper(workshop, pk)
    refuse_conflicted(paper, request.user)
    decision = take_upstream_decision(paper, seen=request.POST.get("seen", ""), by=request.user)
    messages.success(request, "Taken over from OpenReview." if decision else "It stands so here already.")
    return redirect("paper", slug, pk) if "from_paper" in request.POST else redirect("agreement", slug)


@require_http_methods(["GET", "POST"])
def show_words(request: PageRequest, slug: str) -> HttpResponse:
    """Ask how OpenReview words our decisions."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    words = read_decision_words(workshop)
    form = DecisionWordsForm(request.POST if request.method == "POST" else None, words=words)
    if request.method == "POST" and form.is_valid():
        changed = choose_decision_words(workshop, form.read_words(), by=request.user)
        messages.success(request, "Kept." if changed else "Nothing changed.")
        return redirect("agreement-words", slug)
    context = {"workshop": workshop, "form": form, "words": words}
    return render(request, "papers/agreement_words.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def download_decision_file(request: PageRequest, slug: str) -> HttpResponse:
    """Download the decisions for OpenReview's console, released or not."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    wanted = request.GET.get("rows", "")
    rows = wanted if wanted in ROWS else ROWS[0]
    found = collect_decision_file(workshop, find_sight(workshop, request.user), search=request.GET.get("q", ""), rows=rows)
    return HttpResponse(
        found.data,
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{workshop.slug}-{FILE_NAME}"', "Cache-Control": "no-store"},
    )


@require_GET
def show_decision_file(request: PageRequest, slug: str) -> HttpResponse:
    """Say what the file for the console holds and leaves out, before it is downloaded."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    files = {rows: collect_decision_file(workshop, sight, rows=rows) for rows in ROWS}
    return render(request, "papers/agreement_file.html", {"workshop": workshop, "files": files})


def _is_chosen(row: AgreementRow, chosen: str) -> bool:
    if chosen == DISAGREEMENTS:
        return row.is_disagreement
    return row.verdict.value == chosen if chosen in set(Verdict) else True


def _list_tabs(rows: list[AgreementRow], search: str, chosen: str) -> list[dict[str, Any]]:
    counted = count_verdicts(rows)
    views = [("", "All", len(rows)), (DISAGREEMENTS, "Disagreements", sum(row.is_disagreement for row in rows))]
    views += [(verdict.value, ADVICE[verdict].title, count) for verdict, count in counted.items()]
    known = {value for value, _, _ in views}
    return [
        {"label": label, "count": count, "verdict": value, "is_current": value == (chosen if chosen in known else "")}
        for value, label, count in views
    ]
