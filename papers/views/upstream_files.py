"""Files on their way from OpenReview: compare, look, confirm; differences of metadata between its sides."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, READERS, reach_workshop
from papers.errors import OtherSideFailed
from papers.file_import_jobs import KIND, confirm_file_import, find_file_import, is_file_plan_waiting, read_file_plan, start_file_import
from papers.file_plans import keep_source, read_source
from papers.forms.upstream_files import DifferenceForm, FileSignInForm, FileSourceForm
from papers.import_jobs import sign_in_for_import
from papers.metadata_differences import list_differences
from papers.models import UpstreamFile, Workshop
from papers.requests import PageRequest
from papers.sight import find_sight

PAGE_LENGTH = 50


@require_http_methods(["GET", "POST"])
def show_file_import(request: PageRequest, slug: str) -> HttpResponse:
    """Show how far the taking of files is; a POST signs in to OpenReview and has its files compared with ours."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = FileSignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token = sign_in_for_import(form.read_credentials(), pending=form.cleaned_data["pending"], code=form.cleaned_data["code"])
        except OtherSideFailed as refusal:
            form.take_refusal(refusal)
        else:
            start_file_import(workshop, by=request.user, token=token)
            return redirect("file-import", slug)
    return _render(request, workshop, form=form, status=422 if request.method == "POST" else 200)


@require_POST
def post_file_confirmation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Have the files taken that the comparison found."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    confirm_file_import(get_object_or_404(workshop.jobs.of_kind(KIND), pk=pk), by=request.user)
    messages.success(request, "The files are being taken from OpenReview.")
    return redirect("job", slug, pk)


@require_POST
def post_file_source(request: PageRequest, slug: str) -> HttpResponse:
    """Say where files stand in OpenReview."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = FileSourceForm(request.POST, source=read_source(workshop))
    if not form.is_valid():
        return _render(request, workshop, source_form=form, status=422)
    keep_source(workshop, stage=form.cleaned_data["stage"], fields=form.read_fields(), by=request.user)
    messages.success(request, "Kept. The next comparison reads them there.")
    return redirect("file-import", slug)


@require_GET
def show_differences(request: PageRequest, slug: str) -> HttpResponse:
    """List the accepted papers whose PDF or OpenReview say otherwise than we do."""
    workshop = reach_workshop(request.user, slug, READERS)
    form = DifferenceForm(request.GET, workshop=workshop)
    question = form.read_question()
    differences = list_differences(find_sight(workshop, request.user), question)
    context = {
        "workshop": workshop,
        "form": form,
        "differences": differences,
        "page_obj": Paginator(differences.rows, PAGE_LENGTH).get_page(request.GET.get("page")),
        "is_filtered": any((question.track, question.field, question.side)),
    }
    return render(request, "papers/metadata_differences.html", context)


def _render(
    request: PageRequest,
    workshop: Workshop,
    *,
    form: FileSignInForm | None = None,
    source_form: FileSourceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    job = find_file_import(workshop)
    plan = read_file_plan(job) if job and is_file_plan_waiting(job) else None
    is_own = job is not None and job.by_id == request.user.pk
    context: dict[str, Any] = {
        "workshop": workshop,
        "form": form or FileSignInForm(),
        "source_form": source_form or FileSourceForm(source=read_source(workshop)),
        "job": job,
        "plan": plan if is_own else None,
        "is_of_another": plan is not None and not is_own,
        "is_comparing": job is not None and "confirmed" not in job.params,
        "last_job": workshop.jobs.of_kind(KIND).first(),
        "outside": UpstreamFile.objects.of_workshop(workshop).not_taken(),
    }
    return render(request, "papers/file_import.html", context, status=status)
