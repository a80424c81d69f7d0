"""Imports: their list, their start, the report of one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from papers.access import DECIDERS, READERS, reach_run, reach_workshop
from papers.errors import OtherSideFailed
from papers.forms.imports import SignInForm
from papers.import_jobs import sign_in_for_import, start_import
from papers.requests import PageRequest


@require_http_methods(["GET", "POST"])
def show_imports(request: PageRequest, slug: str) -> HttpResponse:
    """List the imports; a POST signs in to OpenReview and starts one."""
    workshop = reach_workshop(request.user, slug, READERS if request.method == "GET" else DECIDERS)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token = sign_in_for_import(form.read_credentials(), pending=form.cleaned_data["pending"], code=form.cleaned_data["code"])
        except OtherSideFailed as refusal:
            form.take_refusal(refusal)
        else:
            job = start_import(workshop, by=request.user, token=token, is_rehearsal=form.cleaned_data["is_rehearsal"])
            return redirect("job", slug, job.pk)
    status = 422 if request.method == "POST" else 200
    runs = workshop.import_runs.for_import_page()[:30]
    jobs = workshop.jobs.unfinished().of_kind("import-openreview")
    context = {"workshop": workshop, "form": form, "runs": runs, "jobs": jobs, "may_decide": workshop.role in DECIDERS}
    return render(request, "papers/import_list.html", context, status=status)


@require_GET
def show_report(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show what one import did."""
    workshop = reach_workshop(request.user, slug, READERS)
    run = reach_run(workshop, pk)
    report = run.report
    papers = workshop.papers.index_by_note(report.get("problems", []) + report.get("changes", []))
    context = {
        "workshop": workshop,
        "run": run,
        "problems": [(problem, papers.get(problem["note_id"])) for problem in report.get("problems", [])],
        "changes": [(change, papers.get(change["note_id"])) for change in report.get("changes", [])],
    }
    return render(request, "papers/import_report.html", context)
