"""One day of the published program by room, with what its marks and the clock say."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from program.listings import ListedSession, ListedSlot
from program.listings.wording import find_end, name_clock, name_session
from program.live.following import LATE, LATER, OVER, RUNNING, Followed, Mark, Planned, find_delay, follow_room

STEP = 5


@dataclass(frozen=True, slots=True)
class LiveSlot:
    """A paper or talk with where it stands and the clock at its start as things are; nothing is known of one without times."""

    slot: ListedSlot
    followed: Followed | None
    clock: str


@dataclass(frozen=True, slots=True)
class LiveSession:
    """A session with where it stands, its times in the workshop's zone."""

    session: ListedSession
    name: str
    followed: Followed
    slots: tuple[LiveSlot, ...]
    starts_at: dt.datetime
    ends_at: dt.datetime
    now: dt.datetime

    @property
    def minutes_left(self) -> int:
        """Return the minutes until it ends by its length and what is held in it, less than 0 once it runs over."""
        return int((self.due_at - self.now).total_seconds() // 60)

    @property
    def minutes_until(self) -> int:
        """Return the minutes until it begins as things stand, begun ones counted up."""
        return max(0, -(-int((self.followed.starts_at - self.now).total_seconds()) // 60))

    @property
    def due_at(self) -> dt.datetime:
        """Return when it ends by the length that is planned, counted from its real start, in the workshop's zone."""
        planned = self.followed.planned
        ends_at = max(self.followed.starts_at + (planned.ends_at - planned.starts_at), planned.until or planned.starts_at)
        return ends_at.astimezone(self.starts_at.tzinfo)

    @property
    def span_until(self) -> str:
        """Return the time until it begins: 12 min, 2 h 5 min; 3 days from two on."""
        hours, minutes = divmod(self.minutes_until, 60)
        if hours >= 48:
            return f"{hours // 24} days"
        return f"{hours} h {minutes} min" if hours else f"{minutes} min"

    @property
    def clocks(self) -> tuple[str, str, str]:
        """Return when it begins and ends as things stand, and when it ends by its length."""
        return name_clock(self.starts_at), name_clock(self.ends_at), name_clock(self.due_at)

    @property
    def planned_clock(self) -> str:
        """Return when it was to begin."""
        return name_clock(self.session.starts_at) if self.session.starts_at else ""

    @property
    def is_waiting(self) -> bool:
        """Tell whether it has still to begin."""
        return self.followed.state in {LATE, LATER}


@dataclass(frozen=True, slots=True)
class LiveRoom:
    """A room's day: `delay` in minutes; `key` is the room's place among the rooms, from 1."""

    key: int
    name: str
    sessions: tuple[LiveSession, ...]
    delay: int

    @property
    def late(self) -> int:
        """Return the minutes by which what runs ends late, or what comes next begins so."""
        return max(self.delay, *(one.followed.end_delay for one in self.running), 0)

    @property
    def running(self) -> tuple[LiveSession, ...]:
        """Return what runs."""
        return tuple(one for one in self.sessions if one.followed.state == RUNNING)

    @property
    def next(self) -> LiveSession | None:
        """Return what begins next, or should have begun."""
        return next((one for one in self.sessions if one.is_waiting), None)

    @property
    def later(self) -> tuple[LiveSession, ...]:
        """Return what begins after the next."""
        return tuple(one for one in self.sessions if one.is_waiting)[1:]

    @property
    def past(self) -> tuple[LiveSession, ...]:
        """Return what is over and was marked, the last first."""
        return tuple(one for one in reversed(self.sessions) if one.followed.state == OVER and one.followed.is_told)

    @property
    def suggested_shift(self) -> int:
        """Return the minutes by which the rest may well be shifted: the delay in steps of five."""
        return max(STEP, -(-self.delay // STEP) * STEP)

    @property
    def is_over(self) -> bool:
        """Tell whether the day is over here."""
        return all(one.followed.state == OVER for one in self.sessions)


def list_dates(sessions: Sequence[ListedSession]) -> tuple[dt.date, ...]:
    """Return the days of the program."""
    return tuple(dict.fromkeys(session.starts_at.date() for session in sessions if session.starts_at))


def choose_date(dates: Sequence[dt.date], today: dt.date, asked: dt.date | None = None) -> dt.date | None:
    """Return the day to show: the one asked for, today, else the next of the program, else its last."""
    if asked in dates:
        return asked
    return next((on for on in dates if on >= today), dates[-1] if dates else None)


def list_rooms(sessions: Sequence[ListedSession], on: dt.date, marks: Mapping[str, Mark], now: dt.datetime) -> tuple[LiveRoom, ...]:
    """Return the rooms of a day by name, those where it is over last, each with its sessions in order; they last a minute at least."""
    by_room: dict[str, list[ListedSession]] = {}
    for session in sessions:
        if session.starts_at is not None and session.starts_at.date() == on:
            by_room.setdefault(session.room, []).append(session)
    rooms = [_follow_sessions(key, name, by_room[name], sessions, marks, now) for key, name in enumerate(sorted(by_room), start=1)]
    return tuple(sorted(rooms, key=lambda room: (room.is_over, not room.name, room.name)))


def find_told_delays(rooms: Sequence[LiveRoom], told: frozenset[str]) -> dict[str, int]:
    """Return the minutes by which sessions run late that run or come next, where the room's delay may be told."""
    late: dict[str, int] = {}
    for room in rooms:
        if room.name in told:
            meant = [*((one, one.followed.end_delay) for one in room.running), *([(room.next, room.delay)] if room.next else [])]
            late |= {one.session.uid: minutes for one, minutes in meant if minutes}
    return late


def _follow_sessions(
    key: int, name: str, held: list[ListedSession], sessions: Sequence[ListedSession], marks: Mapping[str, Mark], now: dt.datetime
) -> LiveRoom:
    slots = {session.uid: _follow_slots(session, marks, now) for session in held}
    told = dict(marks)
    plans = []
    for session in held:
        followed = [one.followed for one in slots[session.uid] if one.followed and one.slot.uid in marks]
        if followed and session.uid not in marks:
            told[session.uid] = Mark(started_at=min(one.starts_at for one in followed))
        ends = [one.followed.ends_at for one in slots[session.uid] if one.followed] if followed else []
        plans.append(_plan(session, sessions, max(ends, default=None)))
    by_uid = {session.uid: session for session in held}
    found = follow_room(plans, told, now)
    shown = tuple(_show(by_uid[one.planned.uid], one, slots[one.planned.uid], now) for one in found)
    return LiveRoom(key, name, shown, find_delay(found))


def _follow_slots(session: ListedSession, marks: Mapping[str, Mark], now: dt.datetime) -> tuple[LiveSlot, ...]:
    timed = [
        Planned(slot.uid, start, start + dt.timedelta(minutes=slot.minutes))
        for slot in session.held
        if slot.starts_at is not None and slot.minutes
        for start in (slot.starts_at.astimezone(dt.UTC),)
    ]
    begun = marks.get(session.uid, Mark()).started_at
    late = max(begun - session.starts_at, dt.timedelta()) if begun and session.starts_at else dt.timedelta()
    is_begun = any(slot.uid in marks for slot in session.held)
    pushed = timed if is_begun or not late else [Planned(one.uid, one.starts_at + late, one.ends_at + late) for one in timed]
    by_uid = {one.planned.uid: one for one in follow_room(pushed, marks, now)}
    return tuple(_show_slot(slot, by_uid.get(slot.uid)) for slot in session.held)


def _show_slot(slot: ListedSlot, followed: Followed | None) -> LiveSlot:
    starts_at = slot.starts_at and (followed.starts_at.astimezone(slot.starts_at.tzinfo) if followed else slot.starts_at)
    return LiveSlot(slot, followed, name_clock(starts_at) if starts_at else "")


def _plan(session: ListedSession, sessions: Sequence[ListedSession], until: dt.datetime | None) -> Planned:
    assert session.starts_at is not None
    starts_at = session.starts_at.astimezone(dt.UTC)
    ends_at = find_end(session, sessions)
    shortest = starts_at + dt.timedelta(minutes=1)
    return Planned(session.uid, starts_at, max(ends_at.astimezone(dt.UTC), shortest) if ends_at else shortest, until)


def _show(session: ListedSession, followed: Followed, slots: tuple[LiveSlot, ...], now: dt.datetime) -> LiveSession:
    assert session.starts_at is not None
    zone = session.starts_at.tzinfo
    return LiveSession(
        session, name_session(session), followed, slots, followed.starts_at.astimezone(zone), followed.ends_at.astimezone(zone), now
    )
