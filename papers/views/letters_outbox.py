"""The outbox: what became of each letter, and the buttons for what is in doubt."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.bounces import note_bounce
from papers.forms.letters import BounceForm, LetterSignInForm, OutboxForm
from papers.letters.mailings import cancel_mailing, mark_letter_sent, pause_mailing, resume_mailing, send_letter_again
from papers.letters.outbox_lines import list_outbox_lines
from papers.letters.states import write_states
from papers.models import Letter, Mailing, Route, Workshop
from papers.querysets import LetterQuerySet
from papers.requests import PageRequest
from papers.sight import find_sight
from papers.views.letters_sending import read_session
from papers.zones import find_zone

PAGE_LENGTH = 100


@require_GET
def show_outbox(request: PageRequest, slug: str) -> HttpResponse:
    """Show all mailings, and the letters that the query string asks for."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    context = {"lines": list_outbox_lines(workshop), "is_whole": True}
    return _show_states(request, workshop, Letter.objects.of_workshop(workshop), context)


@require_GET
def show_mailing(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show one mailing with the letters that the query string asks for."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    mailing = get_object_or_404(workshop.mailings.for_mailing_page(), pk=pk)
    return _show_states(request, workshop, Letter.objects.of_mailing(mailing), {"mailing": mailing})


@require_GET
def download_states(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Give the states of a mailing as CSV."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    mailing = get_object_or_404(workshop.mailings, pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="outbox-{workshop.slug}-{mailing.pk}.csv"'}
    return HttpResponse(write_states(mailing), content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def post_pause(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Hold a mailing back."""
    mailing = _reach_mailing(request, slug, pk)
    pause_mailing(mailing, by=request.user)
    messages.success(request, f"“{mailing.name}” pauses. At most one letter was just leaving.")
    return redirect("mailing", slug, pk)


@require_http_methods(["GET", "POST"])
def post_resumption(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Let a mailing go on; ask for the sign-in first where it goes through OpenReview."""
    mailing = _reach_mailing(request, slug, pk)
    needs_sign_in = mailing.route == Route.OPENREVIEW
    form = LetterSignInForm(request.POST if request.method == "POST" else None)
    token = read_session(form) if request.method == "POST" and needs_sign_in else ""
    if request.method == "POST" and (token or not needs_sign_in):
        resume_mailing(mailing, by=request.user, token=token)
        messages.success(request, f"“{mailing.name}” goes on.")
        return redirect("mailing", slug, pk)
    context = {"workshop": mailing.workshop, "mailing": mailing, "form": form if needs_sign_in else None}
    return render(request, "papers/letter_resumption.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
def post_cancellation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask before, cancel what has not left on POST."""
    mailing = _reach_mailing(request, slug, pk)
    if request.method == "POST":
        count = cancel_mailing(mailing, by=request.user)
        messages.success(request, f"Canceled {count} letter{'' if count == 1 else 's'}.")
        return redirect("mailing", slug, pk)
    context = {"workshop": mailing.workshop, "mailing": mailing, "count": mailing.letters.in_state(Letter.State.WAITING).count()}
    return render(request, "papers/letter_cancellation.html", context)


@require_GET
def show_sent_letter(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show one letter as it was written, with what became of it; not its words where a conflict of interest forbids them."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show_letter(request, workshop, _find_letter(workshop, pk), BounceForm())


@require_POST
def post_again(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Send a letter that is in doubt, or failed, once more."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    letter = _find_letter(workshop, pk)
    send_letter_again(letter, by=request.user)
    messages.success(request, f"The letter to {letter.address} waits to be sent again, under its own Message-ID.")
    return redirect("sent-letter", slug, pk)


@require_POST
def post_sent(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Say that a letter in doubt did leave."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    letter = _find_letter(workshop, pk)
    mark_letter_sent(letter, by=request.user)
    messages.success(request, f"The letter to {letter.address} counts as sent.")
    return redirect("sent-letter", slug, pk)


@require_POST
def post_bounce(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Note by hand that a letter came back."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    letter, form = _find_letter(workshop, pk), BounceForm(request.POST)
    if not form.is_valid():
        return _show_letter(request, workshop, letter, form, status=422)
    note_bounce(letter, **form.cleaned_data, by=request.user)
    messages.success(request, f"Noted. The next mailing names {letter.address} before it is sent.")
    return redirect("sent-letter", slug, pk)


def _show_states(request: PageRequest, workshop: Workshop, letters: LetterQuerySet, context: dict[str, object]) -> HttpResponse:
    form = OutboxForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"q": "", "state": "", "acts": None}
    if asked["acts"]:
        letters = letters.after_acts(asked["acts"], find_zone(workshop.zone))
    counts = letters.count_states()
    found = letters.in_state(asked["state"]).matching(asked["q"]).for_outbox_page()
    context |= {
        "workshop": workshop,
        "form": form,
        "counts": [(state, label, counts[state]) for state, label in Letter.State.choices],
        "total": sum(counts.values()),
        "is_moving": counts["waiting"] + counts["claimed"] > 0,
        "is_filtered": bool(asked["q"] or asked["state"] or asked["acts"]),
        "acts_on": asked["acts"],
        "page_obj": Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page")),
        "job": workshop.jobs.sending().first(),
    }
    return render(request, "papers/letter_outbox.html#live" if request.htmx else "papers/letter_outbox.html", context)


def _show_letter(request: PageRequest, workshop: Workshop, letter: Letter, form: BounceForm, status: int = 200) -> HttpResponse:
    may_read = letter.paper_id not in find_sight(workshop, request.user).hidden
    context = {"workshop": workshop, "letter": letter, "may_read": may_read, "form": form}
    return render(request, "papers/letter_sent.html", context, status=status)


def _reach_mailing(request: PageRequest, slug: str, pk: int) -> Mailing:
    workshop = reach_workshop(request.user, slug, DECIDERS)
    mailing: Mailing = get_object_or_404(workshop.mailings, pk=pk)
    mailing.workshop = workshop
    return mailing


def _find_letter(workshop: Workshop, pk: int) -> Letter:
    letter: Letter = get_object_or_404(Letter.objects.of_workshop(workshop).for_letter_page(), pk=pk)
    return letter
