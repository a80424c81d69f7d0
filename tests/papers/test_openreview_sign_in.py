"""Signing in with OpenReview: the real protocol over real HTTP, against a loopback provider."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client

from papers.models import User, Workshop
from syntagen.providers import describe_openreview, read_providers
from tests.factories import make_paper
from tests.papers.oidc_provider import CLIENT_ID, OidcProvider, run_oidc_provider

LOGIN = "/accounts/oidc/openreview/login/"
ADA = {"sub": "~Ada_Author1", "name": "Ada B. Author", "email": "ada@example.org", "email_verified": True}
pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[OidcProvider]:
    with run_oidc_provider() as provider:
        provider.person = dict(ADA)
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [describe_openreview(CLIENT_ID, provider.url)]}}
        yield provider


def come_back_from_provider(client: Client, **query: str) -> Any:
    """Press the button, let the provider send the browser back, return the answer to that."""
    leaving = client.post(LOGIN, query_params=query)
    assert leaving.status_code == 302
    sent_back = requests.get(leaving["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(sent_back)
    return client.get(f"{parts.path}?{parts.query}")


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_new_person_signs_up_with_tilde_id_and_verified_mail(client: Client, provider: OidcProvider, workshop: Workshop) -> None:
    by_profile, by_mail = make_paper(workshop), make_paper(workshop)
    by_profile.authors.update(profile_id="~Ada_Author1")
    by_mail.authors.update(email="ada@example.org")
    answer = come_back_from_provider(client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == ("ada@example.org", "Ada B. Author", False)
    account = SocialAccount.objects.get()
    assert (account.provider, account.uid, account.user) == ("openreview", "~Ada_Author1", user)
    assert [(claim.paper, claim.ground) for claim in user.claims.all()] == [(by_profile, "tilde"), (by_mail, "mail")]


def test_no_secret_is_sent_but_the_verifier(client: Client, provider: OidcProvider) -> None:
    come_back_from_provider(client)
    (form,) = provider.token_requests
    assert sorted(form) == ["client_id", "code", "code_verifier", "grant_type", "redirect_uri"]
    assert form["redirect_uri"] == "http://testserver/accounts/oidc/openreview/login/callback/"


def test_known_person_is_recognized_by_verified_mail(client: Client, provider: OidcProvider, ada: User) -> None:
    come_back_from_provider(client)
    assert client.session["_auth_user_id"] == str(ada.pk)
    assert SocialAccount.objects.get().user == ada
    assert User.objects.get() == ada


def test_unverified_mail_opens_nobody_elses_account(client: Client, provider: OidcProvider, ada: User) -> None:
    provider.person["email_verified"] = False
    come_back_from_provider(client)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_unverified_mail_is_verified_by_code_first(client: Client, provider: OidcProvider, workshop: Workshop) -> None:
    make_paper(workshop).authors.update(email="ada@example.org")
    provider.person["email_verified"] = False
    answer = come_back_from_provider(client)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    assert [(address.email, address.verified) for address in EmailAddress.objects.all()] == [("ada@example.org", False)]
    assert not User.objects.get().claims.exists()
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"]]


def test_person_without_mail_is_asked_for_one(client: Client, provider: OidcProvider) -> None:
    del provider.person["email"]
    answer = come_back_from_provider(client)
    assert answer["Location"] == "/accounts/3rdparty/signup/"
    assert client.get(answer["Location"]).status_code == 200
    assert not User.objects.exists()


def test_account_is_connected_to_who_is_signed_in(client: Client, provider: OidcProvider, eve: User, workshop: Workshop) -> None:
    paper = make_paper(workshop)
    paper.authors.update(profile_id="~Ada_Author1")
    client.force_login(eve)
    come_back_from_provider(client, process="connect")
    assert SocialAccount.objects.get().user == eve
    assert paper.claims.get().user == eve
    assert User.objects.get() == eve


def test_code_without_this_browsers_state_is_refused(client: Client, provider: OidcProvider) -> None:
    leaving = client.post(LOGIN)
    sent_back = urlsplit(requests.get(leaving["Location"], allow_redirects=False, timeout=5).headers["Location"])
    stranger = Client()
    stranger.get(f"{sent_back.path}?{sent_back.query}")
    assert not is_signed_in(stranger)
    assert not User.objects.exists()


def test_opening_the_address_signs_nobody_in(client: Client, provider: OidcProvider) -> None:
    assert client.get(LOGIN).status_code == 200
    assert provider.token_requests == []


def test_provider_that_is_away_is_said(client: Client, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [describe_openreview(CLIENT_ID, "http://127.0.0.1:9")]}}
    answer = client.post(LOGIN)
    assert answer.status_code == 409
    assert "The site you wanted to sign in with does not answer." in answer.content.decode()


def test_provider_that_breaks_on_the_way_back_is_said(client: Client, provider: OidcProvider) -> None:
    provider.is_broken = True
    answer = come_back_from_provider(client)
    assert answer.status_code == 409
    assert not is_signed_in(client)


def test_providers_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_providers() == ({}, [])
    for name in ("GOOGLE", "GITHUB", "ORCID", "OPENREVIEW"):
        monkeypatch.setenv(f"SYNTAGEN_{name}_CLIENT_ID", f"id of {name}")
        monkeypatch.setenv(f"SYNTAGEN_{name}_CLIENT_SECRET", f"secret of {name}")
    providers, origins = read_providers()
    assert sorted(providers) == ["github", "google", "openid_connect", "orcid"]
    assert providers["google"]["APPS"] == [{"client_id": "id of GOOGLE", "secret": "secret of GOOGLE"}]
    assert providers["openid_connect"]["APPS"] == [describe_openreview("id of OPENREVIEW", "https://api2.openreview.net")]
    assert origins == [
        "https://accounts.google.com",
        "https://github.com",
        "https://orcid.org",
        "https://api2.openreview.net",
        "https://openreview.net",
    ]


def test_another_openreview_is_the_only_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTAGEN_OPENREVIEW_CLIENT_ID", "x")
    monkeypatch.setenv("SYNTAGEN_OPENREVIEW_OIDC_URL", "http://127.0.0.1:8099/")
    assert read_providers()[1] == ["http://127.0.0.1:8099"]
