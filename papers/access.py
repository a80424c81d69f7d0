"""Who may reach what; somebody else's and nobody's look the same (404)."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from papers.models import (
    AccessToken,
    AuthorClaim,
    ChangeRequest,
    ConflictOfInterest,
    FieldConflict,
    FieldMapping,
    ImportRun,
    Membership,
    Paper,
    PersonalLink,
    Remark,
    Role,
    SavedView,
    User,
    Workshop,
)

READERS = frozenset({Role.OWNER, Role.ORGANIZER, Role.ASSISTANT})
DECIDERS = frozenset({Role.OWNER, Role.ORGANIZER})
PUBLISHERS = frozenset({Role.OWNER, Role.ORGANIZER, Role.PUBLISHER})
MEMBERS = frozenset(Role)
OWNERS = frozenset({Role.OWNER})


def find_role(user: User | AnonymousUser, workshop: Workshop) -> Role | None:
    """Return the user's role in the workshop, or nothing."""
    if not user.is_authenticated:
        return None
    membership = Membership.objects.filter(user=user, workshop=workshop).first()
    return Role(membership.role) if membership else None


def reach_workshop(user: User | AnonymousUser, slug: str, roles: frozenset[Role]) -> Workshop:
    """Return the workshop if the user has one of `roles` in it; the role is kept as `workshop.role`.

    Raises Http404 alike for a workshop that does not exist and one that is not theirs.
    """
    if not user.is_authenticated:
        raise Http404("No such workshop.")
    membership = Membership.objects.select_related("workshop").filter(user=user, workshop__slug=slug, role__in=roles).first()
    if membership is None:
        raise Http404("No such workshop.")
    membership.workshop.role = Role(membership.role)
    return membership.workshop


def reach_paper(workshop: Workshop, pk: int) -> Paper:
    """Return a paper of a workshop that has been reached, with all that its page shows."""
    paper = get_object_or_404(Paper.objects.for_paper_page(), workshop=workshop, pk=pk)
    paper.workshop = workshop
    return paper


def reach_own_paper(user: User | AnonymousUser, slug: str, pk: int) -> Paper:
    """Return a paper of which the user is a proven author."""
    if not user.is_authenticated:
        raise Http404("No such paper.")
    return get_object_or_404(Paper.objects.for_author_page(user), workshop__slug=slug, pk=pk)


def reach_public_workshop(slug: str) -> Workshop:
    """Return a workshop that has released an accepted paper; anything else is not there."""
    return get_object_or_404(Workshop.objects.with_public_papers(), slug=slug)


def reach_claim(workshop: Workshop, pk: int) -> AuthorClaim:
    """Return a claim on a paper of a workshop that has been reached."""
    return get_object_or_404(AuthorClaim.objects.select_related("user", "author", "paper__workshop"), pk=pk, paper__workshop=workshop)


def reach_request(workshop: Workshop, pk: int) -> ChangeRequest:
    """Return what authors ask for in a workshop that has been reached."""
    return get_object_or_404(ChangeRequest.objects.of_workshop(workshop), pk=pk)


def reach_personal_link(workshop: Workshop, pk: int) -> PersonalLink:
    """Return an author's link in a workshop that has been reached."""
    return get_object_or_404(PersonalLink.objects.with_paper(), pk=pk, author__paper__workshop=workshop)


def reach_conflict(workshop: Workshop, pk: int) -> FieldConflict:
    """Return a difference with OpenReview in a workshop that has been reached."""
    return get_object_or_404(FieldConflict, pk=pk, paper__workshop=workshop)


def reach_rule(workshop: Workshop, pk: int) -> FieldMapping:
    """Return a source of the field mapping of a workshop that has been reached."""
    return get_object_or_404(FieldMapping, pk=pk, workshop=workshop)


def reach_run(workshop: Workshop, pk: int) -> ImportRun:
    """Return an import of a workshop that has been reached."""
    return get_object_or_404(ImportRun.objects.for_import_page(), pk=pk, workshop=workshop)


def reach_view(workshop: Workshop, user: User, pk: int) -> SavedView:
    """Return a saved view of a workshop that has been reached: one's own or a shared one."""
    return get_object_or_404(SavedView.objects.seen_by(user, workshop), pk=pk)


def reach_handler(workshop: Workshop, pk: int) -> Membership:
    """Return a member of a workshop that has been reached."""
    return get_object_or_404(Membership.objects.select_related("user", "workshop"), pk=pk, workshop=workshop)


def reach_interest(workshop: Workshop, pk: int) -> ConflictOfInterest:
    """Return a conflict of interest in a workshop that has been reached."""
    return get_object_or_404(ConflictOfInterest.objects.for_interest_page(), pk=pk, paper__workshop=workshop)


def reach_own_remark(workshop: Workshop, user: User, pk: int) -> Remark:
    """Return what a person said about a paper of a workshop that has been reached; of others there is nothing to change."""
    return get_object_or_404(Remark.objects.select_related("paper__workshop"), pk=pk, paper__workshop=workshop, by=user)


def reach_token(user: User, pk: int) -> AccessToken:
    """Return one's own access token; those of others are not there."""
    return get_object_or_404(AccessToken, pk=pk, user=user)
