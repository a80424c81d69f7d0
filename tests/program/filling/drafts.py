"""Workshops whose schedule is to be filled."""

import datetime as dt
from typing import Any

from papers.models import Paper, User, Workshop
from program.models import BoardRange, Day, FillRun, Room, Session
from program.moves import parse_moves
from program.scheduling import apply_moves
from tests.factories import accept, join_workshop, make_paper, make_user, make_workshop

NINE = dt.datetime(2026, 6, 17, 16, tzinfo=dt.UTC)  # nine in Los Angeles


def make_conference(*, orals: int = 4, posters: int = 3, minutes: int = 30) -> Workshop:
    """Return a workshop with a day, two rooms, two oral sessions after each other and one beside, a poster session, papers."""
    workshop = make_workshop("things", zone="America/Los_Angeles")
    Day.objects.create(workshop=workshop, uid="day", on=NINE.date(), starts_at=NINE, ends_at=NINE + dt.timedelta(hours=8))
    for number, name in enumerate(("Hall", "Annex"), start=1):
        Room.objects.create(workshop=workshop, uid=name.lower(), name=name, position=number, capacity=100 // number)
    for position, (uid, start, room) in enumerate((("early", 0, "hall"), ("beside", 0, "annex"), ("late", 60, "hall")), start=1):
        add_session(workshop, uid, position=position, start=start, room=room, minutes=minutes)
    add_session(workshop, "posters", position=4, start=120, kind="poster", room="hall", minutes=60)
    BoardRange.objects.create(workshop=workshop, uid="boards", first=140, last=140 + max(posters, 1))
    for number in range(orals):
        add_paper(workshop, f"Oral {number}", "oral")
    for number in range(posters):
        add_paper(workshop, f"Poster {number}", "poster")
    return workshop


def add_session(workshop: Workshop, uid: str, *, position: int, start: int, room: str, minutes: int, kind: str = "oral") -> Session:
    """Add a session so many minutes after nine."""
    return Session.objects.create(
        workshop=workshop,
        uid=uid,
        position=position,
        kind=kind,
        title=uid.title(),
        starts_at=NINE + dt.timedelta(minutes=start),
        minutes=minutes,
        room=workshop.rooms.get(uid=room),
        is_parallel=uid == "beside",
    )


def add_paper(workshop: Workshop, title: str, presentation: str, *authors: str) -> Paper:
    """Add an accepted paper whose authors know."""
    paper = make_paper(workshop, title=title, number=workshop.papers.count() + 1, authors=authors or (f"{title} Author",))
    accept(paper, presentation, is_released=True)
    return paper


def make_olga(workshop: Workshop) -> User:
    """Return Olga, who organizes it."""
    olga = make_user("olga@example.org", name="Olga")
    join_workshop(olga, workshop)
    return olga


def play(workshop: Workshop, *moves: dict[str, Any]) -> None:
    """Do moves as the product itself."""
    apply_moves(workshop, parse_moves(list(moves), zone=workshop.zone), by=None)


def list_places(workshop: Workshop) -> dict[str, tuple[str, int, int | None]]:
    """Return session, place and minutes of each paper by title."""
    slots = workshop.sessions.values_list("slots__paper__title", "uid", "slots__position", "slots__minutes").exclude(slots__paper=None)
    return {title: (uid, position, minutes) for title, uid, position, minutes in slots}


def list_found(run: FillRun) -> list[tuple[int, str]]:
    """Return paper and session of each place that a run found."""
    assert run.found is not None
    return sorted((key, session) for key, session, _, _ in run.found["places"])
