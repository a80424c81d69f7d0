"""Access tokens: made, seen once, found by their hash, taken back."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from papers.errors import Refusal
from papers.models import AccessToken, User
from papers.texts import clean_line

PREFIX = "syntagen_"
MOST = 20
USE_IS_NOTED = dt.timedelta(hours=1)  # a program may ask a hundred times a minute; SQLite has one writer


def make_token(user: User, *, name: str, days: int | None) -> tuple[AccessToken, str]:
    """Return a new token with its secret, which is kept nowhere; it expires in `days`, or never for None.

    Refuses a name that another living token of theirs has, and more than twenty of them.
    """
    name = clean_line(name)
    if not name:
        raise Refusal("Give the token a name, so that you know it again.", subject=user)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        live = list(AccessToken.objects.filter(user=user).live())
        if any(token.name == name for token in live):
            raise Refusal(f"You have a token called “{name}” already; take it back first, or choose another name.", subject=user)
        if len(live) >= MOST:
            raise Refusal(f"You have {MOST} tokens; take one back before you make another.", subject=user)
        expires_at = None if days is None else timezone.now() + dt.timedelta(days=days)
        return AccessToken.objects.create(user=user, name=name, token_hash=_hash(secret), expires_at=expires_at), secret


def revoke_token(token: AccessToken, *, by: User) -> AccessToken:
    """Take a token back for good; refuses one that is not theirs or was taken back already."""
    with transaction.atomic():
        held = AccessToken.objects.select_for_update().get(pk=token.pk)
        if held.user_id != by.pk:
            raise Refusal("Only its owner takes a token back.", subject=held)
        if held.revoked_at is not None:
            raise Refusal(f"“{held.name}” was taken back already.", subject=held)
        held.revoked_at = timezone.now()
        held.save(update_fields=["revoked_at"])
        return held


def find_token(secret: str) -> AccessToken | None:
    """Return the living token with this secret, its user with it; note its use once an hour."""
    token = AccessToken.objects.live().select_related("user").filter(token_hash=_hash(secret)).first()
    now = timezone.now()
    if token and (token.used_at is None or now - token.used_at > USE_IS_NOTED):
        AccessToken.objects.filter(pk=token.pk).update(used_at=now)
    return token


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
