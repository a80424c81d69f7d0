"""The people of a workshop: members, invitations, the page behind an invitation's link."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from papers.access import DECIDERS, OWNERS, reach_workshop
from papers.errors import Refusal
from papers.forms.members import InvitationForm, RoleForm
from papers.members import accept_invitation, change_role, find_invitation, invite_member, remove_member, revoke_invitation
from papers.models import Role
from papers.requests import PageRequest


@require_http_methods(["GET", "POST"])
def show_members(request: PageRequest, slug: str) -> HttpResponse:
    """Show who works on the workshop; a POST by an owner invites somebody."""
    workshop = reach_workshop(request.user, slug, DECIDERS if request.method == "GET" else OWNERS)
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invitation = invite_member(workshop, **form.cleaned_data, by=request.user)
        messages.success(request, f"Invited {invitation.email}. The link in the mail holds for 14 days.")
        return redirect("members", slug)
    context = {
        "workshop": workshop,
        "form": form,
        "members": workshop.memberships.for_people_page(),
        "invitations": workshop.invitations.for_people_page(),
        "roles": Role.choices,
        "may_manage": workshop.role in OWNERS,
    }
    return render(request, "papers/members.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def post_role(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role."""
    workshop = reach_workshop(request.user, slug, OWNERS)
    member = get_object_or_404(workshop.memberships.for_people_page(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Refusal("Choose one of the four roles.", subject=member)
    change_role(member, role=form.cleaned_data["role"], by=request.user)
    messages.success(request, f"{member.user} is {member.get_role_display().lower()} now.")
    return redirect("members", slug) if member.user != request.user else redirect("/")


@require_http_methods(["GET", "POST"])
def post_removal(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Ask before, remove a member on POST."""
    workshop = reach_workshop(request.user, slug, OWNERS)
    member = get_object_or_404(workshop.memberships.for_people_page(), pk=pk)
    if request.method == "POST":
        remove_member(member, by=request.user)
        messages.success(request, f"{member.user} does not work on {workshop} any more.")
        return redirect("members", slug) if member.user != request.user else redirect("/")
    return render(request, "papers/member_removal.html", {"workshop": workshop, "member": member})


@require_POST
def post_revoked_invitation(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    workshop = reach_workshop(request.user, slug, OWNERS)
    invitation = get_object_or_404(workshop.invitations.with_workshop(), pk=pk)
    revoke_invitation(invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.email} was taken back.")
    return redirect("members", slug)


@require_http_methods(["GET", "POST"])
def show_invitation(request: PageRequest, token: str) -> HttpResponse:
    """Show what is offered; only the button accepts, since mail scanners open links."""
    if request.method == "GET":
        return render(request, "papers/invitation.html", {"invitation": find_invitation(token)})
    member = accept_invitation(token, by=request.user)
    messages.success(request, f"Welcome to {member.workshop}.")
    return redirect("/")
