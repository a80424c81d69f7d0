"""Organizers answer what authors ask for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from papers.access import DECIDERS, READERS, reach_request, reach_workshop
from papers.change_requests import contrast_request, describe_request, grant_request, refuse_request
from papers.forms.metadata import AnswerForm
from papers.models import ChangeRequest
from papers.requests import PageRequest


@require_GET
def show_requests(request: PageRequest, slug: str) -> HttpResponse:
    """List what waits for an answer, then what was answered."""
    workshop = reach_workshop(request.user, slug, READERS)
    found = ChangeRequest.objects.of_workshop(workshop)
    context = {
        "workshop": workshop,
        "waiting": [(one, contrast_request(one), AnswerForm(request=one)) for one in found.waiting()],
        "answered": [(one, describe_request(one)) for one in found.answered()[:100]],
        "may_decide": workshop.role in DECIDERS,
    }
    return render(request, "papers/change_requests.html", context)


@require_POST
def post_grant(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Put what was asked for into force."""
    wanted = reach_request(reach_workshop(request.user, slug, DECIDERS), pk)
    grant_request(wanted, answer=_read_answer(request), by=request.user)
    messages.success(request, "Granted; the paper is changed.")
    return redirect("change-requests", slug)


@require_POST
def post_refusal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Leave everything as it is."""
    wanted = reach_request(reach_workshop(request.user, slug, DECIDERS), pk)
    refuse_request(wanted, answer=_read_answer(request), by=request.user)
    messages.success(request, "Refused; the authors read your word on their page.")
    return redirect("change-requests", slug)


def _read_answer(request: PageRequest) -> str:
    form = AnswerForm(request.POST)
    return str(form.cleaned_data["answer"]) if form.is_valid() else ""
