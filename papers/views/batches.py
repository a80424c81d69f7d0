"""Changes that can be undone."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from papers.access import DECIDERS, READERS, reach_workshop
from papers.batches import find_obstacles, list_rows, undo_batch
from papers.errors import Refusals
from papers.models import Batch, Workshop
from papers.requests import PageRequest
from papers.sight import find_sight

PAGE_LENGTH = 50
MOST_LINES = 500


@require_GET
def show_batches(request: PageRequest, slug: str) -> HttpResponse:
    """Show what was changed in one act each, the newest first."""
    workshop = reach_workshop(request.user, slug, READERS)
    batches = workshop.batches.for_batch_list(find_sight(workshop, request.user).hidden)
    page = Paginator(batches, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "papers/batch_list.html", {"workshop": workshop, "page_obj": page})


@require_GET
def show_batch(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show what one act changed, with what forbids to undo it."""
    workshop = reach_workshop(request.user, slug, READERS)
    return render_batch(request, reach_batch(request, workshop, pk))


@require_http_methods(["GET", "POST"])
def post_undo(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Undo all of one act on POST; ask before."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    batch = reach_batch(request, workshop, pk)
    if request.method == "GET":
        return redirect("batch", slug, pk)
    try:
        undone = undo_batch(batch, by=request.user)
    except Refusals as refusal:
        return render_batch(request, batch, refusal=refusal, status=409)
    count = undone.paper_count
    messages.success(request, f"Undone: {count} paper{' is' if count == 1 else 's are'} as before.")
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return redirect(came_from if is_ours else "batch-list", *([] if is_ours else [slug]))


def reach_batch(request: PageRequest, workshop: Workshop, pk: int) -> Batch:
    """Return a batch of a workshop that has been reached; one of hidden papers alone is not there."""
    batch = get_object_or_404(workshop.batches.for_batch_list(find_sight(workshop, request.user).hidden), pk=pk)
    batch.workshop = workshop
    return batch


def render_batch(request: PageRequest, batch: Batch, *, refusal: Refusals | None = None, status: int = 200) -> HttpResponse:
    """Answer with the page of one batch."""
    workshop = batch.workshop
    rows = list_rows(batch, find_sight(workshop, request.user))
    may_undo = workshop.role in DECIDERS
    context = {
        "workshop": workshop,
        "batch": batch,
        "rows": rows[:MOST_LINES],
        "more_count": max(0, len(rows) - MOST_LINES),
        "hidden_count": batch.paper_count - len(rows),
        "may_undo": may_undo,
        "obstacles": find_obstacles(batch, by=request.user) if may_undo and not batch.undone_at else [],
        "refusal": refusal,
    }
    return render(request, "papers/batch.html", context, status=status)
