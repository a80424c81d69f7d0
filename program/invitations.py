"""People of the program invited by mail: previewed, sent, reminded, taken back, opened."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from papers.errors import Refusal, Refusals
from papers.history import record_change
from papers.letter_jobs import start_sending
from papers.letters.mailings import find_site_domain
from papers.letters.recipients import is_usable
from papers.members import hash_token
from papers.models import Letter, Mailing, User, Workshop
from papers.sealing import seal
from papers.zones import find_zone, format_day
from program.invitation_words import MailWords, read_mail, read_settings, write_mail
from program.models import InvitationSettings, Person, PersonInvitation
from program.people import record_person

LINK_LASTS = dt.timedelta(days=60)
WORDS = ("invitation_subject", "invitation_body", "reminder_subject", "reminder_body")


@dataclass(frozen=True, slots=True)
class PersonMail:
    """A mail as it would be sent."""

    person: Person
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class InvitationPlan:
    """What a sending would do: its mails, who gets none and why, what forbids it, `digest` of it all."""

    mails: tuple[PersonMail, ...]
    skipped: tuple[str, ...]
    mistakes: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Return a mark of the mails; what changed since it was shown has another."""
        told = "\0".join(f"{mail.person.pk}\n{mail.person.email}\n{mail.subject}\n{mail.body}" for mail in self.mails)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def plan_invitations(workshop: Workshop, keys: Iterable[int], *, is_reminder: bool) -> InvitationPlan:
    """Return the mails to these people; who has no address, or has declined, gets none."""
    words = _read_words(read_settings(workshop), is_reminder=is_reminder)
    if words.mistakes:
        return InvitationPlan((), (), tuple(sentence for part in words.mistakes.values() for sentence in part))
    last_day = _name_last_day(workshop, timezone.now() + LINK_LASTS)
    mails, skipped = [], []
    for person in workshop.people.filter(pk__in=list(keys)).for_people_page():
        person.workshop = workshop
        why = _find_reason(person, is_reminder=is_reminder)
        if why:
            skipped.append(f"{person.name} {why}.")
        else:
            mails.append(PersonMail(person, *write_mail(words, person, last_day=last_day)))
    return InvitationPlan(tuple(mails), tuple(skipped), ())


def send_invitations(workshop: Workshop, keys: Iterable[int], *, is_reminder: bool, digest: str, nonce: str, by: User) -> Mailing:
    """Queue a mail for each of these people, with a link of their own that takes the place of earlier ones.

    `digest` is that of the plan that `by` has seen; refuses when it reads otherwise by now. `nonce` is the question: a button
    pressed twice sends once. The mails leave through the outbox, whose promise is that nothing is sent twice.
    """
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = workshop.mailings.answering(nonce)
        if held is not None:
            return held
        plan = plan_invitations(workshop, keys, is_reminder=is_reminder)
        if plan.mistakes:
            raise Refusals("The mail was not sent; its words need mending.", list(plan.mistakes))
        if plan.digest != digest:
            raise Refusal("People or words changed since you looked; look again, then send.", subject=workshop)
        if not plan.mails:
            raise Refusals("There is nobody to write to.", list(plan.skipped))
        mailing = _keep_mailing(workshop, plan, is_reminder=is_reminder, nonce=nonce, by=by)
        start_sending(workshop, by=by)
    return mailing


def find_invitation(token: str) -> PersonInvitation:
    """Return the invitation with this secret; refuses, with the reason, when its link does not work any more."""
    invitation = PersonInvitation.objects.with_person().filter(token_hash=hash_token(token)).first()
    if invitation is None:
        raise Refusal("This link is not known here. Was it copied whole?")
    if invitation.revoked_at:
        raise Refusal("This link was taken back. Write to the organizers for a new one.", subject=invitation)
    if invitation.replaced_at:
        raise Refusal("A newer mail with a newer link was sent to you; use that one.", subject=invitation)
    if invitation.expires_at <= timezone.now():
        raise Refusal("This link has run out. Write to the organizers for a new one.", subject=invitation)
    return invitation


def open_invitation(token: str) -> PersonInvitation:
    """Note that somebody pressed the button behind a link, and return it; refuses as `find_invitation` does."""
    with transaction.atomic():
        invitation = find_invitation(token)
        if PersonInvitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=timezone.now()):
            record_person(invitation.person, "opened personal page", by=None)
    invitation.refresh_from_db(fields=["opened_at"])
    return invitation


