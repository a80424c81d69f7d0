"""How files came in, as figures for an SVG: places in units of its own view box."""

import bisect
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 640, 160, 2, 10
MOST_MARKS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant on the axis: where, when, whether its words stand to the left of it."""

    x: float
    at: dt.datetime
    is_left: bool


@dataclass(frozen=True, slots=True)
class ArrivalPicture:
    """A line that rises with each file, deadlines, now; `text` says the same for who can't see it."""

    line: str
    area: str
    deadlines: tuple[Mark, ...]
    now: Mark | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    total: int
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT
    top: int = HEAD


def draw_arrivals(
    arrivals: Sequence[dt.datetime], *, total: int, deadlines: Sequence[dt.datetime], starts_at: dt.datetime, now: dt.datetime
) -> ArrivalPicture | None:
    """Return the picture of `arrivals` out of `total` files asked for since `starts_at`; nothing where there is no deadline or no file."""
    if not deadlines or not total:
        return None
    came = sorted(min(at, now) for at in arrivals)
    first = min([starts_at, *deadlines, *came])
    last = max([*deadlines, *came])
    span = (last - first).total_seconds() or 1.0
    digits = 1 if len(came) <= WIDTH else None

    def place(at: dt.datetime) -> float:
        return round(WIDTH * (at - first).total_seconds() / span, digits)

    def rise(count: int) -> float:
        return round(HEIGHT - FOOT - (HEIGHT - FOOT - HEAD) * count / total, 1)

    steps = {place(at): rise(count) for count, at in enumerate(came, start=1)}  # of those at one place the last
    end = place(min(max(now, first), last))
    line = f"M0 {rise(0)}{''.join(f'H{x}V{y}' for x, y in steps.items())}H{end}"
    in_time = bisect.bisect_right(came, max(deadlines))
    return ArrivalPicture(
        line=line,
        area=f"{line}V{rise(0)}H0z",
        deadlines=tuple(_mark(place(at), at) for at in sorted(set(deadlines))[-MOST_MARKS:]),
        now=_mark(place(now), now) if first < now < last else None,
        starts_at=first,
        ends_at=last,
        total=total,
        text=f"{len(came)} of {total} files are here, {in_time} of them before the last deadline.",
    )


def _mark(x: float, at: dt.datetime) -> Mark:
    return Mark(x, at, x > WIDTH / 2)
