"""Letters: their list, the page on which one is written with its preview, the test to oneself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, reach_workshop
from papers.errors import Refusal
from papers.forms.letters import LetterForm
from papers.letters.outbox_lines import list_outbox_lines
from papers.letters.previews import Preview, preview_letter
from papers.letters.templates import (
    delete_template,
    describe_template,
    duplicate_template,
    make_starting_templates,
    mark_template,
    move_template,
    write_template,
)
from papers.letters.trials import send_test_letter
from papers.models import LetterTemplate, Workshop
from papers.requests import PageRequest
from papers.sight import Sight, find_sight


@require_GET
def show_letters(request: PageRequest, slug: str) -> HttpResponse:
    """List the letters with what was sent of them."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    context = {
        "workshop": workshop,
        "templates": workshop.letter_templates.for_template_page(),
        "lines": list_outbox_lines(workshop, most=20),
    }
    return render(request, "papers/letters.html", context)


@require_POST
def post_start(request: PageRequest, slug: str) -> HttpResponse:
    """Add the letters that a workshop starts with."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    made = make_starting_templates(workshop, by=request.user)
    messages.success(request, f"Added {len(made)} letter{'' if len(made) == 1 else 's'}. Read them and make the words yours.")
    return redirect("letters", slug)


@require_http_methods(["GET", "POST"])
def show_new_letter(request: PageRequest, slug: str) -> HttpResponse:
    """Write a new letter."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show_writing(request, workshop, None)


@require_http_methods(["GET", "POST"])
def show_letter(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Change a letter."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    return _show_writing(request, workshop, get_object_or_404(workshop.letter_templates, pk=pk))


@require_POST
def show_preview(request: PageRequest, slug: str) -> HttpResponse:
    """Show the words as they would read on a paper; nothing is kept."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    form, preview = _preview(request, workshop, sight)
    if request.htmx:
        return render(request, "papers/letter.html#preview", {"workshop": workshop, "preview": preview})
    return _render_writing(request, workshop, _find_template(request, workshop), form, preview)


@require_POST
def post_test(request: PageRequest, slug: str) -> HttpResponse:
    """Mail the words as they stand to whoever writes them."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    form, preview = _preview(request, workshop, find_sight(workshop, request.user))
    if preview.written is None:
        raise Refusal(
            " ".join(["There is nothing to send yet.", *preview.mistakes])
            if preview.mistakes
            else "No paper fits the search; a test needs one."
        )
    send_test_letter(workshop, preview.written, by=request.user)
    messages.success(request, f"Sent to {request.user.email}.")
    if request.htmx:
        return render(request, "papers/letter.html#sent", {})
    return _render_writing(request, workshop, _find_template(request, workshop), form, preview)


@require_POST
def post_copy(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Copy a letter."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    copy = duplicate_template(get_object_or_404(workshop.letter_templates, pk=pk), by=request.user)
    messages.success(request, f"Copied as “{copy.name}”.")
    return redirect("letter", slug, copy.pk)


@require_http_methods(["GET", "POST"])
def post_deletion(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask before, delete a letter on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    template = get_object_or_404(workshop.letter_templates, pk=pk)
    if request.method == "POST":
        delete_template(template, by=request.user)
        messages.success(request, f"“{template.name}” is deleted. What was sent of it stays in the outbox.")
        return redirect("letters", slug)
    return render(request, "papers/letter_deletion.html", {"workshop": workshop, "template": template})


@require_POST
def post_move(request: PageRequest, slug: str, pk: int, way: str) -> HttpResponse:
    """Change the order."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    move_template(get_object_or_404(workshop.letter_templates, pk=pk), is_up=way == "up", by=request.user)
    return redirect("letters", slug)


def _show_writing(request: PageRequest, workshop: Workshop, template: LetterTemplate | None) -> HttpResponse:
    """Show a letter with its preview; keep it on POST."""
    sight = find_sight(workshop, request.user)
    if request.method == "POST":
        form, preview = _preview(request, workshop, sight)
        if form.is_valid():
            seen = form.cleaned_data["seen"]
            kept = write_template(workshop, form.draft, template=template, seen=seen, sight=sight, by=request.user)
            messages.success(request, f"Kept “{kept.name}”.")
            return redirect("letter", workshop.slug, kept.pk)
        return _render_writing(request, workshop, template, form, preview, status=422)
    initial: dict[str, Any] = {"query": request.GET.get("q", "")}
    if template:
        initial = {**describe_template(template).as_json(), "seen": mark_template(template)}
    form = LetterForm(workshop=workshop, sight=sight, initial=initial)
    shown = preview_letter(workshop, describe_template(template), sight=sight) if template else None
    return _render_writing(request, workshop, template, form, shown)


def _preview(request: PageRequest, workshop: Workshop, sight: Sight) -> tuple[LetterForm, Preview]:
    form = LetterForm(request.POST, workshop=workshop, sight=sight)
    form.is_valid()
    place = request.POST.get("to") or request.POST.get("at") or ""
    return form, preview_letter(workshop, form.draft, sight=sight, place=int(place) if place.isdecimal() and len(place) < 7 else 0)


def _find_template(request: PageRequest, workshop: Workshop) -> LetterTemplate | None:
    key = request.POST.get("template", "")
    return get_object_or_404(workshop.letter_templates, pk=int(key)) if key.isdecimal() and len(key) < 12 else None


def _render_writing(
    request: PageRequest, workshop: Workshop, template: LetterTemplate | None, form: LetterForm, preview: Preview | None, status: int = 200
) -> HttpResponse:
    context = {"workshop": workshop, "template": template, "form": form, "preview": preview, "frame": preview.frame if preview else None}
    return render(request, "papers/letter.html", context, status=status)
