"""Keeps a secret unreadable while it waits in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from papers.errors import SignInNeeded

PURPOSE = b"syntagen sealed parameter"


def seal(text: str) -> str:
    """Return `text` sealed with the installation's secret key."""
    return _make_key().encrypt(text.encode()).decode()


def unseal(sealed: str, *, max_seconds: int | None = None) -> str:
    """Return what was sealed; refuses when the secret key has changed or, if `max_seconds` is given, it is older than that."""
    try:
        return _make_key().decrypt(sealed.encode(), ttl=max_seconds).decode()
    except InvalidToken as error:
        raise SignInNeeded("What was kept for the sign-in cannot be read any more; sign in again.") from error


def _make_key() -> Fernet:
    digest = hashlib.scrypt(settings.SECRET_KEY.encode(), salt=PURPOSE, n=2**10, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(digest))
