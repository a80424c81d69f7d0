"""What an editor sees of a schedule, as plain JSON values."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from papers.models import User
from papers.sight import Sight
from program.conflicts import Conflict, DraftSession, find_conflicts
from program.conflicts.timing import Timed, time_sessions, time_slots
from program.draft_values import DraftFacts, list_draft_sessions, make_frame, read_facts
from program.listings.wording import KIND_WORDS, name_session
from program.local_times import write_instant
from program.models import ScheduleEdit
from program.moves import TEMPLATES, Change, PlayedMoves, write_change
from program.moves.board_rules import name_board
from program.moves.rows import KIND_NAMES, DayRow, RoomRow, Row, write_at, write_row
from program.schedule_papers import ScheduledPaper
from program.schedule_rows import StoredDraft

LISTS = {"day": "days", "room": "rooms", "boards": "boards", "session": "sessions", "slot": "slots"}


def describe_draft(sight: Sight) -> dict[str, Any]:
    """Return the whole draft as this sight allows: rows, papers, people, tray, conflicts; as many queries however large it is."""
    facts = read_facts(sight)
    workshop = sight.workshop
    return {
        "workshop": {"slug": workshop.slug, "name": workshop.name, "zone": workshop.zone},
        "edit": find_last_number(sight),
        **_describe_facts(facts),
        "kinds": [{"kind": kind, "label": label} for kind, label in KIND_WORDS.items()],
        "templates": [{"template": key, "name": template.name, "words": template.words} for key, template in TEMPLATES.items()],
    }


def describe_edits_since(sight: Sight, number: int, *, by: User | None) -> dict[str, Any]:
    """Return the edits after `number`, the rows that they touched or told anew as they are now, which are gone, tray and conflicts.

    Where nothing came after it this is one query, and says the number alone.
    """
    last = find_last_number(sight)
    if last <= number:
        return {"edit": last, "edits": []}
    edits = list(sight.workshop.schedule_edits.filter(number__gt=number).select_related("by", "undone_by", "undoes").order_by("number"))
    told = _describe_facts(read_facts(sight))
    touched = {(change["kind"], change["uid"]) for edit in edits for change in edit.changes}
    here = {(kind, row["uid"]) for kind, name in LISTS.items() for row in told[name]}
    concerned = touched | _find_concerned(told, touched, [change for edit in edits for change in edit.changes])
    for kind, name in LISTS.items():
        told[name] = [row for row in told[name] if (kind, row["uid"]) in concerned]
    gone = sorted(uid for _, uid in touched - here)
    return {"edit": last, "edits": [_describe_edit(edit, by) for edit in edits], **told, "gone": gone}


def _find_concerned(told: dict[str, Any], touched: set[tuple[str, str]], changes: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Return the rows about which something else is told when others change: starts within a session, numbers, open ends."""
    sides = [side for change in changes if change["kind"] == "slot" for side in (change["before"], change["after"]) if side]
    sessions = {uid for kind, uid in touched if kind == "session"} | {side["session"] for side in sides}
    if not sessions:
        return set()
    open_ones = {row["uid"] for row in told["sessions"] if row["number"] is not None or row["minutes"] is None}
    slots = {("slot", row["uid"]) for row in told["slots"] if row["session"] in sessions}
    return slots | {("session", uid) for uid in sessions | open_ones}


def describe_tried(sight: Sight, played: PlayedMoves) -> dict[str, Any]:
    """Return what moves would make of a draft: the rows that differ, and the conflicts that there would be then."""
    facts = read_facts(sight)
    tried = DraftFacts(
        facts.workshop,
        StoredDraft(played.draft, facts.stored.revisions, facts.stored.papers),
        facts.authors,
        facts.presenters,
        facts.people,
    )
    hidden = played.draft.hidden
    conflicts = find_conflicts(list_draft_sessions(tried), frame=make_frame(tried))
    changes = [_mask_change(change, hidden) for change in played.changes]
    return {"changes": changes, "stayed": list(played.stayed), "conflicts": [describe_conflict(one) for one in conflicts]}


def find_last_number(sight: Sight) -> int:
    """Return the number of the last edit, 0 before the first."""
    return sight.workshop.schedule_edits.order_by("-number").values_list("number", flat=True).first() or 0


