"""When a reminder leaves: before or after a deadline, never in somebody's quiet hours; pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

MARGIN = dt.timedelta(hours=1)  # so long before quiet hours begin, so that a slow mail server does not carry it into them
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """The hours of the day in which nothing leaves, by the recipient's clock; none where both ends are the same."""

    start: dt.time = dt.time(20)
    end: dt.time = dt.time(8)

    def list_spans(self, moment: dt.datetime, zone: dt.tzinfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Yield the quiet spans around an instant, in UTC, the end not being quiet any more.

        Where the clocks are set back inside a span it lasts longer; where an end does not exist, the later reading counts.
        """
        if self.start == self.end:
            return
        day = moment.astimezone(zone).date()
        for distance in (-2, -1, 0, 1):
            first = day + distance * DAY
            last = first if self.end > self.start else first + DAY
            yield min(_read_both(first, self.start, zone)), max(_read_both(last, self.end, zone))

    def find_end(self, moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """Return the first instant from `moment` on that is not quiet."""
        for start, end in self.list_spans(moment, zone):
            if start <= moment < end:
                moment = end
        return moment

    def find_last_before(self, moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """Return when, at the latest, something leaves that must not wait for the end of the quiet hours around `moment`."""
        spans = list(self.list_spans(moment, zone))
        for start, end in reversed(spans):
            if start <= moment < end:
                awake_since = max((other for _, other in spans if other <= start), default=start - DAY)
                return max(start - MARGIN, awake_since) if awake_since < start else self.find_last_before(start - MARGIN, zone)
        return moment


def find_leaving(due_at: dt.datetime, hours: int, *, quiet: QuietHours, zone: dt.tzinfo) -> dt.datetime:
    """Return when a reminder leaves that is meant for so many hours after the deadline, before it where `hours` is negative.

    What falls into quiet hours leaves at their end; one that was to come before the deadline and would then come after it
    leaves before the quiet hours instead. The zone is the recipient's.
    """
    meant = due_at + dt.timedelta(hours=hours)
    leaving = quiet.find_end(meant, zone)
    if hours < 0 and leaving >= due_at:
        return quiet.find_last_before(meant, zone)
    return leaving.astimezone(dt.UTC)


def may_leave_now(now: dt.datetime, *, until: dt.datetime | None, quiet: QuietHours, zone: dt.tzinfo) -> bool:
    """Tell whether a reminder may go out at this very moment: not too late, not in quiet hours."""
    return (until is None or now < until) and quiet.find_end(now, zone) == now


def find_day(moment: dt.datetime, zone: dt.tzinfo) -> dt.date:
    """Return the recipient's day, of which one reminder at most may fall on each."""
    return moment.astimezone(zone).date()


def _read_both(day: dt.date, time: dt.time, zone: dt.tzinfo) -> tuple[dt.datetime, dt.datetime]:
    """Return the instants that a wall clock may mean: one, or two around a change of the clocks."""
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    return wall.replace(fold=0).astimezone(dt.UTC), wall.replace(fold=1).astimezone(dt.UTC)
