"""Opens pages in Chromium, signed in, with an ear for what the browser complains of."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from papers.models import User

CHROMIUM = shutil.which("chromium") or ""
PHONE, DESK = 390, 1440
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed."),
]


def open_as(browser: Browser, url: str, user: User | None, *, width: int, scheme: str) -> tuple[Page, list[str]]:
    """Return a page signed in as `user`, and what the browser complains of."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    if user:
        client = Client()
        client.force_login(user)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies["sessionid"].value, "url": url}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def find_faults(page: Page, address: str, complaints: list[str]) -> list[str]:
    """Return what is wrong with the page at `address`."""
    complaints.clear()
    page.goto(address)
    return find_faults_shown(page, complaints)


def find_faults_shown(page: Page, complaints: list[str]) -> list[str]:
    """Return what is wrong with the page as it is now, something opened or filled in."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    faults = [f"{overflow} px too wide"] if overflow > 0 else []
    found = Axe().run(page).response
    assert found["passes"]
    faults += [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found["violations"]]
    return faults + [text for text in complaints if "404" not in text]
