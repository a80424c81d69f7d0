"""Who signs in to OpenReview, with which proof."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any

from papers.errors import SignInNeeded

# Asked for at sign-in: an import that OpenReview told to wait for hours still holds a session after it.
SESSION_SECONDS = 8 * 3600
TOTP, MAIL = "totp", "emailOtp"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How to sign in: a token, or a mail address with its password and perhaps the code of a second factor.

    Never logged, never printed.
    """

    username: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


class SecondFactorNeeded(SignInNeeded):
    """The password was right; OpenReview waits for the code of `method`.

    `pending` goes back with the code and holds nothing but the method and OpenReview's own mark.
    """

    def __init__(self, pending_token: str, methods: list[str], preferred: str) -> None:
        self.pending_token = pending_token
        self.methods = methods
        self.method = choose_method(methods, preferred)
        self.pending = f"{self.method}:{pending_token}"
        super().__init__(_explain(self.method))


def choose_method(methods: list[str], preferred: str) -> str:
    """Return the method that a person can answer here: an authenticator's code before a mailed one; a passkey needs a browser."""
    for method in (TOTP, MAIL):
        if method in methods:
            return method
    return preferred or next(iter(methods), "")


def read_pending(pending: str) -> tuple[str, str]:
    """Return method and mark from what `SecondFactorNeeded.pending` held."""
    method, separator, token = pending.partition(":")
    return (method, token) if separator else (TOTP, pending)


def read_account(token: str) -> str:
    """Return the tilde id that a session token names, unproven; nothing when it is no such token."""
    try:
        part = token.split(".")[1]
        claims: Any = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        user = claims.get("user", claims)
        return str(user.get("profile", {}).get("id") or user.get("id") or "")
    except (IndexError, ValueError, AttributeError):
        return ""


def _explain(method: str) -> str:
    if method == TOTP:
        return (
            "This OpenReview account has a second factor. Enter the code of the authenticator on the import page, "
            "or set OPENREVIEW_MFA_CODE to it, or OPENREVIEW_TOKEN to a session token."
        )
    if method == MAIL:
        return (
            "This OpenReview account has a second factor: OpenReview has mailed a code. Enter it on the import page, "
            "or set OPENREVIEW_TOKEN to a session token."
        )
    return "This OpenReview account signs in by a passkey, which needs a browser. Set OPENREVIEW_TOKEN to a session token."
