"""Measures the last minute before a deadline: many authors upload at once, organizers browse, the web process is killed."""

import argparse
import hashlib
import io
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SLUG = "storm26"
TRIES = 60


@dataclass(frozen=True)
class Author:
    """One author with their session and what they hand in."""

    paper: int
    session: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--authors", type=int, default=300)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--megabytes", type=float, default=1.5)
    parser.add_argument("--kills", type=int, default=2)
    return parser.parse_args()


def make_pdf(title: str, seed: int, megabytes: float) -> bytes:
    """Return a sound paper with this title and as many bytes that no page shows."""
    import pikepdf

    from tests.papers.pdf_checks.paper_writer import make_paper

    pdf, stream = make_paper(title=title).build(), io.BytesIO()
    pdf.Root.Filler = pdf.make_stream(random.Random(seed).randbytes(int(megabytes * 1e6)))
    pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return stream.getvalue()


def build(arguments: argparse.Namespace) -> tuple[list[Author], str]:
    """Make the workshop; return its authors and an organizer's session."""
    from django.core.management import call_command
    from django.test import Client

    from tests.factories import join_workshop, make_user, make_workshop
    from tests.papers.handed_in import ask, make_owing_paper
    from tests.papers.pdf_checks.paper_writer import AUTHORS

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    workshop = make_workshop(SLUG)
    ask(workshop, due_at=None)

    def sign_in(user: Any) -> str:
        client = Client()
        client.force_login(user)
        return client.cookies["sessionid"].value

    organizer = make_user("olga@example.org")
    join_workshop(organizer, workshop)
    authors = []
    for number in range(1, arguments.authors + 1):
        user, title = make_user(), f"Counted Masks Number {number} of a Storm"
        paper = make_owing_paper(workshop, user, by=organizer, number=number, title=title, authors=AUTHORS)
        authors.append(Author(paper.pk, sign_in(user), make_pdf(title, number, arguments.megabytes)))
    return authors, sign_in(organizer)


def insist(ask: Any, *statuses: int) -> requests.Response:
    """Ask until one of these answers comes, as the page's own script does."""
    for attempt in range(TRIES):
        with suppress(requests.RequestException):
            response: requests.Response = ask()
            if response.status_code in statuses:
                return response
        time.sleep(min(0.2 * 1.3**attempt, 3))
    raise RuntimeError("The server never answered.")


def hand_in(url: str, author: Author) -> float:
    """Upload in pieces; return the seconds from the button to the end."""
    client = requests.Session()
    client.cookies.set("sessionid", author.session)
    page = f"{url}/w/{SLUG}/me/papers/{author.paper}/files/"
    insist(lambda: client.get(page, timeout=30), 200)
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
    begun = time.monotonic()
    start = f"{url}/w/{SLUG}/papers/{author.paper}/files/paper/start"
    given = {"name": f"paper{author.paper}.pdf", "size": str(len(author.content)), "sha256": author.digest}
    state = insist(lambda: client.post(start, given, timeout=30), 201).json()
    while state["offset"] < state["size"]:
        piece = author.content[state["offset"] : state["offset"] + state["chunk_bytes"]]
        address = f"{url}{state['address']}?offset={state['offset']}"
        state = insist(lambda address=address, piece=piece: client.put(address, piece, timeout=30), 200).json()
    # 404: the answer to the one before was lost with its process, the file was kept
    insist(lambda: client.post(url + state["finish"], timeout=30), 200, 404)
    return time.monotonic() - begun


def browse(url: str, session: str, stopped: threading.Event, seconds: list[float]) -> None:
    """Look at the board again and again; note how long each answer took."""
    client = requests.Session()
    client.cookies.set("sessionid", session)
    while not stopped.wait(0.5):
        begun = time.monotonic()
        with suppress(requests.RequestException):
            client.get(f"{url}/w/{SLUG}/camera-ready/", timeout=30)
            seconds.append(time.monotonic() - begun)


def kill_worker(master: int) -> None:
    """Kill gunicorn's worker, with all requests and the job in it; its master starts another."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def tell(name: str, seconds: list[float]) -> None:
    ordered = sorted(seconds)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    print(f"{name}: {len(ordered)}, seconds median {statistics.median(ordered):.2f}, p95 {p95:.2f}, max {ordered[-1]:.2f}")


def judge(authors: list[Author], begun: float) -> None:
    """Wait for the checks; say what is lost, mixed up, or found."""
    from papers.models import FileFinding, FileVersion

    while FileVersion.objects.filter(checked_at__isnull=True).exists():
        time.sleep(1)
    print(f"all checked {time.monotonic() - begun:.0f} s after the first upload")
    kept = {version.paper_id: version.file.sha256 for version in FileVersion.objects.select_related("file") if version.file}
    wrong = [author.paper for author in authors if kept.get(author.paper) != author.digest]
    print(f"versions {FileVersion.objects.count()}, lost or mixed up {len(wrong)}, findings {FileFinding.objects.count()}")


def storm(url: str, master: int, authors: list[Author], session: str, arguments: argparse.Namespace) -> None:
    seconds: list[float] = []
    stopped, begun = threading.Event(), time.monotonic()
    watcher = threading.Thread(target=browse, args=(url, session, stopped, seconds))
    watcher.start()
    with ThreadPoolExecutor(arguments.connections) as pool:
        uploads = [pool.submit(hand_in, url, author) for author in authors]
        for number in range(1, arguments.kills + 1):
            while sum(upload.done() for upload in uploads) < number * len(authors) / (arguments.kills + 1):
                time.sleep(0.05)
            kill_worker(master)
        taken = [upload.result() for upload in uploads]
    print(f"{len(taken)} files of {arguments.megabytes} MB in {time.monotonic() - begun:.0f} s, {arguments.kills} kills")
    tell("uploads", taken)
    stopped.set()
    watcher.join()
    tell("the board meanwhile", seconds)
    judge(authors, begun)


def main() -> None:
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "syntagen.settings",
            "SYNTAGEN_DATA_DIR": folder,
            "SYNTAGEN_LOG_LEVEL": "ERROR",
            "SYNTAGEN_JOB_SILENT_SECONDS": "12",
            "PORT": str(port),
            "NO_PROXY": "127.0.0.1",
        }
        import django

        django.setup()
        authors, session = build(arguments)
        free.close()
        with subprocess.Popen([sys.executable, "-m", "gunicorn", "syntagen.wsgi"], cwd=ROOT, env=dict(os.environ)) as server:
            try:
                storm(f"http://127.0.0.1:{port}", server.pid, authors, session, arguments)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
