"""Many decisions at once: chosen, previewed as a diff, applied."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.bulk_decisions import DecisionsChanged, DecisionsRefused, apply_decisions, find_applied, preview_decisions
from papers.capacity import OverCapacity, count_capacity
from papers.decision_plans import DecisionPlan
from papers.decision_sources import count_selected
from papers.errors import Refusal
from papers.forms.decisions import OriginForm, PasteForm, make_nonce
from papers.kept_tables import keep_table
from papers.models import Workshop
from papers.requests import PageRequest
from papers.search import SearchMistake
from papers.sight import find_sight
from papers.tables.refusals import TableRefused
from papers.views.undoing import tell_undoable

MOST_LINES = 300


@require_http_methods(["GET", "POST"])
def show_decide(request: PageRequest, slug: str) -> HttpResponse:
    """Ask which papers are to be decided how; a POST brings the selection of the paper table."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return render_desk(request, workshop)


@require_POST
def post_table(request: PageRequest, slug: str) -> HttpResponse:
    """Take a pasted or uploaded table; go on to its preview."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_desk(request, workshop, paste=form, status=422)
    content, name = form.read_table()
    table = keep_table(workshop, content, name=name, kind="decisions")
    return redirect(f"{reverse('decide-preview', args=[slug])}?{urlencode({'by': 'table', 'table': table.digest})}")


@require_http_methods(["GET", "POST"])
def show_preview(request: PageRequest, slug: str) -> HttpResponse:
    """Show what would change, by groups; write nothing."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = OriginForm(request.POST if request.method == "POST" else request.GET, workshop=workshop)
    if not form.is_valid():
        return render_desk(request, workshop, origin=form, status=422)
    try:
        plan = preview_decisions(workshop, form.read_source(), by=request.user, drops_refused=form.cleaned_data["drop"])
    except SearchMistake as mistake:
        return render_desk(request, workshop, origin=form, mistake=mistake, status=422)
    return render_preview(request, form, plan)


@require_POST
def post_apply(request: PageRequest, slug: str) -> HttpResponse:
    """Do what the preview showed, or show the new preview with what moved since."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = OriginForm(request.POST, workshop=workshop)
    if not form.is_valid():
        done = find_applied(workshop, request.POST.get("nonce", ""))
        return redirect("batch", slug, done.pk) if done else render_desk(request, workshop, origin=form, status=422)
    values = form.cleaned_data
    try:
        plan, batch = apply_decisions(
            workshop,
            form.read_source(),
            by=request.user,
            seen=values["seen"],
            confirmed=values["over_capacity"],
            drops_refused=values["drop"],
            nonce=values["nonce"],
        )
    except (DecisionsChanged, DecisionsRefused, OverCapacity, TableRefused) as refusal:
        plan = preview_decisions(workshop, form.read_source(), by=request.user, drops_refused=values["drop"])
        return render_preview(request, form, plan, refusal=refusal, status=409)
    if batch is None:
        messages.info(request, "Nothing changed: all of it was decided so already.")
        return redirect("paper-list", slug)
    tell_undoable(request, f"{plan.tell() if plan.changes else 'Done'}. Authors see nothing until decisions are released.", batch)
    return redirect("batch", slug, batch.pk)


def render_desk(
    request: PageRequest,
    workshop: Workshop,
    *,
    origin: OriginForm | None = None,
    paste: PasteForm | None = None,
    mistake: SearchMistake | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the page that asks which papers are to be decided how."""
    sight = find_sight(workshop, request.user)
    asked = request.POST if request.method == "POST" else request.GET
    form = origin or OriginForm(workshop=workshop)
    keys = OriginForm(asked, workshop=workshop).keys
    text = asked.get("q", "")
    try:
        found_count = None if keys or mistake else count_selected(sight, text)
    except SearchMistake as wrong:
        found_count, mistake, status = None, wrong, 422
    context = {
        "workshop": workshop,
        "form": form,
        "paste": paste or PasteForm(),
        "keys": ",".join(map(str, keys)),
        "selected_count": len(keys),
        "q": text,
        "mistake": mistake,
        "found_count": found_count,
        "completion": reverse("search-completion", args=[workshop.slug]),
        "capacity": count_capacity(sight),
    }
    return render(request, "papers/decide.html", context, status=status)


def render_preview(
    request: PageRequest, form: OriginForm, plan: DecisionPlan, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the diff of a plan, bound to what it shows; `refusal` says what moved since the last one."""
    context = {
        "workshop": plan.workshop,
        "form": form,
        "plan": plan,
        "most": MOST_LINES,
        "refusal": refusal,
        "nonce": make_nonce(),
        "is_dropping": form.cleaned_data["drop"],
        "is_table": form.cleaned_data["by"] == "table",
        "has_unknown_words": any(mistake.target for mistake in plan.mistakes),
    }
    return render(request, "papers/decide_preview.html", context, status=status)
