"""Sending a letter: everything looked over first, then one button."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from papers.access import DECIDERS, reach_workshop
from papers.errors import OtherSideFailed, Refusals
from papers.forms.letters import LetterSignInForm, SendForm
from papers.import_jobs import sign_in_for_import
from papers.letters.checking import check_template
from papers.letters.mailings import queue_mailing
from papers.letters.openreview import write_recipient_file
from papers.models import Route
from papers.requests import PageRequest
from papers.sight import find_sight

PAGE_LENGTH = 100


@require_http_methods(["GET", "POST"])
def show_sending(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show who would get a letter and what is wrong with it; queue it on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    template = get_object_or_404(workshop.letter_templates.select_workshop(), pk=pk)
    sight = find_sight(workshop, request.user)
    form = SendForm(request.POST if request.method == "POST" else request.GET)
    route, skips_repeats = form.read_route(), form.skips_repeats()
    if route == Route.OPENREVIEW and not workshop.pushes_decisions:
        raise Refusals(
            "Letters can't leave through OpenReview.", ["Writing to OpenReview is switched off in the settings of this workshop."]
        )
    check = check_template(template, sight=sight, route=route, skips_repeats=skips_repeats)
    sign_in = LetterSignInForm(request.POST if request.method == "POST" else None) if route == Route.OPENREVIEW else None
    if request.method == "POST" and form.is_valid():
        if check.concerns and not form.cleaned_data["confirmed"]:
            form.add_error("confirmed", "Look at what is said above, then tick this.")
        token = read_session(sign_in) if form.is_valid() and sign_in else ""
        if form.is_valid() and (token or sign_in is None):
            mailing = queue_mailing(
                template,
                sight=sight,
                route=route,
                skips_repeats=skips_repeats,
                digest=form.cleaned_data["digest"],
                nonce=form.cleaned_data["nonce"],
                token=token,
                by=request.user,
            )
            messages.success(
                request, f"“{mailing.name}” is in the outbox. It leaves now, at up to {workshop.letters_per_minute} letters a minute."
            )
            return redirect("mailing", slug, mailing.pk)
    context = {
        "workshop": workshop,
        "template": template,
        "form": form,
        "sign_in": sign_in,
        "check": check,
        "route": route,
        "skips_repeats": skips_repeats,
        "nonce": request.POST.get("nonce", "")[:64] or uuid4().hex,
        "page_obj": Paginator(check.letters, PAGE_LENGTH).get_page(request.GET.get("page")),
        "hidden": sight.hidden,
    }
    return render(request, "papers/letter_sending.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def download_recipients(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Give the letters as a file for OpenReview's console; refused like the sending of what is not released."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    template = get_object_or_404(workshop.letter_templates.select_workshop(), pk=pk)
    check = check_template(template, sight=find_sight(workshop, request.user), route=Route.OPENREVIEW, skips_repeats=False)
    if check.refusals:
        raise Refusals(f"There is no file of “{template.name}”.", list(check.refusals))
    name = f"letters-{workshop.slug}-{template.pk}.csv"
    content = write_recipient_file(check)
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def read_session(form: LetterSignInForm) -> str:
    """Return a session with OpenReview; nothing, with the reason in the form, when there is none."""
    if not form.is_valid():
        return ""
    try:
        return sign_in_for_import(form.read_credentials(), pending=form.cleaned_data["pending"], code=form.cleaned_data["code"])
    except OtherSideFailed as refusal:
        form.take_refusal(refusal)
        return ""
