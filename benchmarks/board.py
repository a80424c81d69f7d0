"""Measures the board and the hand-over where every paper is accepted: CPU of the server, queries, bytes."""

import argparse
import datetime as dt
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": "", "SYNTAGEN_LOG_LEVEL": "ERROR"}
PAGES = {
    "board": "camera-ready/",
    "board, overdue": "camera-ready/?state=overdue",
    "board, searched": "camera-ready/?q=owes%3Aform",
    "board as CSV": "camera-ready/export?format=csv",
    "hand-over": "hand-over/",
}
AUTHORS = ("Ada Author", "Cy Counter", "Di Dee", "Ed Exact")
TIMES, MOST_HANDED_OVER = 5, 1000


def prepare(size: int) -> Any:
    """Make a workshop of `size` accepted papers, two of three files here, half of them approved; return a signed-in client."""
    from django.test import Client

    from tests.factories import join_workshop, make_user, make_workshop
    from tests.papers.handed_in import ask

    workshop, owner = make_workshop(f"board{size}"), make_user(f"owner@board{size}.example")
    join_workshop(owner, workshop)
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    ask(workshop, "paper", due_at=due)
    ask(workshop, "form", due_at=due, is_for_proceedings=True)
    ask(workshop, "supplement", due_at=due, is_optional=True)
    ask(workshop, "poster", due_at=due)
    fill(workshop, size, now=due - dt.timedelta(days=2))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(owner)
    return client


def fill(workshop: Any, size: int, *, now: dt.datetime) -> None:
    """Write papers, what came of them, what was found in it, what was said to it."""
    from papers.metadata import digest_metadata
    from papers.models import Author, Decision, FileFinding, FileVerdict, FileVersion, MetadataConfirmation, Paper, StoredFile

    tracks = list(workshop.tracks.all())
    start = now - dt.timedelta(days=6)
    made = Paper.objects.bulk_create(
        Paper(
            workshop=workshop,
            number=number,
            note_id=f"note{number}",
            title=f"Invented: counted paper {number}, told at the length that titles have",
            abstract="Told. " * 200,
            track=tracks[number % 3 == 0],
            wants_proceedings=number % 4 > 0,
        )
        for number in range(1, size + 1)
    )
    Decision.objects.bulk_create(Decision(paper=paper, outcome="accept", decided_at=start, released_at=start) for paper in made)
    Author.objects.bulk_create(Author(paper=paper, position=place, name=name) for paper in made for place, name in enumerate(AUTHORS, 1))
    arrived = [(paper, kind) for paper in made for kind in ("paper", "form", "poster") if paper.pk % 3 or kind == "paper"]
    contents = StoredFile.objects.bulk_create(
        StoredFile(sha256=f"{key:064x}", path=f"invented/{key}", size=1000, media_type="application/pdf", touched_at=now)
        for key in range(workshop.pk * 1_000_000, workshop.pk * 1_000_000 + len(arrived))
    )
    versions = FileVersion.objects.bulk_create(
        FileVersion(
            paper=paper,
            kind=kind,
            number=1,
            file=content,
            at=start + dt.timedelta(minutes=paper.pk * 7919 % 8000),
            checked_at=now,
            facts={"fonts": ["Invented"] * 40, "pages": 8},
        )
        for (paper, kind), content in zip(arrived, contents, strict=True)
    )
    FileVerdict.objects.bulk_create(FileVerdict(version=one, is_approved=True, at=now) for one in versions[::2])
    FileFinding.objects.bulk_create(
        FileFinding(version=one, position=0, code="type3_font", severity="warn", sentence="Found.") for one in versions[::5]
    )
    held = Paper.objects.for_merge([paper.pk for paper in made[::2]])
    MetadataConfirmation.objects.bulk_create(
        MetadataConfirmation(paper=paper, digest=digest_metadata(paper), at=now) for paper in held.values()
    )


def measure(size: int) -> None:
    """Print a line for each page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = prepare(size)
    for name, page in PAGES.items():
        if name == "hand-over" and size > MOST_HANDED_OVER:
            continue  # it lists every paper with what it waits for; no workshop hands so many over
        address, spent = f"/w/board{size}/{page}", []
        for _ in range(TIMES):
            begun = time.process_time()
            length = read_length(client, address)
            spent.append(time.process_time() - begun)
        with CaptureQueriesContext(connection) as queries:
            read_length(client, address)
        print(f"| {size:,} | {name} | {sorted(spent)[TIMES // 2] * 1000:,.0f} | {len(queries)} | {length // 1024:,} |", flush=True)


def read_length(client: Any, address: str) -> int:
    """Take an answer to its end; return its length."""
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}.")
    return len(response.getvalue() if response.streaming else response.content)


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[100, 1000, 10_000])
    sizes = parser.parse_args().papers
    with open_data_folder():
        print("| accepted papers | page | CPU ms, median of 5 | queries | KB |\n|--:|---|--:|--:|--:|")
        for size in sizes:
            measure(size)


if __name__ == "__main__":
    main()
