"""Signing up and signing in: by mailed code, by passkey, by provider."""

import re
import time
from html.parser import HTMLParser
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from papers.models import User, Workshop
from tests.factories import make_paper, make_user

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
VERIFY = "/accounts/confirm-email/"
pytestmark = pytest.mark.django_db


def read_code(place: int = -1) -> str:
    found = CODE.search(str(mail.outbox[place].body))
    assert found
    return found.group()


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, email: str = "ada@example.org") -> None:
    client.post(LOGIN, {"login": email})
    client.post(CONFIRM, {"code": read_code()})
    assert is_signed_in(client)


def test_sign_up_verify_sign_out_sign_in(client: Client) -> None:
    answer = client.post("/accounts/signup/", {"email": "New@Example.org"})
    assert (answer.status_code, answer["Location"]) == (302, VERIFY)
    assert client.get(VERIFY).status_code == 200
    assert not is_signed_in(client)
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["new@example.org"], "SyntaGen <syntagen@localhost>")
    assert sent.subject.startswith("SyntaGen: ")
    answer = client.post(VERIFY, {"code": read_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_signed_in(client)
    user = User.objects.get()
    assert (user.email, user.has_usable_password()) == ("new@example.org", False)
    assert EmailAddress.objects.get().verified
    client.post("/accounts/logout/")
    assert not is_signed_in(client)
    sign_in(client, "new@example.org")
    assert mail.outbox[-1].subject.startswith("SyntaGen: ")


def test_sign_in_asks_for_no_password(client: Client) -> None:
    assert "password" not in client.get(LOGIN).content.decode().lower()
    assert "password" not in client.get("/accounts/signup/").content.decode().lower()


def test_sign_in_links_papers(client: Client, workshop: Workshop, ada: User) -> None:
    paper = make_paper(workshop)
    paper.authors.update(email="ADA@example.org")
    sign_in(client)
    assert paper.claims.get().user == ada


def test_sign_in_leads_where_the_person_wanted_to_go(client: Client, ada: User) -> None:
    client.post(f"{LOGIN}?next=/w/counted26/", {"login": ada.email, "next": "/w/counted26/"})
    answer = client.post(CONFIRM, {"code": read_code(), "next": "/w/counted26/"})
    assert answer["Location"] == "/w/counted26/"


def test_third_wrong_code_ends_the_try(client: Client, ada: User) -> None:
    client.post(LOGIN, {"login": ada.email})
    code = read_code()
    answers = [client.post(CONFIRM, {"code": "AAAA-AAAA"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert answers[-1]["Location"] == "/accounts/login/code/"
    client.post(CONFIRM, {"code": code})
    assert not is_signed_in(client)


def test_code_runs_out(client: Client, ada: User) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        client.post(LOGIN, {"login": ada.email})
        clock.shift(16 * 60)
        client.post(CONFIRM, {"code": read_code()})
    assert not is_signed_in(client)


def test_resending_sends_another_mail(client: Client, ada: User) -> None:
    client.post(LOGIN, {"login": ada.email})
    client.post(CONFIRM, {"action": "resend"})
    first, second = read_code(0), read_code(1)
    assert first != second
    client.post(CONFIRM, {"code": first})
    assert not is_signed_in(client)
    client.post(CONFIRM, {"code": second})
    assert is_signed_in(client)


def test_resending_a_verification_sends_another_mail(client: Client) -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        client.post("/accounts/signup/", {"email": "new@example.org"})
        clock.shift(30)
        client.post(VERIFY, {"action": "resend"})
        assert len(mail.outbox) == 2
        client.post(VERIFY, {"code": read_code()})
        assert is_signed_in(client)


def test_unknown_address_answers_as_a_known_one(ada: User) -> None:
    def ask(email: str) -> tuple[int, str, str]:
        browser = Client()
        answer = browser.post(LOGIN, {"login": email})
        page = browser.get(answer["Location"]).content.decode()
        return answer.status_code, answer["Location"], re.sub(r'value="[^"]{64}"', "", page).replace(email, "…")

    assert ask(ada.email) == ask("eve@example.org")
    assert [(sent.to, bool(CODE.search(str(sent.body)))) for sent in mail.outbox] == [([ada.email], True), (["eve@example.org"], False)]


def test_signing_up_with_a_known_address_answers_as_with_a_new_one(ada: User) -> None:
    def ask(email: str) -> tuple[int, str, str]:
        browser = Client()
        answer = browser.post("/accounts/signup/", {"email": email})
        page = browser.get(answer["Location"]).content.decode()
        return answer.status_code, answer["Location"], re.sub(r'value="[^"]{64}"', "", page).replace(email, "…")

    assert ask(ada.email) == ask("new@example.org")
    assert [bool(CODE.search(str(sent.body))) for sent in mail.outbox] == [False, True]


def test_mail_server_that_is_away_is_said(client: Client, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ConnectionRefusedError("no server")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    answer = client.post(LOGIN, {"login": ada.email})
    assert answer.status_code == 409
    assert "The mail could not be sent just now." in answer.content.decode()


def test_too_many_codes_for_one_address_are_refused(client: Client, ada: User) -> None:
    answers = [Client().post(LOGIN, {"login": ada.email}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 200, 200]
    assert len(mail.outbox) == 3


def test_second_factor_is_asked_for_once_set_up(client: Client, ada: User) -> None:
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": make_totp_code(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=ada, type="totp").exists()
    other = Client()
    other.post(LOGIN, {"login": ada.email})
    answer = other.post(CONFIRM, {"code": read_code()})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(other)
    with time_machine.travel(time.time() + 60):  # a code counts once
        other.post("/accounts/2fa/authenticate/", {"code": make_totp_code(secret)})
    assert is_signed_in(other)


def make_totp_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time() // 30))))


class Markup(HTMLParser):
    """Collects what a strict content security policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "script" and "src" not in values and values.get("type") != "application/json":
            self.blocked.append("inline script")
        if tag == "script" and "src" in values:
            self.scripts.append(str(values["src"]))
        if tag == "style" or "style" in values:
            self.blocked.append(f"style of {tag}")
        self.blocked += [f"{name} of {tag}" for name in values if name.startswith("on")]
        self.blocked += [f"{name} of {tag}" for name, value in attrs if str(value).lower().startswith("javascript:")]


PAGES = [
    "account_email",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
    "socialaccount_connections",
    "account_logout",
]


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_answer_under_the_strict_policy(client: Client, ada: User, name: str) -> None:
    sign_in(client)
    answer = client.get(reverse(name))
    markup = Markup()
    markup.feed(answer.content.decode())
    assert (answer.status_code, markup.blocked) == (200, [])
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", [LOGIN, "/accounts/signup/", "/accounts/login/code/"])
def test_entrance_pages_answer_under_the_strict_policy(client: Client, address: str) -> None:
    answer = client.get(address)
    markup = Markup()
    markup.feed(answer.content.decode())
    assert (answer.status_code, markup.blocked) == (200, [])


def test_passkey_pages_bring_their_scripts(client: Client, ada: User) -> None:
    passkey = ["/static/mfa/js/webauthn-json.js", "/static/mfa/js/webauthn.js", "/static/account/js/onload.js"]
    entrance, adding = Markup(), Markup()
    entrance.feed(client.get(LOGIN).content.decode())
    sign_in(client)
    adding.feed(client.get(reverse("mfa_add_webauthn")).content.decode())
    assert [script for script in entrance.scripts if script in passkey] == passkey
    assert [script for script in adding.scripts if script in passkey] == passkey


def test_passkey_sign_in_offers_a_challenge(client: Client) -> None:
    answer = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["rpId"] == "testserver"


def test_admin_signs_in_through_the_same_door(client: Client) -> None:
    answer = client.post("/admin/login/?next=/admin/", {"username": "ada@example.org", "password": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=%2Fadmin%2F")
    make_user("root@example.org", is_staff=True, is_superuser=True)
    sign_in(client, "root@example.org")
    assert client.get("/admin/").status_code == 200


def test_session_list_names_this_session(client: Client, ada: User) -> None:
    sign_in(client)
    assert "127.0.0.1" in client.get(reverse("usersessions_list")).content.decode()


def test_address_behind_a_proxy_is_the_last_that_the_proxy_wrote(client: Client, ada: User) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        browser = Client(headers={"X-Forwarded-For": "6.6.6.6, 192.0.2.7"})
        sign_in(browser)
        assert "192.0.2.7" in browser.get(reverse("usersessions_list")).content.decode()


def test_no_provider_is_on_until_configured(client: Client, settings: Any) -> None:
    assert settings.SOCIALACCOUNT_PROVIDERS == {}
    assert settings.SECURE_CSP["form-action"] == ["'self'"]
    assert client.get("/accounts/oidc/openreview/login/").status_code == 404
