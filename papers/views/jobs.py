"""A job: how far it is, and the button that stops it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import MEMBERS, PUBLISHERS, reach_workshop
from papers.jobs import cancel_job, find_title
from papers.requests import PageRequest


@require_GET
def show_job(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show a job; while it is unfinished the fragment asks for itself again every second."""
    workshop = reach_workshop(request.user, slug, MEMBERS)
    job = get_object_or_404(workshop.jobs.for_job_page(), pk=pk)
    context = {"workshop": workshop, "job": job, "title": find_title(job), "may_cancel": workshop.role in PUBLISHERS}
    return render(request, "papers/job.html#progress" if request.htmx else "papers/job.html", context)


@require_POST
def post_cancel(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Stop a job."""
    workshop = reach_workshop(request.user, slug, PUBLISHERS)
    cancel_job(get_object_or_404(workshop.jobs, pk=pk), by=request.user)
    return redirect("job", slug, pk)
