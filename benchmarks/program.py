"""Measures the public program page and the live page at 14, 140 and 1,400 papers: CPU of the server, queries, bytes."""

import datetime as dt
import gzip
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "DATABASE_URL": "", "SYNTAGEN_LOG_LEVEL": "ERROR"}
SIZES, TIMES, PER_SESSION, ROOMS = (14, 140, 1400), 7, 14, 20
PAGES = ("p/{slug}/program/", "p/{slug}/program/?q=number 7", "p/{slug}/program/?zone=Asia/Tokyo", "w/{slug}/schedule/live/")


def prepare(size: int) -> tuple[object, str]:
    """Publish an invented program of `size` papers, 14 in a session, on three days; return a signed-in client and the slug."""
    from django.test import Client

    from papers.models import Author, Decision, Paper
    from program.models import Room, Session, Slot
    from program.schedules import release_schedule
    from tests.factories import join_workshop, make_user, make_workshop

    workshop, user = make_workshop(f"program{size}"), make_user()
    join_workshop(user, workshop)
    track, poster, now = workshop.tracks.get(slug="full"), workshop.presentation_kinds.get(slug="poster"), dt.datetime.now(dt.UTC)
    papers = Paper.objects.bulk_create(
        Paper(workshop=workshop, track=track, number=number, note_id=f"n{size}-{number}", title=f"A paper on counting, number {number}")
        for number in range(size)
    )
    Author.objects.bulk_create(
        Author(paper=paper, position=place, name=f"Given{place} Family{paper.number}") for paper in papers for place in range(1, 6)
    )
    Decision.objects.bulk_create(
        Decision(paper=paper, outcome="accept", presentation=poster, decided_at=now, released_at=now) for paper in papers
    )
    rooms = Room.objects.bulk_create(
        Room(workshop=workshop, name=f"Room {place}", position=place, uid=f"room{place}") for place in range(ROOMS)
    )
    for place in range(size // PER_SESSION):
        starts_at = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=2 * (place // ROOMS))
        fields = {"kind": "oral", "title": f"Session {place}", "starts_at": starts_at, "minutes": 112, "is_parallel": True}
        session = Session.objects.create(workshop=workshop, position=place, uid=f"s{place}", room=rooms[place % ROOMS], **fields)
        held = papers[place * PER_SESSION : (place + 1) * PER_SESSION]
        Slot.objects.bulk_create(Slot(session=session, paper=paper, position=at, minutes=8) for at, paper in enumerate(held, start=1))
    release_schedule(workshop, by=user)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client, workshop.slug


def measure(size: int) -> None:
    """Print a line for each page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, slug = prepare(size)
    for page in PAGES:
        spent = []
        for _ in range(TIMES):
            begun = time.process_time()
            response = client.get(f"/{page.format(slug=slug)}")  # type: ignore[attr-defined]
            spent.append(time.process_time() - begun)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/{page.format(slug=slug)}")  # type: ignore[attr-defined]
        assert response.status_code == 200, page
        median, sizes = sorted(spent)[TIMES // 2] * 1000, (len(response.content) // 1024, len(gzip.compress(response.content, 6)) // 1024)
        print(f"| {size:,} | `{page.format(slug='…')}` | {median:.0f} | {len(queries)} | {sizes[0]} | {sizes[1]} |")


def main() -> None:
    """Measure in a data folder of its own."""
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        print("| papers | page | CPU ms, median of 7 | queries | KB | KB gzipped |\n|--:|---|--:|--:|--:|--:|")
        for size in SIZES:
            measure(size)


if __name__ == "__main__":
    main()
