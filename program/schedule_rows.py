"""A workshop's schedule between the database and the rows that moves change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from papers.models import Workshop
from papers.sight import Sight
from program.models import BoardRange, Day, Room, RoomClosure, Session, SessionPart, Slot
from program.moves.drafts import Draft, PlacedPaper
from program.moves.rows import Awaited, BoardsRow, Change, Closure, DayRow, Part, RoomRow, SessionRow, SlotRow
from program.pending_papers import list_arrived_slots, write_awaited
from program.schedule_papers import POSTER, ScheduledPaper, load_papers, see_all

DAY_FIELDS = ("uid", "on", "starts_at", "ends_at")
ROOM_FIELDS = ("uid", "position", "name", "capacity", "kinds", "link")
BOARD_FIELDS = ("uid", "first", "last", "prefix", "rule", "topic")
SESSION_FIELDS = (
    *("uid", "position", "kind", "label", "title", "starts_at", "minutes", "room__uid", "link"),
    *("is_parallel", "is_streamed", "is_pinned", "note", "awaited_papers"),
)
SLOT_FIELDS = (
    *("uid", "session__uid", "position", "kind", "paper", "title", "person", "minutes", "question_minutes"),
    *("is_pinned", "board", "reference"),
)


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A schedule as it is stored, for one pair of eyes: `revisions` holds the number of each row's last edit, by kind and key."""

    draft: Draft
    revisions: Mapping[tuple[str, str], int]
    papers: Mapping[int, ScheduledPaper]


def read_draft(workshop: Workshop, *, sight: Sight | None = None, sees_arrived: bool = False) -> StoredDraft:
    """Return the schedule in as many queries however large it is; without a sight everything may be seen.

    Papers that a session awaits and that are imported by now stand among the slots, unsaved, where `sees_arrived`.
    """
    sight = sight or see_all(workshop)
    arrived = list_arrived_slots(workshop) if sees_arrived else []
    papers = load_papers(sight, also=[slot.paper_id for slot in arrived if slot.paper_id is not None])
    revisions: dict[tuple[str, str], int] = {}
    draft = Draft(
        zone=workshop.zone,
        days=_read_days(workshop, revisions),
        rooms=_read_rooms(workshop, revisions),
        boards=_read_boards(workshop, revisions),
        sessions=_read_sessions(workshop, revisions),
        slots=_read_slots(workshop, revisions),
        papers={key: _place_paper(paper) for key, paper in papers.items()},
        people=dict(workshop.people.values_list("pk", "name")),
        placeable=frozenset(key for key, paper in papers.items() if paper.is_placeable),
    )
    for slot in arrived:
        _take_arrived(draft, slot)
    draft.hidden = frozenset(slot.uid for slot in draft.slots.values() if slot.paper is not None and not papers[slot.paper].is_known)
    return StoredDraft(draft, revisions, papers)


def _take_arrived(draft: Draft, slot: Slot) -> None:
    session = draft.sessions[slot.session.uid]
    draft.change(session, awaited=tuple(one for one in session.awaited if one.paper != slot.reference))
    facts = {name: getattr(slot, name) for name in ("uid", "position", "minutes", "question_minutes", "board", "is_pinned", "reference")}
    draft.put(SlotRow(session=session.uid, paper=slot.paper_id, **facts))


def _place_paper(paper: ScheduledPaper) -> PlacedPaper:
    words = f"“{paper.title}”" if paper.is_released and paper.is_accepted else "a paper that is not released"
    return PlacedPaper(paper.key, words, paper.number, paper.topic, paper.presentation == POSTER)


def _read_days(workshop: Workshop, revisions: dict[tuple[str, str], int]) -> dict[str, DayRow]:
    days = {}
    for uid, on, starts_at, ends_at, revision in workshop.days.values_list(*DAY_FIELDS, "revision"):
        days[uid] = DayRow(uid=uid, on=on, starts_at=starts_at, ends_at=ends_at)
        revisions["day", uid] = revision
    return days


def _read_rooms(workshop: Workshop, revisions: dict[tuple[str, str], int]) -> dict[str, RoomRow]:
    closures: dict[str, list[Closure]] = {}
    closed = RoomClosure.objects.filter(room__workshop=workshop).order_by("starts_at", "ends_at")
    for uid, starts_at, ends_at, reason in closed.values_list("room__uid", "starts_at", "ends_at", "reason"):
        closures.setdefault(uid, []).append(Closure(starts_at, ends_at, reason))
    rooms = {}
    for uid, position, name, capacity, kinds, link, revision in workshop.rooms.values_list(*ROOM_FIELDS, "revision"):
        closed_times = tuple(closures.get(uid, ()))
        rooms[uid] = RoomRow(uid=uid, position=position, name=name, capacity=capacity, kinds=tuple(kinds), link=link, closures=closed_times)
        revisions["room", uid] = revision
    return rooms


def _read_boards(workshop: Workshop, revisions: dict[tuple[str, str], int]) -> dict[str, BoardsRow]:
    ranges = {}
    for uid, first, last, prefix, rule, topic, revision in workshop.board_ranges.values_list(*BOARD_FIELDS, "revision"):
        ranges[uid] = BoardsRow(uid=uid, first=first, last=last, prefix=prefix, rule=rule, topic=topic)
        revisions["boards", uid] = revision
    return ranges


