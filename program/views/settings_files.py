"""Settings as a file: download, upload with a preview, apply."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.requests import PageRequest
from program.forms.settings.files import ApplyForm, FileForm, UploadForm, sign_settings
from program.views.settings import find_status, list_tabs, reach_settings
from program.workshop_files import (
    WorkshopSettings,
    diff_settings,
    load_workshop_file,
    try_workshop_file,
    write_workshop_file,
)


@require_http_methods(["GET", "POST"])
def show_json(request: PageRequest, slug: str) -> HttpResponse:
    """Show the settings as a file; a POST uploads one and shows the difference."""
    workshop, settings = reach_settings(request, slug)
    form = UploadForm(request.POST, request.FILES, settings=settings) if request.method == "POST" else UploadForm(settings=settings)
    context = {"workshop": workshop, "form": form, "tabs": list_tabs(workshop, settings, "settings-json")}
    if form.is_valid():
        return render(request, "program/settings/preview.html", {**context, **preview_file(form, settings)})
    context["text"] = write_workshop_file(settings).decode()
    return render(request, "program/settings/json.html", context, status=find_status(request))


@require_GET
def download_json(request: PageRequest, slug: str) -> HttpResponse:
    """Send the settings as a file in the normal form."""
    _, settings = reach_settings(request, slug)
    disposition = f'attachment; filename="{slug}.json"'
    return HttpResponse(write_workshop_file(settings), content_type="application/json", headers={"Content-Disposition": disposition})


@require_POST
def post_json(request: PageRequest, slug: str) -> HttpResponse:
    """Apply a file whose difference was shown."""
    workshop, settings = reach_settings(request, slug)
    form = ApplyForm(request.POST, settings=settings)
    if not form.is_valid():
        context = {"workshop": workshop, "form": form, "tabs": list_tabs(workshop, settings, "settings-json")}
        preview = preview_file(form, settings) if hasattr(form, "changed") and "text" not in form.errors else {}
        return render(request, "program/settings/preview.html", {**context, **preview}, status=422)
    loaded = load_workshop_file(form.changed, by=request.user, expected=settings)
    count = len(loaded.changes)
    messages.success(request, f"{count} change{'' if count == 1 else 's'} applied.")
    return redirect("settings-json", slug)


def preview_file(form: FileForm, settings: WorkshopSettings) -> dict[str, object]:
    """Return what a file would change, for the preview; refuses what loading would refuse."""
    tried = try_workshop_file(form.changed)
    return {
        "changes": tried.changes,
        "diff": diff_settings(settings, form.changed) if tried.changes else "",
        "text": write_workshop_file(form.changed).decode(),
        "compared": sign_settings(settings),
    }
