"""Exports to download, and the blocks of the workshop's existing site."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from papers.access import MEMBERS, PUBLISHERS, reach_workshop
from papers.requests import PageRequest
from program.exports.registry import FORMATS, export_listing
from program.findings import find_problems
from program.schedules import collect_listing, count_imported_authors
from program.sites import is_site_stale


@require_GET
def show_site(request: PageRequest, slug: str) -> HttpResponse:
    """Show every format and the blocks that are written into the site."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    target = getattr(workshop, "site_target", None)
    listing = collect_listing(workshop)
    context = {
        "workshop": workshop,
        "formats": list(FORMATS.values()),
        "target": target,
        "blocks": list(target.blocks.all()) if target else [],
        "findings": find_problems(listing, imported_counts=count_imported_authors(workshop)),
        "is_stale": is_site_stale(workshop),
        "paper_count": len(listing.papers),
        "may_publish": workshop.role in PUBLISHERS,
    }
    return render(request, "program/site.html", context)


@require_GET
def download_export(request: PageRequest, slug: str, name: str) -> HttpResponse:
    """Answer one format; options come from the query string."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    chosen = FORMATS.get(name)
    if chosen is None:
        raise Http404("No such format.")
    content = export_listing(name, collect_listing(workshop), {key: value for key, value in request.GET.items() if key != "show"})
    kind = "text/plain; charset=utf-8" if "show" in request.GET and chosen.media_type.startswith("text/") else chosen.media_type
    place = "inline" if "show" in request.GET else "attachment"
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'{place}; filename="{slug}-{chosen.file_name}"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
