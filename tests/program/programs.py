"""A published program as tests of pages need it, made by the stage functions."""

import datetime as dt
from typing import Any

from papers.models import Paper, User, Workshop
from program.models import Room, Session, Slot
from program.people import add_part
from program.schedules import release_schedule
from tests.factories import accept, make_paper
from tests.program.people import make_person

START = dt.datetime(2026, 6, 17, 16, 0, tzinfo=dt.UTC)  # 9:00 in Los Angeles


def add_session(workshop: Workshop, after: int, minutes: int | None = 30, *, room: Room | None = None, **fields: Any) -> Session:
    """Put a session some minutes after the start of the day."""
    position = workshop.sessions.count() + 1
    values = {"kind": "other", "title": f"Session {position}", "uid": f"s{position}", **fields}
    starts_at = START + dt.timedelta(minutes=after)
    return Session.objects.create(workshop=workshop, position=position, starts_at=starts_at, minutes=minutes, room=room, **values)


def add_paper(session: Session, minutes: int | None = None, *, uid: str = "", **fields: Any) -> Paper:
    """Put a released paper into a session."""
    paper = make_paper(session.workshop, **fields)
    accept(paper, is_released=True)
    position = session.slots.count() + 1
    uid = uid or f"{session.uid}-{position}"
    Slot.objects.create(session=session, paper=paper, position=position, minutes=minutes, uid=uid)
    return paper


def make_program(workshop: Workshop, by: User, sessions: int = 3) -> list[Session]:
    """Publish sessions of half an hour in one room, each with a speaker and a paper of 15 minutes."""
    room = Room.objects.create(workshop=workshop, name="Room 1", uid="room1")
    made = [add_session(workshop, 30 * number, room=room) for number in range(sessions)]
    for number, session in enumerate(made, start=1):
        add_part(make_person(workshop, by, f"Speaker{number} X"), session=session, kind="speaker", by=by)
        add_paper(session, 15, title=f"Paper of {session.title}", authors=(f"Author {number}",))
    release_schedule(workshop, by=by)
    return made
