"""How people sign up and sign in, as allauth asks for it."""

import logging
from http import HTTPStatus
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from papers.errors import Refusal
from papers.models import User
from papers.texts import clean_line

logger = logging.getLogger(__name__)

PROVIDER_SECONDS = 10


def find_or_create_user(email: str) -> User:
    """Return the user with this address, made if there is none; the first sign-in by code proves the address."""
    address = EmailAddress.objects.select_related("user").filter(email__iexact=email, verified=True).first()
    if address:
        owner: User = address.user
        return owner
    with transaction.atomic():
        user = User.objects.filter(email__iexact=email).first() or User.objects.create_user(email)
        EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True})
    return user


def keep_profile(user: User, *, name: str, zone: str) -> None:
    """Keep how a person is called and the zone in which they read dates; an empty zone means the workshop's."""
    user.name, user.zone = clean_line(name), zone
    user.save(update_fields=["name", "zone"])


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs people in by mailed code."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail; refuse with a sentence when the mail server does not take it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's exceptions are OSErrors as well
            logger.exception("A mail of allauth could not be sent.")
            raise Refusal("The mail could not be sent just now. Try again in a few minutes.") from error


class ProviderSession(requests.Session):
    """Calls a sign-in provider; refuses with a sentence when it is away or broken."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request, ten seconds at most."""
        try:
            response = super().request(*args, **{"timeout": PROVIDER_SECONDS, **kwargs})
        except requests.RequestException as error:
            raise ProviderAwayError() from error
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ProviderAwayError()
        return response


class ProviderAwayError(Refusal):
    """A provider does not answer."""

    def __init__(self) -> None:
        super().__init__("The site you wanted to sign in with does not answer. Try again later, or sign in by a mailed code.")


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signs people in through a provider."""

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take over the name as the provider prints it, beside what allauth takes."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = [data.get("first_name"), data.get("last_name")]
        user.name = str(data.get("name") or " ".join(part for part in parts if part))[:200]
        return user

    def get_requests_session(self) -> requests.Session:
        """Return the session for all calls to providers."""
        return ProviderSession()
