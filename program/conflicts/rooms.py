"""Conflicts of rooms: closed, of the wrong kind, too small."""

from collections.abc import Iterator, Sequence

from program.conflicts.timing import describe_session, time_sessions
from program.conflicts.values import Conflict, DraftRoom, DraftSession, Frame
from program.listings import ListedSession
from program.listings.wording import KIND_WORDS, name_clock


def find_wrong_rooms(sessions: Sequence[ListedSession], frame: Frame) -> Iterator[Conflict]:
    """Find sessions in rooms that are closed then, that do not suit them, or that are too small for who is expected."""
    rooms = {room.name: room for room in frame.rooms}
    for session in sessions:
        room = rooms.get(session.room)
        if room is not None:
            yield from _find_wrong_kind(session, room)
            yield from _find_small(session, room)
    closed = {name for name, room in rooms.items() if room.closures}
    for timed in time_sessions([session for session in sessions if session.room in closed]):
        end, zone = timed.ends_at or timed.starts_at, timed.starts_at.tzinfo
        for start, until, reason in rooms[timed.session.room].closures:
            if start < end and timed.starts_at < until:
                why = f" ({reason})" if reason else ""
                times = f"from {name_clock(start.astimezone(zone))} to {name_clock(until.astimezone(zone))}{why}"
                sentence = f"{describe_session(timed.session)} is in {timed.session.room}, which is closed {times}."
                yield Conflict("room-closed", sentence, "Move it to another room or time.", (timed.session.uid,))


def _find_wrong_kind(session: ListedSession, room: DraftRoom) -> Iterator[Conflict]:
    if room.kinds and session.kind not in room.kinds:
        suited = ", ".join(KIND_WORDS.get(kind, kind) for kind in room.kinds)
        sentence = f"{describe_session(session)} is in {room.name}, which suits other sessions only: {suited}."
        yield Conflict("room-kind", sentence, "Move it to a room that suits it.", (session.uid,))


def _find_small(session: ListedSession, room: DraftRoom) -> Iterator[Conflict]:
    if room.capacity is None or not isinstance(session, DraftSession):
        return
    expected = max((slot.paper.expected_count or 0 for slot in session.slots if slot.paper), default=0)
    if expected > room.capacity:
        sentence = f"{describe_session(session)} expects {expected} people in {room.name}, which has {room.capacity} seats."
        yield Conflict("room-small", sentence, "Move it to a larger room.", (session.uid,))
