"""The start page and the profile."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from papers.accounts import keep_profile
from papers.forms.profile import ProfileForm
from papers.models import Paper, Workshop
from papers.requests import PageRequest


@login_not_required
@require_GET
def show_start(request: HttpRequest) -> HttpResponse:
    """Show strangers what this is, and people what is theirs."""
    if not request.user.is_authenticated:
        return render(request, "papers/welcome.html", {"published": Workshop.objects.with_public_papers()})
    context = {
        "mine": Workshop.objects.for_switcher(request.user),
        "papers": Paper.objects.for_author_page(request.user),
        "published": Workshop.objects.with_public_papers(),
    }
    return render(request, "papers/start.html", context)


@require_http_methods(["GET", "POST"])
def show_profile(request: PageRequest) -> HttpResponse:
    """Keep the name and the zone in which dates are shown."""
    form = ProfileForm(request.POST or None, initial={"name": request.user.name, "zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        keep_profile(request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("profile")
    return render(request, "papers/profile.html", {"form": form}, status=422 if request.method == "POST" else 200)
