"""Personal links: organizers make and revoke them, authors invite, whoever holds one enters by a button."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from papers.access import DECIDERS, reach_own_paper, reach_paper, reach_personal_link, reach_workshop
from papers.accounts import find_or_create_user
from papers.errors import Refusal
from papers.forms.personal_links import LinkAuthorForm, SentLinkForm
from papers.models import Paper, PersonalLink, User
from papers.personal_links import copy_link, enter_by_link, find_link, find_link_address, revoke_link, send_link
from papers.requests import PageRequest
from papers.speaking import list_known_authors
from papers.views.author import render_own_paper

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def show_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose link it is; only the button enters, since mail scanners open links. Where it works no more, say what to do."""
    user = request.user if isinstance(request.user, User) else None
    try:
        link = find_link(token, user=user)
    except Refusal as refusal:
        return render(request, "papers/personal_link_over.html", {"sentence": refusal.sentence}, status=409)
    if request.method == "GET":
        return render(request, "papers/personal_link.html", {"link": link})
    link, person = enter_by_link(token, user=user, find_user=find_or_create_user)
    if user is None:
        login(request, person, backend=BACKEND)
    return redirect("author-paper", link.author.paper.workshop.slug, link.author.paper_id)


@require_POST
def post_invitation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Send a co-author a link."""
    paper = reach_own_paper(request.user, slug, pk)
    form = SentLinkForm(request.POST, paper=paper, auto_id="invite-%s", without=list_known_authors(paper))
    if not form.is_valid():
        return render_own_paper(request, paper, invitation_form=form)
    link = send_link(form.cleaned_data["author"], email=form.cleaned_data["email"], by=request.user)
    messages.success(request, f"A link for {link.author.name} is on its way to {link.email}.")
    return redirect("author-paper", slug, pk)


@require_GET
def show_links(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show the links of a paper's authors."""
    return _render(request, reach_paper(reach_workshop(request.user, slug, DECIDERS), pk))


@require_POST
def post_sent_link(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Mail an author a link."""
    paper = reach_paper(reach_workshop(request.user, slug, DECIDERS), pk)
    form = SentLinkForm(request.POST, paper=paper, auto_id="send-%s")
    if not form.is_valid():
        return _render(request, paper, form=form)
    link = send_link(form.cleaned_data["author"], email=form.cleaned_data["email"], by=request.user)
    messages.success(request, f"A link for {link.author.name} is on its way to {link.email}.")
    return redirect("author-links", slug, pk)


@never_cache
@require_POST
def post_copied_link(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Show a new link once."""
    paper = reach_paper(reach_workshop(request.user, slug, DECIDERS), pk)
    form = LinkAuthorForm(request.POST, paper=paper, auto_id="copy-%s")
    if not form.is_valid():
        return _render(request, paper, copy_form=form)
    link, token = copy_link(form.cleaned_data["author"], by=request.user)
    return _render(request, paper, copied=(link.author.name, find_link_address(token)))


@require_POST
def post_revoked_link(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take a link back."""
    link = reach_personal_link(reach_workshop(request.user, slug, DECIDERS), pk)
    revoke_link(link, by=request.user)
    messages.success(request, f"The link of {link.author.name} does not work any more.")
    return redirect("author-links", slug, link.author.paper_id)


def _render(
    request: PageRequest,
    paper: Paper,
    *,
    form: SentLinkForm | None = None,
    copy_form: LinkAuthorForm | None = None,
    copied: tuple[str, str] | None = None,
) -> HttpResponse:
    context = {
        "workshop": paper.workshop,
        "paper": paper,
        "links": PersonalLink.objects.of_paper(paper),
        "copied": copied,
        "form": form or SentLinkForm(paper=paper, auto_id="send-%s"),
        "copy_form": copy_form or LinkAuthorForm(paper=paper, auto_id="copy-%s"),
    }
    return render(request, "papers/author_links.html", context, status=422 if form or copy_form else 200)
