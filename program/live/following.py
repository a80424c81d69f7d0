"""Follows one room through its day: what was said to have begun and ended, what the clock makes of the rest."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OVER, RUNNING, LATE, LATER = "over", "running", "late", "later"
NOTHING = dt.timedelta()
BELIEVED = dt.timedelta(minutes=30)  # so far over its time something is believed to run that nobody said to have ended


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned, both instants in UTC; `until` is how long it takes at least by what is held in it."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody on the spot said; at least one of the two."""

    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """Where something stands: `starts_at` and `ends_at` as they were or are to be expected.

    `state`: over, running, late (should have begun), later. `is_told` says that somebody marked it; the rest goes by the plan.
    """

    planned: Planned
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_told: bool

    @property
    def start_delay(self) -> int:
        """Return by how many minutes it begins late, begun ones counted up."""
        return _count_minutes(self.starts_at - self.planned.starts_at)

    @property
    def end_delay(self) -> int:
        """Return by how many minutes it ends late, begun ones counted up."""
        return _count_minutes(self.ends_at - self.planned.ends_at)


def follow_room(planned: Sequence[Planned], marks: Mapping[str, Mark], now: dt.datetime) -> tuple[Followed, ...]:
    """Return where everything stands, in the order of the plan.

    What runs over pushes what follows, as far as no gap takes it up; nothing begins before its time. Something that should have
    begun after the last that was marked is late until its time would be over; nobody marks any more then, and the plan counts.
    """
    ordered = sorted(planned, key=lambda one: (one.starts_at, one.ends_at, one.uid))
    last = max((place for place, one in enumerate(ordered) if one.uid in marks), default=-1)
    followed: list[Followed] = []
    for place, one in enumerate(ordered):
        mark = marks.get(one.uid)
        begin = one.starts_at + _find_push(one, followed)
        if mark is not None:
            followed.append(_follow_marked(one, mark, begin, now, is_last=place == last))
        elif place < last:
            followed.append(Followed(one, OVER, one.starts_at, one.ends_at, is_told=False))
        else:
            is_behind = bool(followed) and followed[-1].state == RUNNING and begin >= followed[-1].ends_at
            followed.append(_follow_unmarked(one, begin, now, is_behind=is_behind, is_awaited=place == last + 1 and last >= 0))
    return tuple(followed)


def find_delay(followed: Sequence[Followed]) -> int:
    """Return by how many minutes the room runs late: what comes next begins so much later, else what runs ends so."""
    waiting = [one for one in followed if one.state in {LATE, LATER}]
    running = [one for one in followed if one.state == RUNNING]
    if waiting:
        return waiting[0].start_delay
    return max((one.end_delay for one in running), default=0)


def _follow_marked(one: Planned, mark: Mark, begin: dt.datetime, now: dt.datetime, *, is_last: bool) -> Followed:
    length = one.ends_at - one.starts_at
    if mark.ended_at is not None:
        starts_at = mark.started_at or min(begin, mark.ended_at)
        return Followed(one, OVER, starts_at, mark.ended_at, is_told=True)
    starts_at = mark.started_at or begin
    ends_at = max(starts_at + length, one.until or one.starts_at)
    if not is_last or now - ends_at > BELIEVED:
        return Followed(one, OVER, starts_at, min(ends_at, now), is_told=True)
    return Followed(one, RUNNING, starts_at, max(ends_at, now), is_told=True)


def _follow_unmarked(one: Planned, begin: dt.datetime, now: dt.datetime, *, is_behind: bool, is_awaited: bool) -> Followed:
    length = one.ends_at - one.starts_at
    if begin > now or is_behind:
        return Followed(one, LATER, begin, begin + length, is_told=False)
    if begin + length <= now:
        return Followed(one, OVER, one.starts_at, one.ends_at, is_told=False)
    if is_awaited:
        return Followed(one, LATE, now, now + length, is_told=False)
    return Followed(one, RUNNING, begin, begin + length, is_told=False)


def _find_push(one: Planned, followed: Sequence[Followed]) -> dt.timedelta:
    """Return how far what came before pushes this: what is over has left, unless it ended into the time of this."""
    pushes = [before.ends_at - max(before.planned.ends_at, one.starts_at) for before in followed[-1:]]
    return max([NOTHING, *pushes])


def _count_minutes(span: dt.timedelta) -> int:
    """Return the minutes of a span, begun ones counted up, never less than 0."""
    return max(0, -(-int(span.total_seconds()) // 60))
