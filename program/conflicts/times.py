"""Conflicts of time: overlaps, gaps, days, clocks that change."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from papers.zones import find_zone
from program.conflicts.timing import Timed, count_minutes, describe_session, time_sessions, write_start
from program.conflicts.values import Conflict, Frame, Way
from program.listings import ListedSession
from program.listings.wording import name_clock, name_day, name_session

SHARED_KINDS = frozenset({"break", "poster"})  # marked parallel, these may share a room with another session
SHOWN = 3


def find_overlaps(sessions: Sequence[ListedSession]) -> Iterator[Conflict]:
    """Find sessions that overlap in a room or without one, and sessions beside each other in other rooms that are not marked parallel."""
    serial = time_sessions([session for session in sessions if not session.is_parallel])
    yield from _find_serial_overlaps(serial)
    rooms: dict[str, list[Timed]] = {}
    for timed in time_sessions(sessions):
        if timed.session.room:
            rooms.setdefault(timed.session.room, []).append(timed)
    for held in rooms.values():
        for first, second in _pair(held):
            if (first.session.is_parallel or second.session.is_parallel) and not _share(first.session, second.session):
                yield _tell_overlap(first, second)


def find_gaps(sessions: Sequence[ListedSession]) -> Iterator[Conflict]:
    """Find times of a day, after its first session and before its last, when nothing happens anywhere."""
    latest: tuple[dt.datetime, ListedSession] | None = None
    for timed in time_sessions(sessions):
        session, start = timed.session, timed.starts_at
        if latest and start > latest[0] and start.date() == latest[0].date():
            yield _tell_gap(latest[1], latest[0], session, start)
        end = timed.ends_at or start
        if latest is None or end > latest[0]:
            latest = (end, session)


def find_outside(sessions: Sequence[ListedSession], frame: Frame) -> Iterator[Conflict]:
    """Find sessions on dates that are no day of the workshop, or before or after the times of their day."""
    days = {day.on: day for day in frame.days}
    for timed in time_sessions(sessions) if days else ():
        told, start = describe_session(timed.session), timed.starts_at
        day = days.get(start.date())
        if day is None:
            sentence = f"{told} is on {name_day(start.date())}, which is no day of the workshop."
            yield Conflict("outside-day", sentence, "Move it to one of the days, or add this day.", (timed.session.uid,))
        elif start < day.starts_at:
            sentence = f"{told} starts before the day does, at {name_clock(day.starts_at)}."
            ways = (_move(timed.session, day.starts_at),)
            yield Conflict("outside-day", sentence, "Start it later, or let the day start earlier.", (timed.session.uid,), ways)
        elif timed.ends_at is not None and timed.ends_at > day.ends_at:
            sentence = f"{told} lasts until {name_clock(timed.ends_at)}, but the day ends at {name_clock(day.ends_at)}."
            yield Conflict("outside-day", sentence, "Start it earlier, shorten it, or let the day end later.", (timed.session.uid,))


def find_clock_changes(sessions: Sequence[ListedSession], frame: Frame) -> Iterator[Conflict]:
    """Find sessions while which clocks change, or that start when clocks show a time for the first or second time of two."""
    changing: dict[dt.date, bool] = {}
    for timed in time_sessions(sessions):
        start, end = timed.starts_at, timed.ends_at or timed.starts_at
        if changing.setdefault(start.date(), _does_change(start, frame.zone)):
            yield from _tell_clocks(timed.session, _localize(start, frame.zone), _localize(end, frame.zone))
    for day in frame.days:
        first, last = _localize(day.starts_at, frame.zone), _localize(day.ends_at, frame.zone)
        if first.utcoffset() != last.utcoffset():
            sentence = f"Clocks change on {name_day(day.on)} between its start, {name_clock(first)}, and its end, {name_clock(last)}."
            yield Conflict("clock-change", sentence, "Say on the program which hour is meant, and look at every length.")


def _find_serial_overlaps(serial: list[Timed]) -> Iterator[Conflict]:
    beside: list[Timed] = []
    until: dt.datetime | None = None
    for first, second in _pair(serial):
        if not (first.session.room and second.session.room) or first.session.room == second.session.room:
            yield _tell_overlap(first, second)
            continue
        if beside and (until is None or first.starts_at >= until):
            yield _tell_beside(beside)
            beside, until = [], None
        known = {one.session.uid for one in beside}
        beside += [one for one in (first, second) if one.session.uid not in known]
        until = max(one.ends_at or one.starts_at for one in beside)
    if beside:
        yield _tell_beside(beside)


def _pair(timed: list[Timed]) -> Iterator[tuple[Timed, Timed]]:
    """Yield each two that overlap, in order; as many steps as there are sessions and pairs."""
    for place, first in enumerate(timed):
        for second in timed[place + 1 :] if first.ends_at is not None else ():
            if second.starts_at >= first.ends_at:  # type: ignore[operator]
                break
            yield first, second


def _share(first: ListedSession, second: ListedSession) -> bool:
    return any(session.is_parallel and session.kind in SHARED_KINDS for session in (first, second))


def _tell_overlap(first: Timed, second: Timed) -> Conflict:
    end = first.ends_at
    assert end is not None
    before, after = first.session, second.session
    free = count_minutes(first.starts_at, second.starts_at)
    shorten = f", shorten “{name_session(before)}” to {free} min" if free else ""
    same_room = bool(before.room and before.room == after.room)
    place = f" in {before.room}" if same_room else ""
    other = "move one of them to another room" if same_room else "mark one of them as parallel"
    minutes = count_minutes(second.starts_at, end)
    shift = {"move": "shift", "session": after.uid, "minutes": minutes, "scope": "room" if same_room else "day"}
    ways = [_move(after, end), Way(f"Shift “{name_session(after)}” and all that follows by {minutes} min", (shift,))]
    if free:
        ways.append(
            Way(f"Shorten “{name_session(before)}” to {free} min", ({"move": "resize-session", "session": before.uid, "minutes": free},))
        )
    if not same_room:
        ways.append(_mark_parallel([after]))
    return Conflict(
        "overlap",
        f"{describe_session(before)} lasts until {name_clock(end)} and overlaps {describe_session(after)}{place}.",
        f"Start “{name_session(after)}” at {name_clock(end)}{shorten}, or {other}.",
        (before.uid, after.uid),
        tuple(ways),
    )


def _tell_beside(beside: list[Timed]) -> Conflict:
    names = ", ".join(describe_session(one.session) for one in beside[:SHOWN])
    more = f" and {len(beside) - SHOWN} more" if len(beside) > SHOWN else ""
    return Conflict(
        "beside",
        f"{names}{more} run beside each other in different rooms, but are not marked as parallel.",
        "Mark them as parallel, or hold one after the other.",
        tuple(one.session.uid for one in beside),
        (_mark_parallel([one.session for one in beside]),),
    )


def _mark_parallel(sessions: Iterable[ListedSession]) -> Way:
    moves = tuple({"move": "edit-session", "session": session.uid, "is_parallel": True} for session in sessions)
    return Way("Mark as parallel" if len(moves) == 1 else f"Mark all {len(moves)} as parallel", moves)


def _tell_gap(first: ListedSession, end: dt.datetime, second: ListedSession, start: dt.datetime) -> Conflict:
    minutes = count_minutes(end, start)
    pause = {"move": "add-session", "kind": "break", "starts": write_start(end), "minutes": minutes}
    shift = {"move": "shift", "session": second.uid, "minutes": -minutes, "scope": "day"}
    return Conflict(
        "gap",
        f"Nothing happens from {name_clock(end)} to {name_clock(start)}, between {describe_session(first)} and {describe_session(second)}.",
        f"Start “{name_session(second)}” at {name_clock(end)}, or put a break there.",
        (first.uid, second.uid),
        (
            _move(second, end),
            Way(f"Shift “{name_session(second)}” and all that follows by {minutes} min", (shift,)),
            Way(f"Add a break of {minutes} min", (pause,)),
        ),
    )


def _move(session: ListedSession, at: dt.datetime) -> Way:
    move = {"move": "place-session", "session": session.uid, "starts": write_start(at)}
    return Way(f"Start “{name_session(session)}” at {name_clock(at)}", (move,))


def _does_change(at: dt.datetime, zone: str) -> bool:
    day = _localize(at, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    return day.utcoffset() != (day + dt.timedelta(days=1)).utcoffset()


def _localize(at: dt.datetime, zone: str) -> dt.datetime:
    return at.astimezone(find_zone(zone)) if zone else at


def _tell_clocks(session: ListedSession, start: dt.datetime, end: dt.datetime) -> Iterator[Conflict]:
    told = describe_session(session)
    if start.replace(fold=0).utcoffset() != start.replace(fold=1).utcoffset():
        which = "second" if start.fold else "first"
        sentence = f"{told} starts when clocks show {name_clock(start)} for the {which} time; they show it twice on that day."
        yield Conflict("clock-twice", sentence, "Start it at a time that there is once, or print the zone's letters.", (session.uid,))
    if start.utcoffset() != end.utcoffset():
        sentence = f"Clocks change during {told}: they show {name_clock(end)} when it ends."
        yield Conflict("clock-change", sentence, "Print its end beside its start, or move it.", (session.uid,))
