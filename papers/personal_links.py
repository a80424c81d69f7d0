"""Personal links: sent or copied, opened, used, taken back."""

import datetime as dt
import logging
import secrets
from collections.abc import Callable
from functools import partial

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from papers.access import DECIDERS, find_role
from papers.claims import claim_for_user
from papers.errors import Refusal
from papers.history import record_change
from papers.members import hash_token
from papers.models import Author, AuthorClaim, Membership, Paper, PersonalLink, User
from papers.naming import name_paper
from papers.texts import clean_line

logger = logging.getLogger(__name__)

Words = dict[str, str] | None

LINK_LASTS = dt.timedelta(days=14)
WAY_OUT = "Sign in with the mail address that stands on your paper, or ask a co-author or the organizers for a new link."
USED = "This link was used: it works once, for one person. If that was you, sign in with the same mail address; else ask for a new link."
MOST_A_DAY = 20  # for one paper: enough for its authors, too few for a flood of mails


def send_link(author: Author, *, email: str, by: User) -> PersonalLink:
    """Mail a link to an author, after the commit; nobody but who reads that mail learns its secret.

    Organizers and authors of the paper may; authors only to the address that stands on the paper, where one does.
    Refuses more than 20 links for a paper in 24 hours.
    """
    email = clean_line(email).lower()
    is_organizer = _refuse_stranger(author.paper, by)
    known = author.email.lower() if "@" in author.email and "*" not in author.email else ""
    if not is_organizer and known and known != email:
        raise Refusal(f"{author.name} stands on the paper with another mail address; a link goes there alone.", subject=author)
    with transaction.atomic():
        link, token = _make_link(author, email=email, by=by)
        transaction.on_commit(partial(_mail_link, link, token))
    return link


def copy_link(author: Author, *, by: User) -> tuple[PersonalLink, str]:
    """Make a link for an organizer to pass on; return it with its secret, which is kept nowhere.

    Since somebody else knows it, it signs nobody in: who opens it signs in by themselves first.
    """
    if not _refuse_stranger(author.paper, by):
        raise Refusal("Only organizers copy links; send one by mail instead.", subject=author)
    with transaction.atomic():
        return _make_link(author, email="", by=by)


def find_link(token: str, *, user: User | None) -> PersonalLink:
    """Return the link with this secret; refuses, with the reason and the way out, when it does not work for `user` any more."""
    link = PersonalLink.objects.with_paper().filter(token_hash=hash_token(token)).first()
    if link is None:
        raise Refusal("This link is not known here. Was it copied whole?")
    if link.used_at and (user is None or link.used_by_id != user.pk):
        raise Refusal(USED, subject=link)
    if link.revoked_at:
        raise Refusal(f"This link was taken back. {WAY_OUT}", subject=link)
    if link.expires_at <= timezone.now():
        raise Refusal(f"This link has run out: it holds for 14 days. {WAY_OUT}", subject=link)
    return link


def enter_by_link(token: str, *, user: User | None, find_user: Callable[[str], User]) -> tuple[PersonalLink, User]:
    """Make whoever holds a link the author it is for; return who that is, for the caller to sign in.

    `find_user` finds or makes the account of an address, where nobody is signed in. A signed-in user enters as themselves.
    Nobody is signed in by a copied link, nor who works on a workshop or has a second factor: a mail alone would open
    too much.
    """
    with transaction.atomic():
        PersonalLink.objects.select_for_update(no_key=True).filter(token_hash=hash_token(token)).first()
        link = find_link(token, user=user)
        person = user or _find_person(link, find_user)
        if not AuthorClaim.objects.filter(paper=link.author.paper, user=person).exists():
            claim_for_user(link.author.paper, link.author, person, by=link.by)
        link.used_at, link.used_by = timezone.now(), person
        link.save(update_fields=["used_at", "used_by"])
        _record(link, "entered by link", by=person, after={"name": link.author.name, "email": person.email})
    return link, person


def revoke_link(link: PersonalLink, *, by: User) -> None:
    """Take a link back; who entered by it stays an author until their claim is taken back. Refuses twice."""
    with transaction.atomic():
        if not PersonalLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            raise Refusal("This link was taken back already.", subject=link)
        _record(link, "revoked link", by=by, before=_describe(link))


def find_link_address(token: str) -> str:
    """Return the whole address of a link."""
    return f"{settings.SITE_URL}{reverse('personal-link', args=[token])}"


def _refuse_stranger(paper: Paper, by: User) -> bool:
    """Refuse who is neither an organizer nor an author of the paper; tell whether they are an organizer."""
    if find_role(by, paper.workshop) in DECIDERS:
        return True
    if not AuthorClaim.objects.filter(paper=paper, user=by).exists():
        raise Refusal(f"Only its authors and the organizers invite to {name_paper(paper)}.", subject=paper)
    return False


def _make_link(author: Author, *, email: str, by: User) -> tuple[PersonalLink, str]:
    token, now = secrets.token_urlsafe(32), timezone.now()
    Paper.objects.select_for_update(no_key=True, of=("self",)).get(pk=author.paper_id)
    if PersonalLink.objects.of_paper(author.paper).made_since(now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refusal(f"{MOST_A_DAY} links were made for this paper in a day; wait until tomorrow.", subject=author)
    link = PersonalLink.objects.create(author=author, email=email, token_hash=hash_token(token), by=by, at=now, expires_at=now + LINK_LASTS)
    _record(link, "sent link" if email else "copied link", by=by, after=_describe(link))
    return link, token


def _find_person(link: PersonalLink, find_user: Callable[[str], User]) -> User:
    if not link.email:
        raise Refusal("Sign in first, then open this link again: it was passed on by hand, so it signs nobody in.", subject=link)
    person = find_user(link.email)
    is_guarded = person.is_staff or person.is_superuser or Membership.objects.filter(user=person).exists()
    if is_guarded or not person.is_active or Authenticator.objects.filter(user=person).exists():
        raise Refusal("Your account may do more than an author's: sign in as always, then open this link again.", subject=link)
    return person


def _describe(link: PersonalLink) -> dict[str, str]:
    return {"name": f"{link.author.name}, {link.email or 'copied'}"}


def _record(
    link: PersonalLink, action: str, *, by: User, before: dict[str, str] | None = None, after: dict[str, str] | None = None
) -> None:
    record_change(link.author.paper.workshop, action, by=by, paper=link.author.paper, field="author", before=before, after=after)


def _mail_link(link: PersonalLink, token: str) -> None:
    paper = link.author.paper
    context = {"link": link, "paper": paper, "workshop": paper.workshop, "address": find_link_address(token)}
    try:
        send_mail(
            clean_line(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}Your paper at {paper.workshop}"),
            render_to_string("papers/mails/personal_link.txt", context),
            None,
            [link.email],
        )
    except OSError as error:  # smtplib's exceptions are OSErrors as well
        logger.exception("A personal link could not be mailed.")
        raise Refusal(f"The mail to {link.email} could not be sent just now. Try again in a few minutes.") from error
