"""Who works on a workshop, in which role: invitations, changes, farewells."""

import datetime as dt
import hashlib
import logging
import secrets
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from papers.errors import Refusal
from papers.history import record_change
from papers.models import Invitation, Membership, Role, User, Workshop
from papers.texts import clean_line

logger = logging.getLogger(__name__)

INVITATION_LASTS = dt.timedelta(days=14)


def invite_member(workshop: Workshop, *, email: str, role: str, by: User) -> Invitation:
    """Offer a role by mail, sent after the commit; an earlier open offer to this address ends.

    The link holds for 14 days and once; of its secret only the hash is kept. Refuses for who is a member.
    """
    email = clean_line(email).lower()
    member = workshop.memberships.filter(user__email__iexact=email).select_related("user").first()
    if member:
        raise Refusal(f"{email} is {_name_role(member.role)} of {workshop} already.", subject=member)
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        workshop.invitations.unanswered().filter(email__iexact=email).update(revoked_at=now)
        invitation = Invitation.objects.create(
            workshop=workshop,
            email=email,
            role=Role(role),
            invited_by=by,
            token_hash=hash_token(token),
            expires_at=now + INVITATION_LASTS,
        )
        record_change(workshop, "invited", by=by, field="member", after={"email": email, "role": role})
        transaction.on_commit(partial(_send_invitation, invitation, token))
    return invitation


def find_invitation(token: str) -> Invitation:
    """Return the invitation behind a link; refuses, with the reason, when it can't be accepted any more."""
    invitation: Invitation | None = Invitation.objects.with_workshop().filter(token_hash=hash_token(token)).first()
    if invitation is None:
        raise Refusal("This invitation is not known here. Was the link copied whole?")
    if invitation.accepted_at:
        raise Refusal("This invitation was accepted already; a link works once.", subject=invitation)
    if invitation.revoked_at:
        raise Refusal("This invitation was taken back or replaced by a newer one. Ask for a new one.", subject=invitation)
    if invitation.expires_at <= timezone.now():
        raise Refusal("This invitation has run out: a link holds for 14 days. Ask for a new one.", subject=invitation)
    return invitation


def accept_invitation(token: str, *, by: User) -> Membership:
    """Make `by` a member in the offered role; their address may differ from the invited one, both go on record.

    Refuses as `find_invitation` does, and for who is a member.
    """
    with transaction.atomic():
        invitation = find_invitation(token)
        workshop = _lock_workshop(invitation.workshop)
        member = workshop.memberships.filter(user=by).first()
        if member:
            raise Refusal(f"You are {_name_role(member.role)} of {workshop} already; an owner can change your role.", subject=member)
        if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
            raise Refusal("This invitation was answered just now.", subject=invitation)
        said = {"email": by.email, "role": invitation.role, "invited": invitation.email}
        return _add(workshop, by, invitation.role, by=by, action="accepted invitation", after=said)


def revoke_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an offer back; refuses when it was answered."""
    with transaction.atomic():
        if not Invitation.objects.unanswered().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
            raise Refusal(f"The invitation of {invitation.email} was answered or taken back already.", subject=invitation)
        before = {"email": invitation.email, "role": invitation.role}
        record_change(invitation.workshop, "revoked invitation", by=by, field="member", before=before)


def add_member(workshop: Workshop, user: User, *, role: str, by: User | None) -> Membership:
    """Give `user` a role without asking them; a member gets the new role."""
    with transaction.atomic():
        _lock_workshop(workshop)
        member = workshop.memberships.filter(user=user).first()
        if member:
            return change_role(member, role=role, by=by)
        return _add(workshop, user, role, by=by, action="added member", after={"email": user.email, "role": role})


def create_workshop_owner(workshop: Workshop, user: User, *, by: User | None = None) -> Membership:
    """Make `user` an owner of a workshop that was just created, or that lost its owner."""
    return add_member(workshop, user, role=Role.OWNER, by=by)


def change_role(membership: Membership, *, role: str, by: User | None) -> Membership:
    """Give a member another role; refuses to leave a workshop without an owner."""
    with transaction.atomic():
        workshop = _lock_workshop(membership.workshop)
        membership.refresh_from_db()
        before = membership.role
        if before == Role(role):
            return membership
        if before == Role.OWNER:
            _refuse_last_owner(workshop, membership)
        membership.role = Role(role)
        membership.save(update_fields=["role"])
        email = membership.user.email
        record_change(
            workshop, "changed role", by=by, field="member", before={"email": email, "role": before}, after={"email": email, "role": role}
        )
    return membership


def remove_member(membership: Membership, *, by: User) -> None:
    """End a membership; refuses to leave a workshop without an owner."""
    with transaction.atomic():
        workshop = _lock_workshop(membership.workshop)
        membership.refresh_from_db()
        if membership.role == Role.OWNER:
            _refuse_last_owner(workshop, membership)
        before = {"email": membership.user.email, "role": membership.role}
        record_change(workshop, "removed member", by=by, field="member", before=before)
        membership.delete()


def hash_token(token: str) -> str:
    """Return what is kept of the secret in a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def _add(workshop: Workshop, user: User, role: str, *, by: User | None, action: str, after: dict[str, str]) -> Membership:
    record_change(workshop, action, by=by, field="member", after=after)
    return Membership.objects.create(workshop=workshop, user=user, role=Role(role))


def _lock_workshop(workshop: Workshop) -> Workshop:
    """Let one change of its people wait for another: two owners can't remove each other at once."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)


def _refuse_last_owner(workshop: Workshop, membership: Membership) -> None:
    if not workshop.memberships.filter(role=Role.OWNER).exclude(pk=membership.pk).exists():
        raise Refusal(f"{membership.user} is the last owner of {workshop}. Make somebody else an owner first.", subject=membership)


def _name_role(role: str) -> str:
    name = Role(role).label.lower()
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _send_invitation(invitation: Invitation, token: str) -> None:
    workshop = invitation.workshop
    link = f"{settings.SITE_URL}{reverse('invitation', args=[token])}"
    context = {"invitation": invitation, "workshop": workshop, "link": link, "role": _name_role(invitation.role)}
    try:
        send_mail(
            clean_line(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{workshop} asks you to join"),
            render_to_string("papers/mails/invitation.txt", context),
            None,
            [invitation.email],
        )
    except OSError as error:  # smtplib's exceptions are OSErrors as well
        logger.exception("An invitation could not be mailed.")
        raise Refusal(f"The mail to {invitation.email} could not be sent just now. Invite again in a few minutes.") from error
