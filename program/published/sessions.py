"""The rows of a version as the sessions that the world sees."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from papers.listings import ListedPaper
from papers.zones import find_zone
from program.listings import ListedPerson, ListedSession, ListedSlot
from program.listings.wording import INVITED_TALK, SPEAKER
from program.moves.board_rules import name_board
from program.moves.rows import BoardsRow, RoomRow, Row, SessionRow, SlotRow, read_row

FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class LiveFacts:
    """What is true now of papers and people that rows name by their keys; who or what is not here is not shown.

    `arrived` are papers by every name that a workshop file may give them, `key` the workshop's own.
    """

    key: int
    zone: str
    papers: Mapping[int, ListedPaper]
    people: Mapping[int, ListedPerson]
    arrived: Mapping[str, int] = field(default_factory=dict)


def read_rows(written: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Return the rows that a version holds."""
    return tuple(read_row(row["row"], row) for row in written)


def list_sessions(rows: Sequence[Row], facts: LiveFacts) -> tuple[ListedSession, ...]:
    """Return the sessions in program order, with the papers that the world may see and the people who are still there."""
    rows = settle_awaited(rows, facts)
    rooms = {row.uid: row.name for row in rows if isinstance(row, RoomRow)}
    boards = [row for row in rows if isinstance(row, BoardsRow)]
    sessions, number = [], 0
    for session, slots in order_rows(rows):
        number += session.kind == INVITED_TALK
        held = _list_slots(session, slots, boards, facts)
        talk_number = number if session.kind == INVITED_TALK else None
        sessions.append(_list_session(session, rooms.get(session.room, ""), talk_number, held, facts))
    return tuple(sessions)


def make_slot_key(workshop: int, session: str, name: str, taken: set[str]) -> str:
    """Return the same key for the slot of an awaited paper at every reading; it joins those that are taken."""
    told = f"{workshop} {session} {name}"
    keys = (hashlib.sha256(f"{told} {number}".encode()).hexdigest()[:10] for number in count())
    key = next(key for key in keys if key not in taken)
    taken.add(key)
    return key


def settle_awaited(rows: Iterable[Row], facts: LiveFacts) -> list[Row]:
    """Return rows in which awaited papers that are here by now have their slots, as `place_pending_papers` makes them."""
    rows = list(rows)
    taken = {row.uid for row in rows if isinstance(row, SlotRow)}
    papers = {(row.session, row.paper) for row in rows if isinstance(row, SlotRow)}
    boards = {(row.session, row.board) for row in rows if isinstance(row, SlotRow)}
    settled: list[Row] = []
    for row in rows:
        if isinstance(row, SessionRow) and row.awaited:
            arrived = []
            for one in row.awaited:
                paper = facts.arrived.get(one.paper)
                if paper is not None and (row.uid, paper) not in papers:
                    papers.add((row.uid, paper))
                    arrived.append(one)
                    uid = make_slot_key(facts.key, row.uid, one.paper, taken)
                    board = None if (row.uid, one.board) in boards else one.board
                    boards.add((row.uid, board))
                    told = {name: getattr(one, name) for name in ("position", "minutes", "question_minutes", "is_pinned")}
                    settled.append(SlotRow(uid=uid, session=row.uid, paper=paper, board=board, reference=one.paper, **told))
            settled.append(replace(row, awaited=tuple(one for one in row.awaited if one not in arrived)))
        else:
            settled.append(row)
    return settled


def order_rows(rows: Iterable[Row]) -> list[tuple[SessionRow, list[SlotRow]]]:
    """Return the sessions in program order, those without a start last, each with its slots in order."""
    slots: dict[str, list[SlotRow]] = {}
    sessions = []
    for row in rows:
        if isinstance(row, SlotRow):
            slots.setdefault(row.session, []).append(row)
        elif isinstance(row, SessionRow):
            sessions.append(row)
    ordered = sorted(sessions, key=lambda session: (session.starts_at or FAR, session.position, session.uid))
    return [(one, sorted(slots.get(one.uid, ()), key=lambda slot: (slot.position, slot.uid))) for one in ordered]


def _list_slots(session: SessionRow, slots: Iterable[SlotRow], boards: Sequence[BoardsRow], facts: LiveFacts) -> tuple[ListedSlot, ...]:
    """Return what the world may see of a session's slots, each with its start as long as all before it have minutes."""
    zone = find_zone(facts.zone)
    held: list[ListedSlot] = []
    at = session.starts_at
    for slot in slots:
        starts_at = at.astimezone(zone) if at is not None and slot.minutes is not None else None
        at = at + dt.timedelta(minutes=slot.minutes) if at is not None and slot.minutes is not None else None
        if slot.paper is not None and slot.paper not in facts.papers:
            continue
        person = facts.people.get(slot.person or 0)
        held.append(
            ListedSlot(
                uid=slot.uid,
                kind=slot.kind,
                title=slot.title,
                paper=facts.papers.get(slot.paper or 0),
                paper_key=slot.paper,
                person=replace(person, kind=SPEAKER) if person else None,
                starts_at=starts_at,
                minutes=slot.minutes,
                question_minutes=slot.question_minutes,
                board="" if slot.board is None else name_board(boards, slot.board),
            )
        )
    return tuple(held)


def _list_session(session: SessionRow, room: str, number: int | None, held: tuple[ListedSlot, ...], facts: LiveFacts) -> ListedSession:
    people = tuple(replace(facts.people[part.person], kind=part.part) for part in session.people if part.person in facts.people)
    titles = [person.talk_title for person in people if person.kind == SPEAKER and session.kind == INVITED_TALK]
    return ListedSession(
        uid=session.uid,
        kind=session.kind,
        label=session.label,
        title=session.title or (titles[0] if len(titles) == 1 else ""),
        starts_at=session.starts_at.astimezone(find_zone(facts.zone)) if session.starts_at else None,
        minutes=session.minutes,
        room=room,
        link=session.link,
        is_parallel=session.is_parallel,
        number=number,
        people=people,
        papers=tuple(slot.paper for slot in held if slot.paper is not None),
        is_streamed=session.is_streamed,
        held=held,
    )
