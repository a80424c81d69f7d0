"""The profile of the person who is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from papers.accounts import keep_profile
from papers.forms.profile import ProfileForm
from papers.requests import PageRequest


@require_http_methods(["GET", "POST"])
def show_profile(request: PageRequest) -> HttpResponse:
    """Keep the name and the zone in which dates are shown."""
    form = ProfileForm(request.POST or None, initial={"name": request.user.name, "zone": request.user.zone})
    if request.method == "POST" and form.is_valid():
        keep_profile(request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("profile")
    return render(request, "papers/profile.html", {"form": form}, status=422 if request.method == "POST" else 200)
