"""Decisions on their way to OpenReview: compare, look, confirm."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.errors import OtherSideFailed
from papers.forms.agreement import ConfirmationForm, PushSignInForm
from papers.import_jobs import sign_in_for_import
from papers.models import Job, PushedDecision, Workshop
from papers.push_jobs import KIND, confirm_push, find_push, is_waiting_for_confirmation, read_plan, start_push
from papers.pushing import refuse_push
from papers.requests import PageRequest
from papers.sight import find_sight

ATTEMPTS_SHOWN = 30


@require_http_methods(["GET", "POST"])
def show_push(request: PageRequest, slug: str) -> HttpResponse:
    """Show how far the push is; a POST signs in to OpenReview and has our decisions compared."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form = PushSignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        refuse_push(workshop)
        if form.is_valid():
            try:
                token = sign_in_for_import(form.read_credentials(), pending=form.cleaned_data["pending"], code=form.cleaned_data["code"])
            except OtherSideFailed as refusal:
                form.take_refusal(refusal)
            else:
                start_push(workshop, by=request.user, token=token, search=form.cleaned_data["search"])
                return redirect("push-decisions", slug)
    return _render_push(request, workshop, form=form, status=422 if request.method == "POST" else 200)


@require_POST
def post_confirmation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Have the chosen decisions written."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    job = get_object_or_404(workshop.jobs.of_kind(KIND), pk=pk)
    plan = read_plan(job)
    if plan is not None and is_waiting_for_confirmation(job):
        form = ConfirmationForm(request.POST, plan=plan)
        if not form.is_valid():
            return _render_push(request, workshop, confirmation=form, status=422)
        confirm_push(job, form.cleaned_data["papers"], by=request.user)
    else:
        confirm_push(job, [], by=request.user)
    messages.success(request, "The decisions are being written to OpenReview.")
    return redirect("job", slug, pk)


def _render_push(
    request: PageRequest,
    workshop: Workshop,
    *,
    form: PushSignInForm | None = None,
    confirmation: ConfirmationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    job = find_push(workshop)
    context: dict[str, Any] = {
        "workshop": workshop,
        "form": form or PushSignInForm(),
        "job": job,
        "last_job": workshop.jobs.of_kind(KIND).first(),
        "attempts": PushedDecision.objects.of_workshop(workshop).shown_to(find_sight(workshop, request.user).hidden)[:ATTEMPTS_SHOWN],
        **(_describe_plan(job, request, confirmation) if job else {}),
    }
    return render(request, "papers/agreement_push.html", context, status=status)


def _describe_plan(job: Job, request: PageRequest, confirmation: ConfirmationForm | None) -> dict[str, Any]:
    """Return the plan of a job that waits for a confirmation: to whoever made it, for it holds what that person may see."""
    plan = read_plan(job) if is_waiting_for_confirmation(job) else None
    if plan is None:
        return {"is_comparing": "confirmed" not in job.params}
    if job.by_id != request.user.pk:
        return {"is_of_another": True}
    form = confirmation or ConfirmationForm(plan=plan)
    chosen = set(form["papers"].value() or []) if form.is_bound else {str(item.pk) for item in plan.writable}
    return {"plan": plan, "confirmation": form, "chosen": {int(value) for value in chosen if str(value).isdecimal()}}
