"""The two editions with their accepted papers, released as they were when they took place."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from papers.models import Author, Decision, Paper, Workshop
from program.pending_papers import place_pending_papers
from program.schedules import release_schedule
from program.workshop_files import load_workshop_file, parse_workshop_file

DATA = Path(__file__).parent / "data"
GOLDEN = DATA / "golden"
REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
RELEASED_AT = dt.datetime(2024, 4, 8, 6, 59, tzinfo=dt.UTC)


def publish_edition(name: str) -> Workshop:
    """Load `syntagen24` or `syntagen25` with its accepted papers; decisions and schedule are released."""
    settings = parse_workshop_file((Path("program/editions") / f"{name}.json").read_bytes())
    workshop = load_workshop_file(settings, by=None).workshop
    assert workshop is not None
    for number, row in enumerate(json.loads((DATA / "accepted_papers.json").read_text(encoding="utf-8"))[name], start=1):
        _accept_row(workshop, number, row)
    place_pending_papers(workshop)
    release_schedule(workshop, by=None)
    return workshop


def _accept_row(workshop: Workshop, number: int, row: dict[str, Any]) -> None:
    paper = Paper.objects.create(workshop=workshop, note_id=row["forum"], number=number, title=row["title"], track=workshop.tracks.first())
    Author.objects.bulk_create(Author(paper=paper, position=place, name=name) for place, name in enumerate(row["authors"], start=1))
    kind = workshop.presentation_kinds.get(slug=row["presentation"])
    Decision.objects.create(paper=paper, outcome="accept", presentation=kind, decided_at=RELEASED_AT, released_at=RELEASED_AT)


def read_reference(name: str) -> bytes | None:
    """Return what the real site had, where the reference folder is there."""
    path = REFERENCE / name
    return path.read_bytes() if path.is_file() else None
