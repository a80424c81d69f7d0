"""Accounts in a real browser: a passkey made and used under the strict policy."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.pages import IN_BROWSER
from tests.factories import make_user

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = IN_BROWSER


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    return browser.new_context()


def open_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """Return a page and what the browser complains of while it is used."""
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def sign_in_by_code(page: Page, url: str, email: str) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.press("input[name=login]", "Enter")
    page.wait_for_url("**/confirm/**")
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", str(mail.outbox[-1].body))
    assert code
    page.fill("input[name=code]", code.group())
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda address: "/accounts/" not in address)


def test_passkey_is_made_and_signs_in(context: BrowserContext, live_server: Any) -> None:
    make_user("ada@example.org")
    page, complaints = open_page(context)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in_by_code(page, live_server.url, "ada@example.org")
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: not address.endswith("/add/"))
    context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "/accounts/" not in address)
    page.goto(f"{live_server.url}/accounts/email/")
    assert "ada@example.org" in page.content()
    assert complaints == []
