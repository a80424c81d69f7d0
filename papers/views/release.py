"""The release of decisions: a question first, then one moment for all, with the letters that tell them."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.decisions import name_hidden_authors
from papers.forms.release import ReleaseForm
from papers.letters.release import ReleasePreview, preview_release, release_with_letters
from papers.models import Workshop
from papers.release_facts import describe_release
from papers.requests import PageRequest
from papers.sight import Sight, find_sight


@require_http_methods(["GET", "POST"])
def show_release(request: PageRequest, slug: str) -> HttpResponse:
    """Show what becomes visible and which letters go with it; release on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    form = ReleaseForm(request.POST if request.method == "POST" else None, keys=workshop.letter_templates.list_keys())
    if request.method == "GET":
        return _render_release(request, workshop, sight, form, preview_release(workshop, sight=sight))
    chosen = form.read_letters()
    preview = preview_release(workshop, sight=sight, chosen=chosen)
    if preview.concerns and not form.cleaned_data.get("confirmed"):
        form.add_error("confirmed", "Look at what is said above, then tick this.")
    if not form.is_valid():
        return _render_release(request, workshop, sight, form, preview, status=422)
    given = {name: form.cleaned_data[name] for name in ("digest", "nonce")}
    summary, mailings = release_with_letters(workshop, sight=sight, chosen=chosen, **given, by=request.user)
    count = sum(mailing.letters.count() for mailing in mailings)
    letters = f" {count} letter{'' if count == 1 else 's'} leave{'s' if count == 1 else ''} now." if mailings else ""
    messages.success(request, f"Released {summary.count} decision{'' if summary.count == 1 else 's'}. Authors see them now.{letters}")
    return redirect("outbox" if mailings else "paper-list", slug)


@require_POST
def show_chosen_letters(request: PageRequest, slug: str) -> HttpResponse:
    """Show the release with the letters that are ticked; nothing is released."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    form = ReleaseForm(request.POST, keys=workshop.letter_templates.list_keys())
    return _render_release(request, workshop, sight, form, preview_release(workshop, sight=sight, chosen=form.read_letters()))


@require_POST
def post_hidden_authors(request: PageRequest, slug: str) -> HttpResponse:
    """Name authors that OpenReview still hides, with a reason on record."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    name_hidden_authors(workshop, reason=request.POST.get("reason", "")[:2000], by=request.user)
    messages.success(request, "Kept. Listings name the authors from now on.")
    return redirect("release-decisions", slug)


def _render_release(
    request: PageRequest, workshop: Workshop, sight: Sight, form: ReleaseForm, preview: ReleasePreview, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": workshop,
        "form": form,
        "preview": preview,
        "facts": describe_release(workshop, sight, preview.papers),
        "nonce": request.POST.get("nonce", "")[:40] or uuid4().hex,
    }
    return render(request, "papers/release.html#letters" if request.htmx else "papers/release.html", context, status=status)
