"""The access tokens of the person who is signed in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import reach_token
from papers.access_tokens import make_token, revoke_token
from papers.errors import Refusal
from papers.forms.tokens import TokenForm
from papers.requests import PageRequest


@never_cache
@require_http_methods(["GET", "POST"])
def show_tokens(request: PageRequest) -> HttpResponse:
    """List the tokens; make one, and show its secret this once."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _, secret = make_token(request.user, **form.cleaned_data)
            form = TokenForm()
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
    tokens = request.user.access_tokens.for_page()
    status = 422 if request.method == "POST" and not secret else 200
    return render(request, "papers/tokens.html", {"form": form, "secret": secret, "tokens": tokens}, status=status)


@require_POST
def post_revoked_token(request: PageRequest, pk: int) -> HttpResponse:
    """Take a token back."""
    token = revoke_token(reach_token(request.user, pk), by=request.user)
    messages.success(request, f"“{token.name}” opens nothing any more.")
    return redirect("tokens")