def describe_conflict(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as plain JSON values."""
    return {
        "code": conflict.code,
        "severity": conflict.severity,
        "sentence": conflict.sentence,
        "remedy": conflict.remedy,
        "uids": list(conflict.uids),
        "ways": [{"words": way.words, "moves": [dict(move) for move in way.moves]} for way in conflict.ways],
    }


def _describe_facts(facts: DraftFacts) -> dict[str, Any]:
    draft = facts.stored.draft
    sessions = list_draft_sessions(facts)
    placed = {slot.paper for slot in draft.slots.values()}
    conflicts = find_conflicts(sessions, frame=make_frame(facts))
    known = [paper for paper in facts.stored.papers.values() if paper.is_known]
    return {
        "days": [_describe_day(facts, row) for row in draft.days.values()],
        "rooms": [_describe_room(facts, row) for row in draft.rooms.values()],
        "boards": [_describe_row(facts, row) for row in draft.boards.values()],
        **_describe_sessions(facts, sessions),
        "papers": [_describe_paper(facts, paper, is_placed=paper.key in placed) for paper in known],
        "people": [_describe_person(facts, key) for key in facts.people],
        "tray": [paper.key for paper in known if paper.is_placeable and paper.key not in placed],
        "conflicts": [describe_conflict(conflict) for conflict in conflicts],
    }


def _describe_sessions(facts: DraftFacts, sessions: Sequence[DraftSession]) -> dict[str, Any]:
    timed = {one.session.uid: one for one in time_sessions(sessions)}
    rows = facts.stored.draft.sessions
    described: list[dict[str, Any]] = []
    slots: list[dict[str, Any]] = []
    for session in sessions:
        times = timed.get(session.uid)
        told = _describe_row(facts, rows[session.uid])
        told["awaited"] = [one["paper"] for one in told["awaited"]]
        told |= {"name": name_session(session), "number": session.number}
        told |= _tell_times(facts, times.starts_at if times else None, times.ends_at if times else None)
        described.append(told)
        slots += _describe_slots(facts, session, times)
    return {"sessions": described, "slots": slots}


def _describe_slots(facts: DraftFacts, session: DraftSession, times: Timed | None) -> Iterable[dict[str, Any]]:
    starts = {slot.uid: start for slot, start, _ in time_slots(session, times)} if times else {}
    draft = facts.stored.draft
    for slot in session.slots:
        row = draft.slots[slot.uid]
        told = _describe_row(facts, row)
        del told["reference"]
        told["starts"] = write_instant(starts[slot.uid], facts.workshop.zone) if slot.uid in starts else None
        told["board_label"] = name_board(draft.boards.values(), row.board) if row.board is not None else ""
        told["is_hidden"] = slot.uid in draft.hidden
        if told["is_hidden"]:
            told["paper"] = None
        yield told


def _describe_row(facts: DraftFacts, row: Row) -> dict[str, Any]:
    return {**write_row(row), "revision": facts.stored.revisions.get((KIND_NAMES[type(row)], row.uid), 0)}


def _describe_day(facts: DraftFacts, row: DayRow) -> dict[str, Any]:
    return {**_describe_row(facts, row), **_tell_times(facts, row.starts_at, row.ends_at)}


def _tell_times(facts: DraftFacts, start: dt.datetime | None, end: dt.datetime | None) -> dict[str, Any]:
    zone = facts.workshop.zone
    return {
        "starts": write_instant(start, zone) if start else None,
        "ends": write_instant(end, zone) if end else None,
        "starts_at": write_at(start) if start else None,
        "ends_at": write_at(end) if end else None,
    }


def _describe_room(facts: DraftFacts, room: RoomRow) -> dict[str, Any]:
    closures = [{**_tell_times(facts, one.starts_at, one.ends_at), "reason": one.reason} for one in room.closures]
    return {**_describe_row(facts, room), "closures": closures}


def _describe_paper(facts: DraftFacts, paper: ScheduledPaper, *, is_placed: bool) -> dict[str, Any]:
    presenter = facts.presenters.get(paper.key)
    return {
        "id": paper.key,
        "number": paper.number,
        "name": paper.name,
        "title": paper.title,
        "authors": [author.name for author in facts.authors.get(paper.key, ())],
        "presentation": paper.presentation,
        "track": paper.track,
        "topic": paper.topic,
        "keywords": list(paper.keywords),
        "expected_count": paper.expected_count,
        "standing": paper.standing,
        "is_accepted": paper.is_accepted,
        "is_released": paper.is_released,
        "is_active": paper.is_active,
        "presenter": {"name": presenter.author.name, "mode": presenter.mode} if presenter else None,
        "is_placed": is_placed,
    }


def _describe_person(facts: DraftFacts, key: int) -> dict[str, Any]:
    person = facts.people[key]
    times = [{"starts_at": write_at(start), "ends_at": write_at(end)} for start, end in person.times]
    return {"id": key, "name": person.printed_name, "zone": person.zone, "attends": person.attends, "availability": times}


def _describe_edit(edit: ScheduleEdit, by: User | None) -> dict[str, Any]:
    undoes = getattr(edit, "undoes", None)
    return {
        "number": edit.number,
        "by": str(edit.by) if edit.by else "",
        "by_me": by is not None and edit.by_id == by.pk,
        "at": write_at(edit.at),
        "words": edit.words,
        "undone_by": edit.undone_by.number if edit.undone_by else None,
        "undoes": undoes.number if undoes else None,
    }


def _mask_change(change: Change, hidden: frozenset[str]) -> dict[str, Any]:
    told: Mapping[str, Any] = write_change(change)
    if change.kind != "slot" or change.uid not in hidden:
        return dict(told)
    return {**told, **{side: told[side] and {**told[side], "paper": None} for side in ("before", "after")}}
