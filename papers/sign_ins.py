"""Looks for a person's papers whenever they prove who they are."""

from typing import Any

from allauth.account.signals import email_confirmed, email_removed, user_logged_in
from allauth.socialaccount.signals import social_account_added, social_account_removed

from papers.claims import link_claims


def connect_sign_ins() -> None:
    """Listen to allauth: an address confirmed or given up, an account connected or given up, a sign-in."""
    email_confirmed.connect(_link_owner_of_address, dispatch_uid="claims")
    email_removed.connect(_link_user, dispatch_uid="claims")
    user_logged_in.connect(_link_user, dispatch_uid="claims")
    social_account_added.connect(_link_owner_of_account, dispatch_uid="claims")
    social_account_removed.connect(_link_owner_of_account, dispatch_uid="claims")


def _link_user(*, user: Any, **_: Any) -> None:
    link_claims(user)


def _link_owner_of_address(*, email_address: Any, **_: Any) -> None:
    link_claims(email_address.user)


def _link_owner_of_account(*, sociallogin: Any = None, socialaccount: Any = None, **_: Any) -> None:
    link_claims(sociallogin.user if sociallogin else socialaccount.user)