def _read_sessions(workshop: Workshop, revisions: dict[tuple[str, str], int]) -> dict[str, SessionRow]:
    people: dict[str, list[Part]] = {}
    parts = SessionPart.objects.filter(session__workshop=workshop).order_by("position", "pk")
    for uid, person, part in parts.values_list("session__uid", "person_id", "kind"):
        people.setdefault(uid, []).append(Part(person, part))
    sessions = {}
    for *values, awaited, revision in workshop.sessions.in_program_order().values_list(*SESSION_FIELDS, "revision"):
        named = dict(zip(SESSION_FIELDS, values, strict=False))
        room = named.pop("room__uid") or ""
        waiting = tuple(Awaited(**one) for one in awaited)
        uid = named["uid"]
        sessions[uid] = SessionRow(**named, room=room, people=tuple(people.get(uid, ())), awaited=waiting)
        revisions["session", uid] = revision
    return sessions


def _read_slots(workshop: Workshop, revisions: dict[tuple[str, str], int]) -> dict[str, SlotRow]:
    slots = {}
    found = Slot.objects.filter(session__workshop=workshop).order_by("session", "position", "pk")
    for values in found.values_list(*SLOT_FIELDS, "revision"):
        uid, session, position, kind, paper, title, person, minutes, questions, is_pinned, board, reference, revision = values
        slots[uid] = SlotRow(
            uid=uid,
            session=session,
            position=position,
            kind=kind,
            paper=paper,
            title=title,
            person=person,
            minutes=minutes,
            question_minutes=questions,
            is_pinned=is_pinned,
            board=board,
            reference=reference,
        )
        revisions["slot", uid] = revision
    return slots


def write_changes(workshop: Workshop, changes: Sequence[Change], *, revision: int) -> None:
    """Bring the stored rows to what they are after the changes, each with this revision; call it in a transaction.

    Rows go in the order in which they lean on each other, so that no rule of the database is broken on the way.
    """
    _delete(Slot.objects.filter(session__workshop=workshop), _pick(changes, "slot", is_gone=True) | _find_crossing(changes))
    _delete(Session.objects.filter(workshop=workshop), _pick(changes, "session", is_gone=True))
    for kind, model in (("day", Day), ("room", Room), ("boards", BoardRange)):
        _delete(model._default_manager.filter(workshop=workshop), _pick(changes, kind, is_gone=True))
    _write_days(workshop, _list_after(changes, DayRow), revision)
    _write_rooms(workshop, _list_after(changes, RoomRow), revision)
    _write_boards(workshop, _list_after(changes, BoardsRow), revision)
    _write_sessions(workshop, _list_after(changes, SessionRow), revision)
    _write_slots(workshop, _list_after(changes, SlotRow), revision)


def mark_rows(workshop: Workshop, changes: Sequence[Change], *, revision: int) -> None:
    """Give rows that were written by other ways the revision of the edit that tells of it."""
    slots = Slot.objects.filter(session__workshop=workshop)
    rows: dict[str, Any] = {
        "day": workshop.days,
        "room": workshop.rooms,
        "boards": workshop.board_ranges,
        "session": workshop.sessions,
        "slot": slots,
    }
    for kind, found in rows.items():
        uids = _pick(changes, kind, is_gone=False)
        if uids:
            found.filter(uid__in=uids).update(revision=revision)


def _pick(changes: Iterable[Change], kind: str, *, is_gone: bool) -> set[str]:
    return {change.uid for change in changes if change.kind == kind and (change.after is None) == is_gone}


def _find_crossing(changes: Iterable[Change]) -> set[str]:
    """Return the slots that take another's session with board or paper in one step: they are written anew."""
    moved = [(one.before, one.after) for one in changes if isinstance(one.before, SlotRow) and isinstance(one.after, SlotRow)]
    left = {(before.session, name, getattr(before, name)) for before, _ in moved for name in ("paper", "board")}
    crossing = set()
    for before, after in moved:
        for name in ("paper", "board"):
            key = (after.session, name, getattr(after, name))
            if key[2] is not None and key in left and key != (before.session, name, getattr(before, name)):
                crossing.add(after.uid)
    taken = {(after.session, name, getattr(after, name)) for _, after in moved if after.uid in crossing for name in ("paper", "board")}
    freed = {before.uid for before, _ in moved for name in ("paper", "board") if (before.session, name, getattr(before, name)) in taken}
    return crossing | freed


def _list_after(changes: Iterable[Change], cls: type[Any]) -> list[Any]:
    return [change.after for change in changes if isinstance(change.after, cls)]


def _delete(rows: Any, uids: set[str]) -> None:
    if uids:
        rows.filter(uid__in=uids).delete()


def _write_days(workshop: Workshop, days: list[DayRow], revision: int) -> None:
    """Write days anew: nothing refers to them, and two may trade their dates."""
    _delete(workshop.days.all(), {day.uid for day in days})
    Day.objects.bulk_create(Day(workshop=workshop, revision=revision, **{name: getattr(day, name) for name in DAY_FIELDS}) for day in days)


