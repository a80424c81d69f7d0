"""The versions of a schedule: published, listed, compared, brought back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, MEMBERS, PUBLISHERS, reach_workshop
from papers.models import Workshop
from papers.requests import PageRequest
from program.access import reach_version
from program.forms.versions import DRAFT, CompareForm, PublishForm
from program.models import ScheduleVersion
from program.versions import (
    compare_with_draft,
    list_versions,
    preview_letters,
    preview_publication,
    publish_schedule,
    return_to_version,
)


@require_GET
def show_versions(request: PageRequest, slug: str) -> HttpResponse:
    """Show every version, what would be published now, how two of them differ."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    versions = list_versions(workshop)
    first = {"before": str(versions[0].number), "after": DRAFT} if versions else {}
    form = CompareForm(request.GET if request.GET else first, versions=versions)
    context = {
        "workshop": workshop,
        "versions": versions,
        "form": form,
        "changes": _compare(workshop, form) if versions and request.GET and form.is_valid() else None,
        "may_edit": workshop.role in DECIDERS,
        **make_publish_context(workshop, request),
    }
    return render(request, "program/versions.html", context, status=422 if request.GET and not form.is_valid() else 200)


@require_POST
def post_publication(request: PageRequest, slug: str) -> HttpResponse:
    """Publish the draft as the next version."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    form = PublishForm(request.POST)
    if not form.is_valid():
        context = {
            "workshop": workshop,
            "versions": list_versions(workshop),
            **make_publish_context(workshop, request),
            "publish_form": form,
        }
        return render(request, "program/versions.html", context, status=422)
    version = publish_schedule(
        workshop,
        by=request.user,
        note=form.cleaned_data["note"],
        despite_conflicts=form.cleaned_data["despite_conflicts"],
        writes_letters=form.cleaned_data["writes_letters"] and workshop.role in DECIDERS,
        seen_edit=form.cleaned_data["seen"],
    )
    messages.success(request, f"Version {version.number} is published: the world sees it now.")
    return redirect("schedule-versions", slug)


@require_GET
def show_letters(request: PageRequest, slug: str) -> HttpResponse:
    """Show each letter that publishing the draft now could send."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return render(request, "program/version_letters.html", {"workshop": workshop, "written": preview_letters(workshop)})


@require_POST
def post_return(request: PageRequest, slug: str, number: int) -> HttpResponse:
    """Bring the draft back to a version."""
    version = reach_version(reach_workshop(request.user, slug, DECIDERS), number)
    return_to_version(version, by=request.user)
    messages.success(request, f"The draft is what version {number} holds; undo it in the editor, or publish it.")
    return redirect("schedule-versions", slug)


def make_publish_context(workshop: Workshop, request: PageRequest) -> dict[str, object]:
    """Return what `program/schedule_publish.html` needs."""
    publication = preview_publication(workshop, by=request.user)
    return {
        "publication": publication,
        "publish_form": PublishForm(initial={"seen": publication.edit}),
        "may_publish": workshop.role in PUBLISHERS,
        "may_write": workshop.role in DECIDERS,
    }


def _compare(workshop: Workshop, form: CompareForm) -> object:
    before, after = (_reach(workshop, form.cleaned_data[name]) for name in ("before", "after"))
    return compare_with_draft(workshop, before, after)


def _reach(workshop: Workshop, name: str) -> ScheduleVersion | None:
    return None if name == DRAFT else reach_version(workshop, int(name))
