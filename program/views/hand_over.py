"""The hand-over to the proceedings office: who is in, who is not and why, the tables, the package."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from papers.access import DECIDERS, PUBLISHERS, READERS, reach_workshop
from papers.name_splits import confirm_names
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.views.file_archives import answer_archive
from program.forms.hand_over import read_families
from program.hand_over.packages import build_package, collect_hand_over
from program.hand_over.reports import list_guessed_names, make_report
from program.hand_over.sheets import write_csv
from program.private_exports import PRIVATE_FORMATS, PROCEEDINGS

REPORT = "hand-over-report.csv"


@require_GET
def show_hand_over(request: PageRequest, slug: str) -> HttpResponse:
    """Show which accepted papers go to the proceedings office, what the others wait for."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    handed = collect_hand_over(find_sight(workshop, request.user))
    context = {
        "workshop": workshop,
        "papers": handed.papers,
        "collisions": handed.collisions,
        "waiting": [one for one in handed.candidates if one.is_meant and not one.is_in],
        "staying": [one for one in handed.candidates if not one.is_meant],
        "candidate_count": len(handed.candidates),
        "names": list_guessed_names(handed.papers),
        "byte_count": sum(file.size for file in handed.files.values()),
        "may_decide": workshop.role in DECIDERS,
        "may_read": workshop.role in READERS,
    }
    return render(request, "program/hand_over.html", context)


@require_GET
def download_report(request: PageRequest, slug: str) -> HttpResponse:
    """Answer why each paper is not in, as a table."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    handed = collect_hand_over(find_sight(workshop, request.user))
    return _answer_file(write_csv(make_report(handed.candidates)), f"{slug}-{REPORT}", "text/csv; charset=utf-8")


@require_GET
def download_sheet(request: PageRequest, slug: str, name: str) -> HttpResponse:
    """Answer one of the tables; options come from the query string."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    if name not in PROCEEDINGS:
        raise Http404("No such table.")
    chosen = PRIVATE_FORMATS[name]
    found = chosen.collect(workshop, find_sight(workshop, request.user), chosen.settle_options(request.GET.dict()))
    return _answer_file(found.data, f"{slug}-{chosen.file_name}", chosen.media_type)


@require_safe
def download_package(request: PageRequest, slug: str) -> HttpResponseBase:
    """Send everything as one ZIP."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    return answer_archive(request, build_package(collect_hand_over(find_sight(workshop, request.user))))


@require_POST
def post_names(request: PageRequest, slug: str) -> HttpResponse:
    """Keep where the ticked names split."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    count = confirm_names(workshop, read_families(request.POST), by=request.user)
    messages.success(request, f"{count} name{'' if count == 1 else 's'} confirmed.")
    return redirect("hand-over", slug)


def _answer_file(data: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=media_type, headers=headers)
