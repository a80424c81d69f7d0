"""A table from its upload through its preview to its import."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.forms.tables import TableForm, WordsForm
from papers.kept_tables import KeptTable, find_kept_table, forget_table, keep_table
from papers.models import Workshop
from papers.requests import PageRequest
from papers.table_previews import TablePreview, apply_table, preview_table
from papers.table_words import explain_words
from papers.tables.refusals import TableRefused

NOT_KEPT = "This upload is no longer kept. Choose the file again."


@require_http_methods(["GET", "POST"])
def show_upload(request: PageRequest, slug: str) -> HttpResponse:
    """Take a table; go on to its preview, or show its mistakes."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return _show_form(request, workshop, form, status=200 if request.method == "GET" else 422)
    table = keep_table(workshop, **form.read_upload())
    preview = preview_table(workshop, table, by=request.user)
    if preview.mistakes:
        return _show_form(request, workshop, form, table=table, preview=preview, status=422)
    return _go_to_decisions(table, slug) if table.kind == "decisions" else redirect("import-table", slug, table.digest)


@require_http_methods(["GET", "POST"])
def show_preview(request: PageRequest, slug: str, digest: str) -> HttpResponse:
    """Show what a kept table would change; a POST does it."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    table = find_kept_table(workshop, digest)
    if table is None:
        messages.warning(request, NOT_KEPT)
        return redirect("import-table", slug)
    if request.method == "POST":
        return _apply(request, workshop, table)
    preview = preview_table(workshop, table, by=request.user)
    if preview.mistakes:
        return _show_form(request, workshop, TableForm(initial={"kind": table.kind}), table=table, preview=preview)
    if table.kind == "decisions":
        return _go_to_decisions(table, slug)
    return render(request, "papers/import_table_preview.html", {"workshop": workshop, "table": table, "preview": preview})


@require_POST
def post_words(request: PageRequest, slug: str) -> HttpResponse:
    """Say what words of a kept table mean, then look at it again."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    table = find_kept_table(workshop, request.POST.get("table", ""))
    if table is None:
        messages.warning(request, NOT_KEPT)
        return redirect("import-table", slug)
    form = WordsForm(request.POST, workshop=workshop, words=preview_table(workshop, table, by=request.user).words)
    if form.is_valid():
        explain_words(workshop, form.read_meanings(), by=request.user)
    return redirect("import-table", slug, table.digest)


def _go_to_decisions(table: KeptTable, slug: str) -> HttpResponse:
    """Go on where decisions of every origin are previewed."""
    return redirect(f"{reverse('decide-preview', args=[slug])}?{urlencode({'by': 'table', 'table': table.digest})}")


def _apply(request: PageRequest, workshop: Workshop, table: KeptTable) -> HttpResponse:
    try:
        done = apply_table(workshop, table, by=request.user)
    except TableRefused:
        preview = preview_table(workshop, table, by=request.user)
        return _show_form(request, workshop, TableForm(initial={"kind": table.kind}), table=table, preview=preview, status=422)
    forget_table(workshop, table.digest)
    messages.success(request, done.tell())
    return redirect("import-list" if table.kind == "papers" else "paper-list", workshop.slug)


def _show_form(
    request: PageRequest,
    workshop: Workshop,
    form: TableForm,
    *,
    table: KeptTable | None = None,
    preview: TablePreview | None = None,
    status: int = 200,
) -> HttpResponse:
    words = WordsForm(workshop=workshop, words=preview.words) if preview and preview.words else None
    context = {"workshop": workshop, "form": form, "table": table, "preview": preview, "words": words}
    return render(request, "papers/import_table.html", context, status=status)
