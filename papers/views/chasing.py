"""Writing to exactly the authors who owe what the board shows."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from papers.access import DECIDERS, reach_workshop
from papers.forms.reminders import ChaseForm
from papers.letters.chasing import preview_chase, queue_chase
from papers.letters.reminder_words import find_reminder_template
from papers.requests import PageRequest
from papers.sight import find_sight

PAGE_LENGTH = 50


@require_http_methods(["GET", "POST"])
def show_chase(request: PageRequest, slug: str) -> HttpResponse:
    """Show who would be written to about what; queue the letters on POST."""
    workshop = reach_workshop(request.user, slug, DECIDERS)
    sight = find_sight(workshop, request.user)
    form = ChaseForm(request.POST if request.method == "POST" else request.GET, workshop=workshop)
    question = form.read_question()
    template = form.cleaned_data.get("template") or find_reminder_template(workshop)
    chase = preview_chase(template, question, sight=sight)
    if request.method == "POST":
        if chase.check.concerns and not form.cleaned_data.get("confirmed"):
            form.add_error("confirmed", "Look at what is said above, then tick this.")
        else:
            given = {name: form.cleaned_data.get(name, "") for name in ("digest", "nonce")}
            mailing = queue_chase(template, question, sight=sight, **given, by=request.user)
            messages.success(request, f"“{mailing.name}” is in the outbox. Who has done it before a letter leaves gets none.")
            return redirect("mailing", slug, mailing.pk)
    context = {
        "workshop": workshop,
        "form": form,
        "template": template,
        "chase": chase,
        "nonce": request.POST.get("nonce", "")[:64] or uuid4().hex,
        "page_obj": Paginator(chase.check.letters, PAGE_LENGTH).get_page(request.GET.get("page")),
    }
    return render(request, "papers/chase.html", context, status=422 if request.method == "POST" else 200)