def _write_boards(workshop: Workshop, ranges: list[BoardsRow], revision: int) -> None:
    """Write ranges of boards anew: nothing refers to them, and two may trade their numbers."""
    _delete(workshop.board_ranges.all(), {boards.uid for boards in ranges})
    BoardRange.objects.bulk_create(
        BoardRange(workshop=workshop, revision=revision, **{name: getattr(boards, name) for name in BOARD_FIELDS}) for boards in ranges
    )


def _write_rooms(workshop: Workshop, rooms: list[RoomRow], revision: int) -> None:
    stored = {room.uid: room for room in workshop.rooms.filter(uid__in=[room.uid for room in rooms])}
    for row in stored.values():  # two rooms may trade their names
        row.name = f"{row.uid} {row.pk}"
    Room.objects.bulk_update(stored.values(), ["name"])
    written = []
    for room in rooms:
        row = stored.get(room.uid) or Room(workshop=workshop, uid=room.uid)
        row.position, row.name, row.capacity, row.link = room.position, room.name, room.capacity, room.link
        row.kinds, row.revision = list(room.kinds), revision
        row.save()
        written.append((row, room))
    RoomClosure.objects.filter(room__in=[row for row, _ in written]).delete()
    closed = [(row, closure) for row, room in written for closure in room.closures]
    RoomClosure.objects.bulk_create(
        RoomClosure(room=row, starts_at=closure.starts_at, ends_at=closure.ends_at, reason=closure.reason) for row, closure in closed
    )


def _write_sessions(workshop: Workshop, sessions: list[SessionRow], revision: int) -> None:
    rooms = dict(workshop.rooms.values_list("uid", "pk"))
    stored = {row.uid: row for row in workshop.sessions.filter(uid__in=[session.uid for session in sessions])}
    names = [name for name in SESSION_FIELDS if name not in {"uid", "room__uid", "awaited_papers"}]
    rows: list[Session] = []
    before = {row.uid: _take_values(row, [*names, "room_id", "awaited_papers"]) for row in stored.values()}
    for session in sessions:
        row = stored.get(session.uid) or Session(workshop=workshop, uid=session.uid)
        for name in names:
            setattr(row, name, getattr(session, name))
        row.room_id = rooms[session.room] if session.room else None
        row.awaited_papers = [write_awaited(**asdict(one)) for one in session.awaited]
        row.revision = revision
        rows.append(row)
    _update(Session, rows, before, revision)
    Session.objects.bulk_create([row for row in rows if not row.pk], batch_size=100)
    _write_parts(rows, sessions)


def _write_parts(rows: list[Session], sessions: list[SessionRow]) -> None:
    held: dict[int, list[Part]] = {row.pk: [] for row in rows}
    for pk, person, kind in (
        SessionPart.objects.filter(session__in=rows).order_by("position", "pk").values_list("session", "person", "kind")
    ):
        held[pk].append(Part(person, kind))
    other = [(row, session) for row, session in zip(rows, sessions, strict=True) if tuple(held[row.pk]) != session.people]
    SessionPart.objects.filter(session__in=[row for row, _ in other]).delete()
    SessionPart.objects.bulk_create(
        SessionPart(session=row, person_id=part.person, kind=part.part, position=position)
        for row, session in other
        for position, part in enumerate(session.people, start=1)
    )


def _write_slots(workshop: Workshop, slots: list[SlotRow], revision: int) -> None:
    sessions = dict(workshop.sessions.values_list("uid", "pk"))
    stored = {row.uid: row for row in Slot.objects.filter(session__workshop=workshop, uid__in=[slot.uid for slot in slots])}
    names = [name for name in SLOT_FIELDS if name not in {"uid", "session__uid", "paper", "person"}]
    rows: list[Slot] = []
    before = {row.uid: _take_values(row, [*names, "session_id", "paper_id", "person_id"]) for row in stored.values()}
    for slot in slots:
        row = stored.get(slot.uid) or Slot(uid=slot.uid)
        row.session_id, row.paper_id, row.person_id = sessions[slot.session], slot.paper, slot.person
        for name in names:
            setattr(row, name, getattr(slot, name))
        row.revision = revision
        rows.append(row)
    _update(Slot, rows, before, revision)
    Slot.objects.bulk_create([row for row in rows if not row.pk], batch_size=200)


def _take_values(row: Session | Slot, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _update(model: type[Session] | type[Slot], rows: Iterable[Any], before: Mapping[str, Mapping[str, Any]], revision: int) -> None:
    """Write what differs of rows that were there before, with their revision; a statement for every hundred."""
    stored = [row for row in rows if row.uid in before]
    changed = {name for row in stored for name, value in before[row.uid].items() if getattr(row, name) != value}
    if changed:
        model._default_manager.bulk_update(stored, sorted(name.removesuffix("_id") for name in changed), batch_size=100)
    model._default_manager.filter(pk__in=[row.pk for row in stored]).update(revision=revision)
