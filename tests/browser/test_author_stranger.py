"""A stranger who tries every address of one author's week: nothing is told, nothing changes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.apps import apps
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from playwright.sync_api import Browser

from papers.views.author_urls import author_urls
from papers.views.camera_ready_urls import camera_ready_urls
from papers.views.personal_link_urls import personal_link_urls
from tests.access.asking import PASSING
from tests.browser.author_week import FACTS, SLUG, Asked, Week, spend_week
from tests.browser.pages import IN_BROWSER
from tests.factories import make_user

pytestmark = IN_BROWSER
TOKEN = re.compile(rb"(csrfmiddlewaretoken(?:=|\"\r\n\r\n))[A-Za-z0-9]{64}")
# Tables that every visit writes to.
OWN_TRACES = frozenset({"django_session"})
ABSENT = "no-such-workshop"


def test_stranger_learns_nothing_and_changes_nothing(browser: Browser, live_server: Any, tmp_path: Path) -> None:
    week = spend_week(browser, live_server.url, tmp_path, is_inspected=False)
    eve = make_user("eve@elsewhere.example", name="Eve Outsider")
    visitors = {"eve": Client(enforce_csrf_checks=True), "nobody": Client(enforce_csrf_checks=True)}
    visitors["eve"].force_login(eve)
    forms = {"eve": reverse("profile"), "nobody": reverse("account_login")}
    questions = list(list_questions(week))
    assert len({question.path for question in questions}) >= 60
    before, told = dump_database(), dict[str, list[str]]()
    for name, client in visitors.items():
        token = client.get(forms[name]).cookies["csrftoken"].value
        for question in questions:
            wrong = judge(name, question, client, token)
            if wrong:
                told[f"{name} {question.method} {question.path}"] = wrong
    assert told == {}
    assert dump_database() == before


def list_questions(week: Week) -> Iterator[Asked]:
    """Yield what was asked in the week, and each address of authors, files, links with all that may stand in it, read and written."""
    seen = set[tuple[str, str]]()
    for asked in [*week.asked, *(Asked(method, path, b"", "") for path in list_addresses(week) for method in ("GET", "POST"))]:
        if asked.body or (asked.method, asked.path) not in seen:
            seen.add((asked.method, asked.path))
            yield asked


def list_addresses(week: Week) -> list[str]:
    """Return the addresses of the urlconf, filled in with all keys of the week: each is 5 at most."""
    found = set[str]()
    for pattern in [*author_urls, *camera_ready_urls, *personal_link_urls]:
        assert isinstance(pattern, URLPattern)
        names = list(pattern.pattern.converters)
        for key in range(1, 6):
            values = {"slug": SLUG, "pk": key, "kind": "paper", "field": "authors", "token": week.token}
            found.add(reverse(str(pattern.name), kwargs={name: values[name] for name in names}))
    return sorted(found)


def put(client: Client, asked: Asked, token: str) -> Any:
    """Ask the same with a CSRF token of one's own that holds."""
    body = TOKEN.sub(rb"\g<1>" + token.encode(), asked.body)
    headers = {"X-CSRFToken": token, "Referer": "http://testserver/"}
    if asked.method == "GET":
        return client.get(asked.path, headers=headers)
    kind = asked.content_type or "application/x-www-form-urlencoded"
    return client.generic(asked.method, asked.path, body, content_type=kind, headers=headers)


def judge(name: str, asked: Asked, client: Client, token: str) -> list[str]:
    """Return what is wrong with an answer: another one than to what is not there, or a fact in it."""
    answer = put(client, asked, token)
    wrong = [] if is_refused(name, asked, answer) else [f"{answer.status_code} {answer.headers.get('Location', '')}"]
    if answer.status_code == 404 and settle(answer) != settle(put(client, replace(asked, path=asked.path.replace(SLUG, ABSENT)), token)):
        wrong.append("reads otherwise than what is not there")
    heard = " ".join([*map(str, answer.headers.items()), "a stream" if answer.streaming else answer.content.decode(errors="replace")])
    known = {"ada@week.example"} if asked.path.startswith("/accounts/") else set()  # the page repeats what was typed into it
    return wrong + [fact for fact in FACTS if fact.lower() in heard.lower() and fact not in known]


def is_refused(name: str, asked: Asked, answer: HttpResponse) -> bool:
    """Tell whether somebody was turned away as they should be."""
    path = asked.path.partition("?")[0]
    if path.startswith("/accounts/") or (name == "eve" and path == reverse("my-papers")):
        return answer.status_code in {200, 302, 405, 409, 429}
    if answer.status_code == 405:
        return not asked.body  # another way to ask than the page has
    if path.startswith("/links/"):
        return answer.status_code == 409  # used, which is said alike to everybody
    if name == "nobody":
        return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/?next=")
    return answer.status_code == 404


def settle(answer: HttpResponse) -> str:
    """Return a page without what differs between two that say the same."""
    text = answer.content.decode()
    for passing in PASSING:
        text = passing.sub("", text)
    return text


def dump_database() -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is kept, but for the traces that every visit leaves."""
    tables: Iterable[Any] = apps.get_models()
    return {
        model._meta.db_table: list(model._default_manager.order_by("pk").values_list())
        for model in tables
        if model._meta.db_table not in OWN_TRACES
    }
