"""What every page knows: the workshops of the person and their role."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from papers.models import Workshop

ACCOUNT_PAGES = (
    ("profile", "Profile"),
    ("account_email", "Mail addresses"),
    ("mfa_index", "Two-factor and passkeys"),
    ("socialaccount_connections", "Connected accounts"),
    ("usersessions_list", "Sessions"),
)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def product(request: HttpRequest) -> dict[str, Any]:
    """Return `my_workshops` (read from the database only where it is used) with `mail_folder`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"my_workshops": [], "mail_folder": find_mail_folder(), "account_pages": ACCOUNT_PAGES}
    return {
        "my_workshops": SimpleLazyObject(lambda: list(Workshop.objects.for_switcher(user))),
        "mail_folder": find_mail_folder(),
        "account_pages": ACCOUNT_PAGES,
    }


def find_mail_folder() -> str:
    """Return the folder in which mails land instead of being sent; told to nobody but a developer's own machine."""
    is_local = settings.DEBUG or urlsplit(settings.SITE_URL).hostname in LOOPBACK
    if is_local and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return str(settings.EMAIL_FILE_PATH)
    return ""
