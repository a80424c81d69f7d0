"""Measures the conflicts and the editor's draft of a conference of three days, twenty rooms and 1,400 items."""

import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ |= {"DJANGO_SETTINGS_MODULE": "syntagen.settings", "SYNTAGEN_LOG_LEVEL": "ERROR"}
DAYS, ROOMS, BLOCKS, TALKS, AUTHORS = 3, 20, 5, 4, 4  # 300 sessions with 1,200 talks
TIMES = 9
NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)


def clock(act: Callable[[], object]) -> float:
    """Return the median of the milliseconds of processor time that the act takes."""
    spent = []
    for _ in range(TIMES):
        begun = time.process_time()
        act()
        spent.append((time.process_time() - begun) * 1000)
    return sorted(spent)[TIMES // 2]


def fill() -> object:
    """Make the workshop: rooms and days, sessions, papers with their authors, slots."""
    from papers.models import Author, Decision, Paper, PresentationKind, Series, Workshop
    from program.models import Day, Person, Room, Session, SessionPart, Slot

    series = Series.objects.create(slug="large", name="Large")
    workshop = Workshop.objects.create(slug="large", series=series, name="Large", short_name="Large", year=2026, zone="America/Los_Angeles")
    oral = PresentationKind.objects.create(workshop=workshop, position=1, slug="oral", name="Oral")
    rooms = [Room.objects.create(workshop=workshop, name=f"Room {number}", position=number) for number in range(ROOMS)]
    people = [Person.objects.create(workshop=workshop, name=f"Chair {number}", zone="Asia/Tokyo", attends="remote") for number in range(60)]
    papers: list[Paper] = []
    slots: list[Slot] = []
    position = 0
    for day in range(DAYS):
        start = NINE + dt.timedelta(days=day)
        Day.objects.create(workshop=workshop, on=start.date(), starts_at=start, ends_at=start + dt.timedelta(hours=10))
        for block in range(BLOCKS):
            for number, room in enumerate(rooms):
                position += 1
                at = start + dt.timedelta(minutes=90 * block)
                values = {"kind": "oral", "title": f"Orals {position}", "is_parallel": True, "starts_at": at, "minutes": 60, "room": room}
                session = Session.objects.create(workshop=workshop, uid=f"session-{position}", position=position, **values)
                SessionPart.objects.create(session=session, person=people[(number + 20 * block) % 60], kind="chair")
                for place in range(TALKS):
                    paper = Paper(workshop=workshop, number=len(papers) + 1, title=f"Counting {len(papers)} things in a row")
                    papers.append(paper)
                    slots.append(Slot(session=session, paper=paper, position=place, minutes=15))
    Paper.objects.bulk_create(papers)
    Slot.objects.bulk_create(slots)
    Decision.objects.bulk_create(
        Decision(paper=paper, outcome="accept", presentation=oral, decided_at=NINE, released_at=NINE) for paper in papers
    )
    Author.objects.bulk_create(
        Author(
            paper=paper,
            position=place,
            name=f"Author {(index * 3 + place * 401) % 2900}",
        )
        for index, paper in enumerate(papers)
        for place in range(AUTHORS)
    )
    return workshop


def measure() -> None:
    """Print a line for each thing that an editor waits for."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from papers.models import Workshop
    from program.conflicts import find_conflicts
    from program.draft_values import list_draft_sessions, make_frame, read_facts
    from program.drafts import describe_draft
    from program.moves import parse_moves
    from program.schedule_papers import see_all
    from program.scheduling import apply_moves, try_moves

    workshop = fill()
    assert isinstance(workshop, Workshop)
    sight = see_all(workshop)
    facts = read_facts(sight)
    sessions, frame = list_draft_sessions(facts), make_frame(facts)
    found = find_conflicts(sessions, frame=frame)
    items = len(sessions) + sum(len(session.slots) for session in sessions)
    print(f"| items | {items:,} |\n| conflicts | {len(found):,} |")
    print(f"| find_conflicts, CPU ms | {clock(lambda: find_conflicts(sessions, frame=frame)):.0f} |")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told = describe_draft(sight)
    print(f"| describe_draft, queries | {len(queries)} |\n| describe_draft, JSON kB | {len(json.dumps(told)) // 1000:,} |")
    print(f"| describe_draft, CPU ms | {clock(lambda: describe_draft(sight)):.0f} |")
    moves = parse_moves([{"move": "shift", "session": "session-1", "minutes": 5, "scope": "day"}], zone=workshop.zone)
    print(f"| try_moves (shift 100 sessions), CPU ms | {clock(lambda: try_moves(workshop, moves, by=None)):.0f} |")
    print(f"| apply_moves (shift 100 sessions), CPU ms | {clock(lambda: apply_moves(workshop, moves, by=None)):.0f} |")
    one = parse_moves([{"move": "shift", "session": "session-300", "minutes": 1, "scope": "room"}], zone=workshop.zone)
    print(f"| apply_moves (one session), CPU ms | {clock(lambda: apply_moves(workshop, one, by=None)):.0f} |")


if __name__ == "__main__":
    from benchmarks.data_folder import open_data_folder

    with open_data_folder():
        measure()
