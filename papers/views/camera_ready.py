"""The organizers' pages of camera-ready files: one paper's files, what is asked for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, READERS, reach_workshop
from papers.camera_ready import approve_file, extend_deadline, override_finding, recheck_file, return_file
from papers.file_access import reach_judged_finding, reach_judged_version, reach_requirement, reach_seen_paper
from papers.file_rules import ask_for_file, stop_asking
from papers.forms.files import ExtensionForm, ReasonForm, RequirementForm, fill_requirement
from papers.models import RequiredFile
from papers.requests import PageRequest
from papers.views.file_pages import render_paper_files
from papers.views.files import read_kind


@require_GET
def show_paper_files(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show the files of one paper to organizers."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_paper_files(request, reach_seen_paper(request.user, workshop, pk))


@require_POST
def post_approval(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a version as final."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    version = reach_judged_version(workshop, pk)
    approve_file(version, by=request.user)
    messages.success(request, f"{version.get_kind_display()} approved.")
    return redirect("paper-files", slug, version.paper_id)


@require_POST
def post_return(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Send a version back with reasons."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    version = reach_judged_version(workshop, pk)
    form = ReasonForm(request.POST)
    return_file(version, reasons=form.cleaned_data["reason"] if form.is_valid() else "", by=request.user)
    messages.success(request, f"{version.get_kind_display()} returned. Its authors see the reasons.")
    return redirect("paper-files", slug, version.paper_id)


@require_POST
def post_recheck(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a version be checked anew."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    version = recheck_file(reach_judged_version(workshop, pk), by=request.user)
    messages.success(request, "It is being checked again.")
    return redirect("paper-files", slug, version.paper_id)


@require_POST
def post_override(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a file pass in spite of a finding."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    finding = reach_judged_finding(workshop, pk)
    form = ReasonForm(request.POST)
    override_finding(finding, reason=form.cleaned_data["reason"] if form.is_valid() else "", by=request.user)
    messages.success(request, "Overridden. The reason is on record.")
    return redirect("paper-files", slug, finding.version.paper_id)


@require_POST
def post_extension(request: PageRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Give a paper longer for one file."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    paper = reach_seen_paper(request.user, workshop, pk)
    form = ExtensionForm(request.POST, workshop=workshop, auto_id=f"{read_kind(kind)}-until-%s")
    if not form.is_valid():
        return render_paper_files(request, paper, kind=kind, extension_form=form)
    extend_deadline(paper, kind=kind, **form.cleaned_data, by=request.user)
    messages.success(request, "Extended. The authors see the new deadline.")
    return redirect("paper-files", slug, pk)


@require_http_methods(["GET", "POST"])
def show_requirements(request: PageRequest, slug: str) -> HttpResponse:
    """Show what is asked for; a POST asks for one more, or anew."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = RequirementForm(request.POST if request.method == "POST" else None, workshop=workshop)
    if form.is_valid():
        required = ask_for_file(workshop, **form.read_values(), by=request.user)
        messages.success(request, f"{required.get_kind_display()} is asked for.")
        return redirect("required-files", slug)
    context = {"workshop": workshop, "form": form, "asked": RequiredFile.objects.of_workshop(workshop)}
    return render(request, "papers/required_files.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def show_requirement(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Change one line of what is asked for."""
    required = reach_requirement(request.user, slug, pk)
    workshop = required.workshop
    data = request.POST if request.method == "POST" else None
    form = RequirementForm(data, workshop=workshop, initial=fill_requirement(required), is_change=True)
    if form.is_valid():
        ask_for_file(workshop, **form.read_values(), by=request.user)
        messages.success(request, "Kept.")
        return redirect("required-files", slug)
    return render(
        request, "papers/required_file.html", {"workshop": workshop, "form": form, "required": required}, status=422 if data else 200
    )


@require_POST
def post_removed_requirement(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    required = reach_requirement(request.user, slug, pk)
    stop_asking(required, by=request.user)
    messages.success(request, "Not asked for any more. What was handed in is kept.")
    return redirect("required-files", slug)
