"""Measures the editor of a schedule in Chromium at three days, twenty rooms and 1,400 items: first paint, drag frames, an act."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": "", "SYNTAGEN_LOG_LEVEL": "ERROR"}
os.environ |= {"SYNTAGEN_JOBS_IN_WEB": "no", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
TIMES, FRAMES = 3, 60
# Frames are counted from one to the next, long tasks as the browser calls them: 50 ms and more on the main thread.
WATCH = """() => {
  window.watched = { frames: [], tasks: [] };
  new PerformanceObserver((list) => window.watched.tasks.push(...list.getEntries())).observe({ type: "longtask" });
  let last = performance.now();
  const frame = (now) => {
    window.watched.frames.push(now - last);
    last = now;
    if (window.watched) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}"""
PAINTED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def measure(address: str, session: str) -> None:
    """Print a line for each figure, the median of three runs; the longest frame is the longest of all runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(120_000)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        open_editor(context, address).close()  # fills the cache with styles and scripts
        painted, drags, edits = [], [], []
        for _ in range(TIMES):
            page = open_editor(context, address)
            painted.append(page.evaluate(PAINTED))
            nodes = page.evaluate("document.querySelectorAll('*').length")
            drags.append(drag(page, context.new_cdp_session(page)))
            edits.append(act(page))
            page.close()
        browser.close()
    busy, median, longest, tasks = zip(*drags, strict=True)
    print(f"| what | figure |\n|---|--:|\n| nodes of the page | {nodes:,} |")
    print(f"| draft painted, ms after navigation | {middle(painted):,.0f} |")
    print(f"| drag: main thread busy for a frame, ms | {middle(busy):.1f} |")
    print(f"| drag: frame to frame, median ms | {middle(median):.1f} |")
    print(f"| drag: longest frame of {TIMES * FRAMES}, ms | {max(longest):.1f} |")
    print(f"| drag: long tasks (50 ms and more) | {sum(tasks)} |")
    print(f"| an act by key until it is kept and told, ms | {middle(edits):,.0f} |")


def middle(figures: Any) -> float:
    """Return the median."""
    return float(sorted(figures)[len(figures) // 2])


def open_editor(context: Any, address: str) -> Any:
    """Return the editor with its first day drawn."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".block")
    return page


def drag(page: Any, session: Any) -> tuple[float, float, float, int]:
    """Carry a session over the day; return how busy a frame is, the median and the longest frame, long tasks."""
    page.wait_for_selector("[data-ready]")
    page.wait_for_timeout(500)
    session.send("Performance.enable")
    box = page.locator(".block-head").first.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.wait_for_timeout(400)
    before = read_busy(session)
    page.evaluate(WATCH)
    for step in range(FRAMES):
        page.mouse.move(box["x"] + 40 + step * 9, box["y"] + 20 + step * 5)
    frames, tasks = page.evaluate("() => { const { frames, tasks } = window.watched; return [frames.slice(1), tasks]; }")
    busy = (read_busy(session) - before) / max(len(frames), 1)
    page.keyboard.press("Escape")
    page.mouse.up()
    return busy, middle(frames), max(frames), len(tasks)


def read_busy(session: Any) -> float:
    """Return how long the main thread was busy so far, in milliseconds."""
    figures = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return float(figures["TaskDuration"]) * 1000


def act(page: Any) -> float:
    """Make a session longer by its key; return how long it takes until the editor says that it is kept."""
    page.locator(".block-head").first.focus()
    begun = page.evaluate("performance.now()")
    page.keyboard.press("+")
    page.wait_for_selector("[data-told=done]")
    return float(page.evaluate("performance.now()") - begun)


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        from wsgiref.simple_server import make_server

        from django.core.wsgi import get_wsgi_application
        from django.test import Client

        from benchmarks.conflicts import fill
        from benchmarks.table import Silent, Threaded
        from papers.models import Membership, User, Workshop

        workshop = fill()
        assert isinstance(workshop, Workshop)
        olga = User.objects.create_user(email="olga@example.org")
        Membership.objects.create(user=olga, workshop=workshop, role="organizer")
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(olga)
        server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threaded, handler_class=Silent)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        measure(f"http://127.0.0.1:{server.server_port}/w/large/schedule/", client.cookies["sessionid"].value)
        server.shutdown()


if __name__ == "__main__":
    main()