def revoke_invitation(person: Person, *, by: User) -> None:
    """Take the links of a person back, also from browsers in which one was opened; refuses when none works."""
    now = timezone.now()
    with transaction.atomic():
        open_ones = PersonInvitation.objects.filter(person=person, revoked_at__isnull=True, expires_at__gt=now)
        keys = list(open_ones.values_list("pk", flat=True))
        if not keys:
            raise Refusal(f"{person.name} has no link that works.", subject=person)
        _cancel_letters(keys)
        PersonInvitation.objects.filter(pk__in=keys).update(revoked_at=now)
        record_person(person, "revoked personal page", by=by)


def change_settings(workshop: Workshop, *, values: dict[str, Any], by: User) -> InvitationSettings:
    """Keep how a workshop invites; refuses words with mistakes."""
    for kind in ("invitation", "reminder"):
        mistakes = read_mail(values[f"{kind}_subject"], values[f"{kind}_body"]).mistakes
        if mistakes:
            raise Refusals(f"The {kind} can't be kept as it is.", [sentence for part in mistakes.values() for sentence in part])
    with transaction.atomic():
        Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
        held = read_settings(workshop)
        before = {name: getattr(held, name) for name, value in values.items() if getattr(held, name) != value}
        for name, value in values.items():
            setattr(held, name, value)
        held.save()
        if before:
            after = {name: values[name] for name in before}
            record_change(workshop, "changed mails to people", by=by, field="invitation", before=before, after=after)
    return held


def _read_words(held: InvitationSettings, *, is_reminder: bool) -> MailWords:
    kind = "reminder" if is_reminder else "invitation"
    return read_mail(getattr(held, f"{kind}_subject"), getattr(held, f"{kind}_body"))


def _find_reason(person: Person, *, is_reminder: bool) -> str:
    """Return why somebody gets no mail, or nothing."""
    if not person.email:
        return "has no mail address here"
    if not is_usable(person.email):
        return f"has an address that can't be mailed ({person.email})"
    return "has declined" if is_reminder and person.declined_at else ""


def _keep_mailing(workshop: Workshop, plan: InvitationPlan, *, is_reminder: bool, nonce: str, by: User) -> Mailing:
    held, kind = read_settings(workshop), "reminder" if is_reminder else "invitation"
    words = {"subject": getattr(held, f"{kind}_subject"), "body": getattr(held, f"{kind}_body")}
    name = "Reminder to people" if is_reminder else "Invitation of people"
    mailing = Mailing.objects.create(workshop=workshop, name=name, nonce=nonce, by=by, **words)
    now = timezone.now()
    earlier = PersonInvitation.objects.filter(person__in=[mail.person for mail in plan.mails]).working()
    _cancel_letters(list(earlier.values_list("pk", flat=True)))
    earlier.update(replaced_at=now)
    for mail in plan.mails:
        _invite(mail, mailing, is_reminder=is_reminder, at=now, by=by)
    note = f"{mailing.name}: {', '.join(mail.person.name for mail in plan.mails)}"
    record_change(workshop, "queued letters", by=by, field="letter", after={"letters": len(plan.mails)}, note=note[:2000])
    return mailing


def _invite(mail: PersonMail, mailing: Mailing, *, is_reminder: bool, at: dt.datetime, by: User) -> None:
    token, person = secrets.token_urlsafe(32), mail.person
    letter = Letter.objects.create(
        mailing=mailing,
        address=person.email,
        name=person.name,
        subject=mail.subject,
        body=mail.body,
        sealed_link=seal(f"{settings.SITE_URL}{reverse('person-link', args=[token])}"),
        message_id=f"<{uuid4().hex}@{find_site_domain()}>",
    )
    PersonInvitation.objects.create(
        person=person,
        email=person.email,
        letter=letter,
        token_hash=hash_token(token),
        is_reminder=is_reminder,
        by=by,
        sent_at=at,
        expires_at=at + LINK_LASTS,
    )
    record_person(person, "reminded person" if is_reminder else "invited person", by=by)


def _cancel_letters(invitations: list[int]) -> None:
    """Keep mails from leaving whose links do not work any more."""
    Letter.objects.filter(person_invitation__in=invitations, state=Letter.State.WAITING).update(
        state=Letter.State.CANCELED, retry_at=None, sealed_link=""
    )


def _name_last_day(workshop: Workshop, at: dt.datetime) -> str:
    return format_day(at.astimezone(find_zone(workshop.zone)).date())
