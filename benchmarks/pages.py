"""Measures the organizers' pages at 1,000 and 10,000 papers: CPU of the server, queries, bytes."""

import contextlib
import io
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": "", "SYNTAGEN_LOG_LEVEL": "ERROR", "TQDM_DISABLE": "1"}
os.environ |= {"NO_PROXY": "127.0.0.1", "OPENREVIEW_USERNAME": "chair@syntagen.example", "OPENREVIEW_PASSWORD": "loopback-only"}
PAGES = ["papers/", "papers/?sort=-mean", "papers/?q=dec:accept", "papers/?q=title", "papers/?sort=title&page=7", "", "papers/{paper}/"]
TIMES = 5


def prepare(size: int) -> tuple[object, int]:
    """Import an invented workshop of `size` papers; return a signed-in client and a paper's key."""
    from django.core.management import call_command
    from django.test import Client

    from papers.models import Workshop
    from standin import Standin
    from standin.invented import VENUE, build_invented
    from tests.factories import join_workshop, make_user, make_workshop

    workshop = make_workshop(f"pages{size}", venue_id=VENUE)
    with Standin(build_invented(size), cached=True) as standin, contextlib.redirect_stderr(io.StringIO()):
        call_command("import_openreview", workshop.slug, base_url=standin.url, stdout=io.StringIO(), stderr=io.StringIO())
    Workshop.objects.filter(pk=workshop.pk).update(venue_id="")
    user = make_user()
    join_workshop(user, workshop)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client, workshop.papers.order_by("pk")[size // 2].pk


def measure(size: int) -> None:
    """Print a line for each page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, paper = prepare(size)
    for page in PAGES:
        address = f"/w/pages{size}/{page.replace('{paper}', str(paper))}"
        spent = []
        for _ in range(TIMES):
            begun = time.process_time()
            response = client.get(address)  # type: ignore[attr-defined]
            spent.append(time.process_time() - begun)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)  # type: ignore[attr-defined]
        assert response.status_code == 200, address
        median, size_kb = sorted(spent)[TIMES // 2] * 1000, len(response.content) // 1024
        print(f"| {size:,} | `{page or 'overview'}` | {median:.0f} | {len(queries)} | {size_kb} |")


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        print("| papers | page | CPU ms, median of 5 | queries | KB |\n|--:|---|--:|--:|--:|")
        for size in (1000, 10_000):
            measure(size)


if __name__ == "__main__":
    main()
