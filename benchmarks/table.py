"""Measures the paper table at 10,000 papers with 30,000 reviews: CPU of the server, what Chromium spends until it can be used."""

import os
import sys
import threading
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": "", "SYNTAGEN_LOG_LEVEL": "ERROR"}
os.environ |= {"SYNTAGEN_JOBS_IN_WEB": "no", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
SLUG, SIZE, TIMES = "table26", 10_000, 5
MANY = (
    *("number", "title", "track", "reviews", "scores", "mean", "spread", "confidence"),
    *("handlers", "recommendations", "discussion", "decision", "presentation", "award", "letters"),
)
PAGES = {
    "by number": "",
    "by mean": "?sort=-mean",
    "by spread, then mean": "?sort=-spread,-mean",
    "by confidence": "?sort=-confidence",
    "by title": "?sort=title",
    "by handler": "?sort=handlers",
    "by recommendations": "?sort=-recommendations",
    "by decision, then mean": "?sort=decision,-mean",
    "words searched": "?q=synthetic+captioned",
    "rating searched": "?q=rating%3E6+dec%3Anone&sort=-mean",
    "grouped by decision, by mean": "?group=decision&sort=-mean",
    "grouped by handler, by mean": "?group=handler&sort=-mean",
    "page 100, by mean": "?sort=-mean&page=100",
    "15 columns": f"?columns={','.join(MANY)}",
    "pictures of all": "figures/",
    "pictures of 3,333": "figures/?q=track:short",
    "export as CSV": "export/?format=csv",
    "export as JSON": "export/?format=json",
    "export as XLSX": "export/?format=xlsx",
}
# Row 1 painted: two frames after it stands in the page; usable: j has moved the cursor.
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def measure_server(client: Any) -> None:
    """Print a line for each page: median and greatest CPU, queries, size."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print("| what | CPU ms, median of 5 | greatest | queries | KB |\n|---|--:|--:|--:|--:|")
    for name, page in PAGES.items():
        spent = []
        for _ in range(TIMES):
            begun = time.process_time()
            size = read_size(client.get(f"/w/{SLUG}/papers/{page}"), name)
            spent.append((time.process_time() - begun) * 1000)
        with CaptureQueriesContext(connection) as queries:
            read_size(client.get(f"/w/{SLUG}/papers/{page}"), name)
        print(f"| {name} | {sorted(spent)[TIMES // 2]:.0f} | {max(spent):.0f} | {len(queries)} | {size // 1024} |")


def read_size(response: Any, name: str) -> int:
    """Return how long the answer is, read to its end."""
    assert response.status_code == 200, name
    return len(response.getvalue() if response.streaming else response.content)


class Threaded(ThreadingMixIn, WSGIServer):
    """Serves requests side by side, as browsers send them."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Serves without a line for each request."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def measure_browser(session: str) -> None:
    """Print a line for each page: from navigation until row 1 is painted, until j works; how long its main thread was busy; nodes."""
    from django.core.wsgi import get_wsgi_application
    from playwright.sync_api import sync_playwright

    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threaded, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    print("\n| in Chromium | row 1 painted, ms | j works, ms | main thread busy, ms | nodes | rows |\n|---|--:|--:|--:|--:|--:|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        context.new_page().goto(f"{url}/w/{SLUG}/papers/")  # fills the cache with styles and scripts
        for name in ("by number", "by mean", "grouped by decision, by mean", "15 columns"):
            runs = [measure_page(context, f"{url}/w/{SLUG}/papers/{PAGES[name]}") for _ in range(TIMES)]
            middle = [sorted(column)[TIMES // 2] for column in zip(*runs, strict=True)]
            print(f"| {name} | {' | '.join(f'{figure:,.0f}' for figure in middle)} |")
        long = measure_scrolling(context, f"{url}/w/{SLUG}/papers/?sort=-mean")
        print(f"| by mean, scrolled to row 1,000 | | | {long[0]:,.0f} | {long[1]:,} | {long[2]:,} |")
        browser.close()
    server.shutdown()


def measure_page(context: Any, address: str) -> tuple[float, ...]:
    """Return when row 1 was painted, when j had moved the cursor, how long the main thread was busy, nodes, rows."""
    page, session = open_page(context)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("[data-keys-row]")
    painted = page.evaluate(PAINTED)
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press("j")
    page.wait_for_selector("[data-keys-row].is-cursor")
    usable = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    return painted, usable, *count_cost(page, session)


def measure_scrolling(context: Any, address: str) -> tuple[float, ...]:
    """Return CPU, nodes and rows once ten pages have come by scrolling."""
    page, session = open_page(context)
    page.goto(address)
    while page.locator("[data-keys-row]").count() < 1000:
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
    page.wait_for_load_state("networkidle")
    return count_cost(page, session)


def open_page(context: Any) -> tuple[Any, Any]:
    """Return a page with a session that counts what it costs from the start."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    return page, session


def count_cost(page: Any, session: Any) -> tuple[float, ...]:
    """Return how long the main thread of the page was busy in milliseconds, its nodes, its rows; close it."""
    figures = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    nodes, rows = page.evaluate("[document.querySelectorAll('*').length, document.querySelectorAll('[data-keys-row]').length]")
    page.close()
    return figures["TaskDuration"] * 1000, nodes, rows


def main() -> None:
    """Measure in a data folder of its own: the server, the browser, or both."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        from django.test import Client

        from benchmarks.large_desk import fill_desk

        _, owner = fill_desk(SLUG, SIZE)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(owner)
        wanted = sys.argv[1:] or ["server", "browser"]
        if "server" in wanted:
            measure_server(client)
        if "browser" in wanted:
            measure_browser(client.cookies["sessionid"].value)


if __name__ == "__main__":
    main()
